// What accompanies the page once it works: news from the server, the copy buttons, the service worker. Not in the wasm, because the first
// view needs none of it.
//
// The app hears "mooncoon-news" on the window, with the body of /api/v1/freshness as text, and "mooncoon-connection" when data-offline
// came to the root or left it. It says "mooncoon-listening" when a page that wants news has opened.

const root = document.documentElement;

// --- News: one stream per browser, kept by the tab that holds the lock; the others are told by it. Browsers allow a page's host six
// connections, so that a stream per tab would starve the seventh tab.
const channel = "BroadcastChannel" in self ? new BroadcastChannel("mooncoon") : null;
/**
 * The newest freshness, as text.
 *
 * @type {string | null}
 */
let latest = null;
/** @type {EventSource | null} */
let stream = null;
/**
 * Lets go of the lock, or of waiting for it.
 *
 * @type {((value?: unknown) => void) | null}
 */
let giveUp = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again;

/** @param {string} text */
function tell(text) {
  latest = text;
  dispatchEvent(new CustomEvent("mooncoon-news", { detail: text }));
  void look();
}

// Pages that do not follow by themselves say that there is something newer. How is fetched when there first is.
async function look() {
  const { run } = document.getElementById("main")?.dataset ?? {};
  if (!run || !latest) return;
  const { run_id } = JSON.parse(latest);
  if (document.hidden || !(run_id > Number(run)) || !/^\/(launches|providers|rockets|pads|compare)\b/.test(location.pathname)) return;
  try {
    await (await import("./changed.js")).look(run);
  } catch (error) {
    console.info("what changed could not be asked:", error);
  }
}
addEventListener("visibilitychange", () => {
  if (latest) void look();
});

/** @param {boolean} is */
function connected(is) {
  if (is === !("offline" in root.dataset)) return;
  if (is) delete root.dataset.offline;
  else root.dataset.offline = "";
  dispatchEvent(new Event("mooncoon-connection"));
}

function openStream() {
  stream = new EventSource("/api/v1/events");
  const hear = (/** @type {MessageEvent<string>} */ { data }) => {
    tell(data);
    channel?.postMessage({ news: data });
  };
  stream.addEventListener("published", hear);
  stream.addEventListener("freshness", hear);
  let wasLost = false;
  stream.addEventListener("open", () => {
    connected(true);
    // Another server may have answered, with another version of the program.
    if (wasLost) dispatchEvent(new Event("mooncoon-doubt"));
    wasLost = false;
    channel?.postMessage({ connected: true });
  });
  stream.addEventListener("error", () => {
    wasLost = true;
    // A lost connection is taken up again by the browser; a refusal is not. Not all at once when a full server has places again.
    if (stream?.readyState === EventSource.CLOSED) again = setTimeout(openStream, 30_000 + Math.random() * 30_000);
  });
}

function closeStream() {
  clearTimeout(again);
  stream?.close();
  stream = null;
}

function follow() {
  if (!channel || !navigator.locks) return openStream();
  const gone = new AbortController();
  giveUp = () => gone.abort();
  const lead = () =>
    new Promise((release) => {
      openStream();
      giveUp = release;
    });
  navigator.locks.request("mooncoon-stream", { signal: gone.signal }, lead).catch(() => {});
  channel.postMessage({ asks: true });
}

channel?.addEventListener("message", ({ data }) => {
  if (data.news) tell(data.news);
  if (data.connected) connected(true);
  if (data.asks && stream && latest) channel.postMessage({ news: latest });
});
addEventListener("mooncoon-listening", () => {
  if (latest) tell(latest);
});
// A page that is put aside keeps neither stream nor lock, and asks anew when it is taken up.
addEventListener("pagehide", () => {
  closeStream();
  giveUp?.();
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) follow();
});
addEventListener("offline", () => connected(false));
addEventListener("online", () => connected(true));
if (!navigator.onLine) connected(false);
follow();

// --- The result of a command, shown for a moment. The place stands before the words do: a live region that comes with them is not heard.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let quiet;
addEventListener("mooncoon-say", ({ detail }) => {
  clearTimeout(quiet);
  said.textContent = detail;
  quiet = setTimeout(() => {
    said.textContent = "";
  }, 8_000);
});

// --- Keys. The program opens the palette and the list of keys (`app/src/palette`).
let single = "on";
try {
  single = localStorage.getItem("mooncoon.keys") ?? "on";
} catch {
  // Storage is forbidden: the keys work.
}

/** @param {"commands" | "keys"} what */
async function open(what) {
  // The program says that it heard by taking the default away. It does not hear where it could not be started.
  if (!dispatchEvent(new CustomEvent("mooncoon-open", { detail: what, cancelable: true }))) return;
  const found = await window.mooncoonMissing?.();
  if (found === "loading") return;
  const why = found === "unreachable" ? "Is there a connection?" : "The server answers: load the page again.";
  dispatchEvent(new CustomEvent("mooncoon-say", { detail: `The commands could not be loaded. ${why}` }));
}

/**
 * `g` was pressed: the next letter says where to.
 *
 * @type {ReturnType<typeof setTimeout> | undefined}
 */
let goes;

/**
 * The page that a letter leads to, as the list of keys has them.
 *
 * @type {(letter: string) => HTMLElement | null}
 */
const pageOf = (letter) => document.querySelector(`.nav a[data-letter="${CSS.escape(letter)}"]`);

function search() {
  /** @type {HTMLElement | null} */
  const box = document.querySelector("main input[type=search]");
  if (box?.checkVisibility()) box.focus();
  else void open("commands");
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() !== "k" || event.shiftKey) return;
    event.preventDefault();
    void open("commands");
    return;
  }
  // Single keys belong to whoever is being typed into, and to the dialog that is open.
  const isTyping = target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
  if (root.dataset.keys === "off" || isTyping || document.querySelector("dialog:modal")) return;
  const page = goes ? pageOf(key.toLowerCase()) : null;
  clearTimeout(goes);
  goes = undefined;
  if (page) page.click();
  else if (key === "/") search();
  else if (key === "?") void open("keys");
  else if (key === "g") {
    goes = setTimeout(() => {
      goes = undefined;
    }, 2_000);
    return;
  } else return;
  event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("[data-palette]:not(script)")) void open("commands");
});
// Whether single keys work; the list of keys changes it.
root.dataset.keys = single;

// --- Paper. It is light, says whence it is and of when, and has no time that runs. A theme that was chosen comes back afterwards.
/** @type {{ chosen: string | undefined } | null} */
let theme = null;
addEventListener("beforeprint", () => {
  theme ??= { chosen: root.dataset.theme };
  root.dataset.theme = "light";
  /** @type {HTMLElement | null} */
  const top = document.querySelector(".top .wrap");
  const stamp = document.querySelector(".foot .mono")?.textContent;
  if (top) top.dataset.printed = [document.title, location.href, stamp].filter(Boolean).join("\n");
});
addEventListener("afterprint", () => {
  if (theme?.chosen) root.dataset.theme = theme.chosen;
  else delete root.dataset.theme;
  theme = null;
});

// --- What a link or the button of the palette needs is fetched when the pointer or the focus reaches it, so that it is here when it is used.
const files = document.getElementById("boot")?.dataset ?? {};
const fetched = new Set();
/**
 * The part of the program that a press on an element would need.
 *
 * @param {Element} element
 */
function partOf(element) {
  if (element.closest("[data-palette]:not(script)")) return "palette";
  const link = element.closest("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return null;
  if (link.pathname !== "/") return "pages";
  return new URLSearchParams(link.search).get("view") ? "views" : null;
}

/** @param {Event} event */
function comesNear({ target }) {
  const part = target instanceof Element ? partOf(target) : null;
  if (!part || fetched.has(part)) return;
  fetched.add(part);
  // As the program itself asks for it, so that the browser has it then.
  for (const file of files[part]?.split(" ") ?? []) {
    fetch(file)
      .then(({ ok }) => {
        if (!ok) dispatchEvent(new Event("mooncoon-doubt"));
      })
      .catch(() => fetched.delete(part));
  }
}
for (const kind of ["pointerover", "focusin", "touchstart"]) addEventListener(kind, comesNear, { passive: true });

// --- Copy buttons.
document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("[data-copy]");
  if (!button) return;
  const around = button.closest(".address");
  const input = around?.querySelector("input");
  const status = around?.querySelector("[role=status]");
  if (!input || !status) return;
  try {
    await navigator.clipboard.writeText(input.value);
    status.textContent = "Copied.";
  } catch {
    input.select();
    status.textContent = "Selected: this browser does not let a page copy.";
  }
});

// --- Offline. Only where browsers offer it: on HTTPS and on the machine itself.
if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js").catch((error) => console.info("no offline copy is kept:", error.message));

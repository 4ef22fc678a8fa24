// Supplements the page once it works: news from the server, the copy buttons, the service worker. Not in the wasm, because the first
// view needs none of it.
//
// Sends the app "mooncoon-news" on the window, with the body of /api/v1/freshness as text, and "mooncoon-connection" when data-offline
// was added to the root or removed. The app sends "mooncoon-listening" when a page that wants news has opened.

const root = document.documentElement;

// --- News: one stream per browser, held by the tab that has the lock; it forwards the news to the others. Browsers allow six connections
// per host, so a stream per tab would block the seventh tab.
const channel = "BroadcastChannel" in self ? new BroadcastChannel("mooncoon") : null;
/**
 * The latest freshness, as text.
 *
 * @type {string | null}
 */
let latest = null;
/** @type {EventSource | null} */
let stream = null;
/**
 * Releases the lock, or stops waiting for it.
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

// Pages that do not update by themselves show a note about newer data. Its code is fetched when it is first needed.
async function look() {
  const { run } = document.getElementById("main")?.dataset ?? {};
  if (!run || !latest) return;
  const { run_id } = JSON.parse(latest);
  if (document.hidden || !(run_id > Number(run)) || !/^\/(launches|providers|rockets|pads|compare)\b/.test(location.pathname)) return;
  try {
    await (await import("./changed.js")).look(run);
  } catch (error) {
    console.info("cannot request the changes:", error);
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
    // Another server may have responded, with another version of the program.
    if (wasLost) dispatchEvent(new Event("mooncoon-doubt"));
    wasLost = false;
    channel?.postMessage({ connected: true });
  });
  stream.addEventListener("error", () => {
    wasLost = true;
    // The browser reconnects a lost connection, not a refused one. The random delay spreads the tabs when a full server has places again.
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
// A page in the back/forward cache keeps neither stream nor lock, and requests them again when it is restored.
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

// --- The result of a command, shown for a moment. The element exists before its text: otherwise screen readers do not announce it.
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
  // Storage is forbidden: the keys stay on.
}

/**
 * The program cancels the event when it has handled it.
 *
 * @param {"commands" | "keys"} what
 */
const isOpened = (what) => !dispatchEvent(new CustomEvent("mooncoon-open", { detail: what, cancelable: true }));

/**
 * What to open as soon as the program has hydrated the page: the last thing that was requested before.
 *
 * @type {"commands" | "keys" | undefined}
 */
let wanted;
new MutationObserver((_, observer) => {
  if (root.dataset.ready === undefined) return;
  observer.disconnect();
  if (wanted) isOpened(wanted);
}).observe(root, { attributeFilter: ["data-ready"] });

/** @param {"commands" | "keys"} what */
async function open(what) {
  if (isOpened(what)) return;
  if (root.dataset.ready === undefined) wanted = what;
  const found = await window.mooncoonMissing?.();
  if (found === "loading") return;
  const why = found === "unreachable" ? "Check the connection." : "The server responds: reload the page.";
  dispatchEvent(new CustomEvent("mooncoon-say", { detail: `The commands could not be loaded. ${why}` }));
}

/**
 * Set after `g` was pressed: the next letter selects a page.
 *
 * @type {ReturnType<typeof setTimeout> | undefined}
 */
let goes;

/**
 * Returns the page that a letter leads to, as in the list of keys.
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
  // Single keys belong to the field that has the focus, and to an open dialog. A field that is not visible has lost them: if
  // nothing had the focus when a dialog was opened, its field keeps the focus from the closing until the next frame.
  const field = target instanceof Element ? target.closest("input, select, textarea, [contenteditable]") : null;
  if (root.dataset.keys === "off" || field?.checkVisibility() || document.querySelector("dialog:modal")) return;
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
// Whether single keys work; the list of keys changes this.
root.dataset.keys = single;

// --- Print. Paper is light, shows the source and the time of the data, and has no running clock. The chosen theme is restored afterwards.
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

// --- The part that a link or the palette's button needs is fetched when the pointer or the focus reaches it, so it is cached when used.
const files = document.getElementById("boot")?.dataset ?? {};
const fetched = new Set();
/**
 * Returns the part of the program that a press on an element would need.
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
  // With the same request as the program's, so that the browser has it cached by then.
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
    status.textContent = "Selected. The browser does not allow copying.";
  }
});

// --- Offline. Only where browsers support it: on HTTPS and on localhost.
if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js").catch((error) => console.info("no offline copy is stored:", error.message));

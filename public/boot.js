// Starts the browser half. The names are hashed, so they come from the page; nothing inline, so a strict policy holds.

/** Files beside this one are of the same version: their names do not tell it, and browsers keep them for an hour. */
const beside = (/** @type {string} */ name) => import(name + new URL(import.meta.url).search);
/** @type {Promise<typeof import("./version.js")>} */
const version = beside("/version.js");
version.catch((/** @type {Error} */ error) => console.info("versions cannot be told apart:", error.message));

const { js = "", wasm } = document.getElementById("boot")?.dataset ?? {};
const root = document.documentElement;
// The server draws it on every page; on its page for errors there is no script.
const container = /** @type {HTMLElement} */ (document.getElementById("app"));

// The server's markup is taken over node by node, so it must still be as the server sent it. Translators and extensions change pages, most of
// them once the document is read, which is when this file runs: from now on, whatever comes or goes within the container is somebody else's.
// (Text that is exchanged and attributes that are added do no harm.)
let isChanged = false;
const changes = new MutationObserver(() => {
  isChanged = true;
});
changes.observe(container, { childList: true, subtree: true });

/** In this tab the markup once was not what the server sent, though nobody was seen to change it: it is not taken over again. */
const ANEW = "mooncoon.anew";

/**
 * Reads what this tab keeps, or keeps a value; null where there is none, or where the browser keeps nothing.
 *
 * @param {string} name
 * @param {string} [value]
 */
function stored(name, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(name);
    sessionStorage.setItem(name, value);
    return value;
  } catch {
    return null;
  }
}

/** The container still holds what the server sent, as far as can be seen. */
function isAsSent() {
  if (isChanged || changes.takeRecords().length || stored(ANEW)) return false;
  // What translators wrap words in; they may have been here before this file.
  if (container.querySelector("font")) return false;
  // A proxy that makes pages smaller leaves out comments, which mark where things begin.
  return document.createTreeWalker(container, NodeFilter.SHOW_COMMENT).nextNode() !== null;
}

/** Whether the page works. */
async function start() {
  const program = await import(js);
  await program.default({ module_or_path: wasm });
  if (!(await program.prepare(location.pathname, location.search))) return false;
  const isWhole = isAsSent();
  changes.disconnect();
  if (isWhole) {
    try {
      program.hydrate();
      return true;
    } catch (error) {
      console.error(error);
      // The program has stopped halfway, and its listeners are in place: only another document gets rid of them.
      return stored(ANEW, "1") !== null && (await version).loadWhole();
    }
  }
  program.draw();
  return true;
}

/**
 * Says above the page what does not work, with the way to load it again.
 *
 * @param {string} text
 */
async function admit(text) {
  if (document.querySelector(".banners.stopped")) return;
  const place = document.createElement("div");
  place.className = "wrap banners stopped";
  place.setAttribute("role", "status");
  (document.getElementById("main") ?? document.body).prepend(place);
  // A live region that comes with its words is not heard.
  await new Promise((next) => {
    setTimeout(next);
  });
  const again = document.createElement("a");
  again.href = "";
  again.rel = "external";
  again.textContent = "Load it again";
  const words = document.createElement("p");
  words.className = "ban off";
  words.append(`${text} `, again);
  place.append(words);
}

/** The program is not here, because there is another one by now or for want of a connection. */
async function missing() {
  const found = await version.then(({ missing }) => missing()).catch(() => "failing");
  if (found === "loading") return;
  await admit("A part of this page could not be loaded. It can be read and its links work; filters, buttons and clocks do not.");
}

// A program that stops later leaves a page that looks alive.
/** @param {unknown} error */
function hasStopped(error) {
  if (error instanceof WebAssembly.RuntimeError && "ready" in root.dataset)
    void admit("This page has stopped working. It can be read and its links work; filters, buttons and clocks do not.");
}
addEventListener("error", ({ error }) => hasStopped(error));
addEventListener("unhandledrejection", ({ reason }) => hasStopped(reason));

try {
  if (await start()) root.dataset.ready = "";
  else await missing();
} catch (error) {
  console.error(error);
  await missing();
}
// What the first view does without comes last.
await beside("/companion.js");

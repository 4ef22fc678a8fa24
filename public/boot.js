// Starts the browser half. The file names contain hashes, so they come from the page. Nothing is inline, so that a strict policy works.

/** Files next to this one have the same version: their names do not contain it, and browsers cache them for an hour. */
const beside = (/** @type {string} */ name) => import(name + new URL(import.meta.url).search);
/** @type {Promise<typeof import("./version.js")>} */
const version = beside("/version.js");
version.catch((/** @type {Error} */ error) => console.info("cannot determine the version of the program:", error.message));

const { js = "", wasm } = document.getElementById("boot")?.dataset ?? {};
const root = document.documentElement;
// The server renders it on every page; its error page has no script.
const container = /** @type {HTMLElement} */ (document.getElementById("app"));

// The server's markup is hydrated node by node, so it must be exactly as the server sent it. Translators and extensions change pages, most
// of them once the document is parsed, which is when this file runs: from now on, any node added or removed in the container is a foreign
// change. (Changed text and added attributes do no harm.)
let isChanged = false;
const changes = new MutationObserver(() => {
  isChanged = true;
});
changes.observe(container, { childList: true, subtree: true });

/** Set if the markup in this tab once differed from the server's without a detected change: then the tab is not hydrated again. */
const ANEW = "mooncoon.anew";

/**
 * Reads a value from this tab's storage, or stores one; null if there is none, or if the browser has no storage.
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

/** Returns whether the container still contains what the server sent, as far as can be detected. */
function isAsSent() {
  if (isChanged || changes.takeRecords().length || stored(ANEW)) return false;
  // Translators wrap words in this element, perhaps before this file ran.
  if (container.querySelector("font")) return false;
  // A minifying proxy removes comments, which mark where elements of the view begin.
  return document.createTreeWalker(container, NodeFilter.SHOW_COMMENT).nextNode() !== null;
}

/** Returns whether the page works. */
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
      // The program has stopped halfway, and its listeners are registered: only a new document removes them.
      return stored(ANEW, "1") !== null && (await version).loadWhole();
    }
  }
  program.draw();
  return true;
}

/**
 * Shows above the page what does not work, with a link to load it again.
 *
 * @param {string} text
 */
async function admit(text) {
  if (document.querySelector(".banners.stopped")) return;
  const place = document.createElement("div");
  place.className = "wrap banners stopped";
  place.setAttribute("role", "status");
  (document.getElementById("main") ?? document.body).prepend(place);
  // Screen readers do not announce a live region that is added together with its text.
  await new Promise((next) => {
    setTimeout(next);
  });
  const again = document.createElement("a");
  again.href = "";
  again.rel = "external";
  again.textContent = "Reload";
  const words = document.createElement("p");
  words.className = "ban off";
  words.append(`${text} `, again);
  place.append(words);
}

/** Handles a program that could not be loaded: there is another version by now, or no connection. */
async function missing() {
  const found = await version.then(({ missing }) => missing()).catch(() => "failing");
  if (found === "loading") return;
  await admit("A part of this page could not be loaded. It can be read and its links work; filters, buttons and clocks do not.");
}

// A program that stops later leaves a page that looks functional.
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
// What the first view does not need is loaded last.
await beside("/companion.js");

// Handles a tab when the server has another version of the program. Files of the program have hashed names, and the files of this page
// may be gone: the page can continue with what it has loaded, but cannot fetch more of it. Code that misses a file, or cannot decode a
// response, calls this.

const root = document.documentElement;
const { js = "" } = document.getElementById("boot")?.dataset ?? {};

/** When this tab last reloaded itself. */
const LOADED = "mooncoon.loaded";
/** Not twice within this time (ms): servers of two versions side by side would send a tab back and forth. */
const PAUSE = 30_000;

/**
 * "same": the server has this page's program; "replaced": it has not; "unreachable": there was no response; "failing": the response
 * shows neither.
 *
 * @returns {Promise<"same" | "replaced" | "unreachable" | "failing">}
 */
export async function check() {
  try {
    const { ok, status } = await fetch(js, { method: "HEAD", cache: "no-store" });
    if (ok) return "same";
    if (status !== 404 && status !== 410) return "failing";
    // From now on, links load whole pages.
    root.dataset.replaced = "";
    return "replaced";
  } catch {
    return "unreachable";
  }
}

/** Reloads the page at its address. Returns false if it has just done so, or cannot store that it has. */
export function loadWhole() {
  try {
    const before = Number(sessionStorage.getItem(LOADED));
    const now = Date.now();
    if (before && Math.abs(now - before) < PAUSE) return false;
    sessionStorage.setItem(LOADED, String(now));
  } catch {
    return false;
  }
  location.reload();
  return true;
}

/**
 * For a required file that could not be loaded: reloads the page if that helps ("loading"), and otherwise returns the result of
 * [check].
 *
 * @returns {Promise<"loading" | "same" | "replaced" | "unreachable" | "failing">}
 */
export async function missing() {
  const found = await check();
  return found === "replaced" && loadWhole() ? "loading" : found;
}

// The program calls this file through this function.
window.mooncoonMissing = missing;
// Something hints at another version: the page stays as it is, and the next link loads a whole page.
addEventListener("mooncoon-doubt", check);

// Some files fail without an error: the map's drawing, and prefetched files. A failed prefetch is no reason to reload.
try {
  new PerformanceObserver((list) => {
    const entries = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    const gone = entries.filter(({ name, responseStatus }) => responseStatus === 404 && new URL(name).pathname.startsWith("/pkg/"));
    if (gone.some(({ initiatorType }) => initiatorType !== "fetch")) void missing();
    else if (gone.length) void check();
  }).observe({ type: "resource", buffered: true });
} catch {
  // Without this API, the next part that cannot be loaded reveals it.
}

// In the capture phase, before the program's handler: a link that the program does not handle is handled by the browser.
addEventListener(
  "click",
  (event) => {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement);
    if ("replaced" in root.dataset && link?.origin === location.origin) event.stopPropagation();
  },
  true,
);

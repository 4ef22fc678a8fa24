// What becomes of a tab when the server has another version of the program. Files of the program have hashed names, and those of this page
// may be gone: the page can go on with what it has, but can fetch nothing more of it. Whoever misses a file, or does not understand an answer,
// asks here.

const root = document.documentElement;
const { js = "" } = document.getElementById("boot")?.dataset ?? {};

/** When this tab last loaded itself whole. */
const LOADED = "mooncoon.loaded";
/** Not twice within this time: servers of two versions side by side would send a tab back and forth. */
const PAUSE = 30_000;

/**
 * "same": the server has this page's program; "replaced": it has not; "unreachable": there was no answer; "failing": there was one that
 * says neither.
 *
 * @returns {Promise<"same" | "replaced" | "unreachable" | "failing">}
 */
export async function check() {
  try {
    const { ok, status } = await fetch(js, { method: "HEAD", cache: "no-store" });
    if (ok) return "same";
    if (status !== 404 && status !== 410) return "failing";
    // Links lead to whole pages from now on.
    root.dataset.replaced = "";
    return "replaced";
  } catch {
    return "unreachable";
  }
}

/** Loads the page whole, at the address where it is; false where it has just done so, or cannot remember that it has. */
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
 * For a file that is needed and could not be loaded: loads the page whole where that helps ("loading"), and tells what [check] found
 * otherwise.
 *
 * @returns {Promise<"loading" | "same" | "replaced" | "unreachable" | "failing">}
 */
export async function missing() {
  const found = await check();
  return found === "replaced" && loadWhole() ? "loading" : found;
}

// The program's way to this file.
window.mooncoonMissing = missing;
// Something hints at another version: what is on the page stays, and the next link leads to a whole page.
addEventListener("mooncoon-doubt", check);

// Some files fail without a word: the map's drawing, and what is fetched before it is needed. The latter is no reason to load anything.
try {
  new PerformanceObserver((list) => {
    const entries = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    const gone = entries.filter(({ name, responseStatus }) => responseStatus === 404 && new URL(name).pathname.startsWith("/pkg/"));
    if (gone.some(({ initiatorType }) => initiatorType !== "fetch")) void missing();
    else if (gone.length) void check();
  }).observe({ type: "resource", buffered: true });
} catch {
  // A browser without it learns of it from the next part that does not come.
}

// On the way down, before the program sees it: a link that the program does not see is the browser's.
addEventListener(
  "click",
  (event) => {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement);
    if ("replaced" in root.dataset && link?.origin === location.origin) event.stopPropagation();
  },
  true,
);

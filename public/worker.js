// The service worker: keeps a copy of what was read, for use without a network. With a network, pages and data come from it.

/** @typedef {"page" | "data" | "picture"} Kind of a response; each kind has its own maximum number of kept responses */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

// A new number deletes everything that was kept: for changes in how this file stores things.
const KEPT = "mooncoon-1";
/** @type {Record<Kind, number>} */
const MOST = { page: 40, data: 40, picture: 120 };
// Files that the page requests with its version after the name.
const VERSIONED = ["/boot.js", "/version.js", "/companion.js"];
const PLAIN = [...VERSIONED, "/theme.js", "/favicon.svg", "/mooncoon.webmanifest"];

// The board that was just opened is in the browser's HTTP cache and need not be sent twice. But the cached one may also be old, with
// files that are gone.
worker.addEventListener("install", (event) =>
  event.waitUntil(
    keepShell("force-cache")
      .catch(() => keepShell())
      .then(() => worker.skipWaiting()),
  ),
);

worker.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("mooncoon-") && name !== KEPT) await caches.delete(name);
      await worker.clients.claim();
    })(),
  ),
);

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  // No page of the program: it is not kept, and its files say nothing about the version of the kept ones.
  if (pathname === "/api/docs") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/pkg/")) event.respondWith(keptFirst(request));
  else if (pathname.startsWith("/media/")) event.respondWith(keptFirst(request, "picture"));
  // The stream and the files for other programs are not kept.
  else if (pathname.startsWith("/api/v1/") || pathname === "/api/openapi.json") return;
  else if (pathname.startsWith("/api/")) event.respondWith(networkFirst(event, "data"));
  else if (PLAIN.includes(pathname)) event.respondWith(networkFirst(event));
});

/**
 * Keeps the board and its files, so that the first visit is enough. The hashed files are in the browser's HTTP cache by now.
 *
 * @param {RequestCache} mode
 */
async function keepShell(mode = "no-cache") {
  const cache = await caches.open(KEPT);
  const board = await fetch("/", { cache: mode });
  if (!board.ok) throw new Error(`the board answered ${board.status}`);
  const text = await board.clone().text();
  await keep("page", "/", board);
  // What is loaded on demand (charts, the map's drawing, the palette) is kept when it is loaded.
  const needed = assetsOf(text).filter((address) => /\/(mooncoon|main)/.test(address));
  // The HTTP cache may hold plain files of another version, except under an address with the version: those are not sent twice.
  const others = PLAIN.filter((address) => !VERSIONED.includes(address));
  await cache.addAll([...needed, ...others.map((address) => new Request(address, { cache: "no-cache" }))]);
  const version = text.match(/\/boot\.js(\?\w+)/)?.[1] ?? "";
  for (const address of VERSIONED) {
    const file = await fetch(address + version, { cache: mode });
    if (!file.ok) throw new Error(`${address} answered ${file.status}`);
    await cache.put(address, file);
  }
}

/**
 * Returns a page from the network and keeps it; without a network, returns the kept copy, marked as such.
 *
 * @param {FetchEvent} event
 */
async function page(event) {
  const address = addressOf(event.request);
  try {
    const response = await fetch(event.request);
    if (response.ok && response.headers.get("content-type")?.startsWith("text/html")) {
      const copy = response.clone();
      event.waitUntil(keepPage(address, copy));
    }
    return response;
  } catch {
    const cache = await caches.open(KEPT);
    const kept = await cache.match(`/kept/page${address}`);
    if (kept) return marked(kept);
    const isBoard = new URL(event.request.url).pathname === "/";
    // The plain board contains the whole list; its filters work without a network.
    if (isBoard && (await cache.match("/kept/page/"))) return Response.redirect("/");
    return nothing(await cache.match("/kept/page/"));
  }
}

/**
 * @param {string} address
 * @param {Response} response
 */
async function keepPage(address, response) {
  const text = await response.clone().text();
  const assets = assetsOf(text);
  // A page without the program, such as an error page of a proxy: it must not replace what is kept.
  if (!assets.some((file) => file.startsWith("/pkg/mooncoon"))) return;
  const cache = await caches.open(KEPT);
  const old = (await cache.keys()).filter(({ url }) => {
    const { pathname } = new URL(url);
    return pathname.startsWith("/pkg/") && !assets.includes(pathname);
  });
  if (old.length) {
    // Another version of the program: pages of the previous version cannot be rendered with the new files.
    const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith("/kept/"));
    await Promise.all([...old, ...pages].map((request) => cache.delete(request)));
    await keepShell();
  }
  await keep("page", address, response);
  // A returning visitor also gets the board's other views and the palette, for use without a network. The first visit does not wait
  // for them.
  const parts = assets.filter((file) => /\/(shared|views|palette)/.test(file));
  for (const file of parts) if (!(await cache.match(file))) await cache.add(file);
}

/**
 * @param {FetchEvent} event
 * @param {Kind} [kind] none for a plain file
 */
async function networkFirst(event, kind) {
  // Plain files are requested with a version, which separates them in the HTTP cache; here one copy of each is kept.
  const address = kind ? addressOf(event.request) : new URL(event.request.url).pathname;
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(kind, address, response.clone()));
    return response;
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(kind ? `/kept/${kind}${address}` : address);
    if (kept) return kept;
    throw error;
  }
}

/**
 * @param {Request} request
 * @param {Kind} [kind] none for a file with a hash in its name
 */
async function keptFirst(request, kind) {
  const cache = await caches.open(KEPT);
  const address = addressOf(request);
  const kept = await cache.match(kind ? `/kept/${kind}${address}` : address);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await keep(kind, address, response.clone());
  return response;
}

/**
 * Keeps a response, and deletes the oldest of its kind if there are too many.
 *
 * @param {Kind | undefined} kind
 * @param {string} address
 * @param {Response} response
 */
async function keep(kind, address, response) {
  const cache = await caches.open(KEPT);
  if (!kind) return cache.put(address, response);
  const prefix = `/kept/${kind}/`;
  await cache.delete(`/kept/${kind}${address}`);
  await cache.put(`/kept/${kind}${address}`, response);
  const all = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(prefix) && new URL(url).pathname !== prefix);
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST[kind])).map((request) => cache.delete(request)));
}

/** @param {Request} request */
const addressOf = ({ url }) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** @param {string} html */
const assetsOf = (html) => [...new Set(html.match(/\/pkg\/[\w.-]+/g) ?? [])];

/**
 * Returns the same page with a mark on its root that it is a kept copy: its clock is not the server's, and a banner shows its date.
 *
 * @param {Response} response
 */
async function marked(response) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response((await response.text()).replace("<html", "<html data-offline"), { status: 200, headers });
}

/**
 * Returns a page for an address that was never opened here.
 *
 * @param {Response} [board] the kept copy
 */
async function nothing(board) {
  const css = board && assetsOf(await board.text()).find((address) => address.endsWith(".css"));
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light"><title>No connection · Mooncoon</title>${css ? `<link rel="stylesheet" href="${css}">` : ""}<script src="/theme.js"></script></head>
<body><main class="wrap"><section class="panel pad state"><h1>No connection</h1>
<p>This page was not opened on this device before, so there is no offline copy.</p><p><a class="btn" href="/">Open the stored board</a></p></section></main></body></html>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

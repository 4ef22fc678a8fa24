import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { run } from "./page.mjs";

const ORIGIN = "https://mooncoon.test";
const PKG = ["/pkg/mooncoon.1.js", "/pkg/mooncoon_bg.1.wasm", "/pkg/main.1.css", "/pkg/charts.1.js", "/pkg/views.1.wasm", "/pkg/palette.1.wasm"];

/** The responses of the network, by path; a path without one is a 404. */
let network = new Map();
let isOffline = false;
/** @type {string[]} */
let asked = [];
/** @type {FakeCache} */
let cache;
/** @type {string[]} */
let deleted = [];
/** @type {Record<string, (event: unknown) => void>} */
let listeners = {};

/** A cache: entries are in the order of insertion, as in browsers. */
class FakeCache {
  /** @type {Map<string, Response>} */
  entries = new Map();

  #url(/** @type {string | Request} */ request) {
    return new URL(typeof request === "string" ? request : request.url, ORIGIN).href;
  }
  async match(/** @type {string | Request} */ request) {
    return this.entries.get(this.#url(request))?.clone();
  }
  async put(/** @type {string | Request} */ request, /** @type {Response} */ response) {
    this.entries.set(this.#url(request), response);
  }
  async delete(/** @type {string | Request} */ request) {
    return this.entries.delete(this.#url(request));
  }
  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
  async add(/** @type {string | Request} */ request) {
    await this.put(request, await fetch(request));
  }
  async addAll(/** @type {(string | Request)[]} */ requests) {
    for (const request of requests) await this.add(request);
  }
  paths() {
    return [...this.entries.keys()].map((url) => url.replace(ORIGIN, ""));
  }
}

async function fetch(/** @type {string | Request} */ request) {
  const url = new URL(typeof request === "string" ? request : request.url, ORIGIN);
  asked.push(url.pathname + url.search);
  if (isOffline) throw new TypeError("Failed to fetch");
  const answer = network.get(url.pathname);
  return answer ? new Response(answer.body, { headers: { "content-type": answer.type } }) : new Response("not found", { status: 404 });
}

/** @param {string[]} files */
const html = (files) => ({ type: "text/html; charset=utf-8", body: `<!DOCTYPE html><html lang="en"><head>${files.map((file) => `<link href="${file}">`).join("")}</head></html>` });
const file = { type: "text/plain", body: "a file" };

/** Sends an event to the worker and waits until the worker is done with it. @param {string} name */
async function tell(name) {
  /** @type {unknown[]} */
  const waits = [];
  listeners[name]({ waitUntil: (/** @type {unknown} */ wait) => waits.push(wait) });
  await Promise.all(waits);
}

/**
 * Requests a path through the worker; undefined if the worker leaves the request to the browser.
 *
 * @param {string} path
 * @param {{ mode?: string, method?: string }} [options]
 * @returns {Promise<Response | undefined>}
 */
async function ask(path, { mode = "cors", method = "GET" } = {}) {
  /** @type {unknown[]} */
  const waits = [];
  let answer;
  const request = { url: new URL(path, ORIGIN).href, method, mode };
  const respondWith = (/** @type {Promise<Response>} */ response) => {
    answer = response;
  };
  listeners.fetch({ request, respondWith, waitUntil: (/** @type {unknown} */ wait) => waits.push(wait) });
  const response = await answer;
  await Promise.all(waits);
  return response;
}
const open = (/** @type {string} */ path) => ask(path, { mode: "navigate" });

beforeEach(async () => {
  [isOffline, asked, deleted, listeners] = [false, [], [], {}];
  cache = new FakeCache();
  const plain = ["/boot.js", "/version.js", "/companion.js", "/theme.js", "/favicon.svg", "/mooncoon.webmanifest"];
  network = new Map([["/", html(PKG)], ["/choose", html(PKG)], ...[...plain, ...PKG].map((path) => /** @type {const} */ ([path, file]))]);
  const addressed = class extends Request {
    constructor(/** @type {string} */ path, /** @type {RequestInit} */ init) {
      super(new URL(path, ORIGIN), init);
    }
  };
  run("public/worker.js", {
    addEventListener: (/** @type {string} */ name, /** @type {(event: unknown) => void} */ act) => {
      listeners[name] = act;
    },
    caches: {
      open: async () => cache,
      keys: async () => ["mooncoon-0", "mooncoon-1", "another"],
      delete: async (/** @type {string} */ name) => deleted.push(name),
    },
    clients: { claim: async () => {} },
    skipWaiting: async () => {},
    location: { origin: ORIGIN },
    fetch,
    Request: addressed,
    Response: class extends Response {
      static redirect(/** @type {string} */ path) {
        return Response.redirect(new URL(path, ORIGIN));
      }
    },
  });
  await tell("install");
  asked = [];
});

test("the first visit caches the board and the files that it needs, and no optional part", () => {
  const kept = cache.paths();
  for (const path of ["/kept/page/", "/pkg/mooncoon.1.js", "/pkg/mooncoon_bg.1.wasm", "/pkg/main.1.css", "/boot.js"]) assert.ok(kept.includes(path), path);
  for (const path of ["/pkg/charts.1.js", "/pkg/views.1.wasm", "/pkg/palette.1.wasm"]) assert.ok(!kept.includes(path), path);
});

test("the second visit also caches the views and the palette", async () => {
  await open("/choose");
  assert.ok(cache.paths().includes("/pkg/views.1.wasm") && cache.paths().includes("/pkg/palette.1.wasm"));
  assert.ok(!cache.paths().includes("/pkg/charts.1.js"));
});

test("a new cache version deletes the previous caches, and none of other programs", async () => {
  await tell("activate");
  assert.deepEqual(deleted, ["mooncoon-0"]);
});

test("files of the program come from the cache, others from the network", async () => {
  assert.equal(await (await ask("/pkg/main.1.css"))?.text(), "a file");
  assert.deepEqual(asked, []);
  await ask("/pkg/charts.1.js");
  await ask("/pkg/charts.1.js");
  assert.deepEqual(asked, ["/pkg/charts.1.js"]);
});

test("data comes from the network if there is a connection, and otherwise from the cache", async () => {
  network.set("/api/board", { type: "application/json", body: "old" });
  await ask("/api/board?q=1");
  network.set("/api/board", { type: "application/json", body: "new" });
  assert.equal(await (await ask("/api/board?q=1"))?.text(), "new");
  isOffline = true;
  assert.equal(await (await ask("/api/board?q=1"))?.text(), "new");
  await assert.rejects(ask("/api/board?q=2"), /Failed to fetch/);
});

test("the worker does not handle the public API, other methods and other sites", async () => {
  for (const path of ["/api/v1/events", "/api/v1/launches.csv", "/api/openapi.json", "/icons/192.png", "https://elsewhere.test/pkg/main.1.css"]) {
    assert.equal(await ask(path), undefined, path);
  }
  assert.equal(await ask("/pkg/main.1.css", { method: "POST" }), undefined);
});

test("a page without the program does not change the cache", async () => {
  await open("/choose");
  const before = cache.paths();
  network.set("/api/docs", html(["/pkg/main.1.css"]));
  network.set("/elsewhere", html(["/pkg/main.1.css"]));
  assert.equal(await open("/api/docs"), undefined);
  assert.equal((await open("/elsewhere"))?.status, 200);
  assert.deepEqual(cache.paths(), before);
});

test("an unsuccessful response is not cached", async () => {
  assert.equal((await ask("/pkg/gone.1.js"))?.status, 404);
  assert.ok(!cache.paths().includes("/pkg/gone.1.js"));
});

test("offline, visited pages are shown and marked, the board serves its views, and other pages report no connection", async () => {
  await open("/choose");
  isOffline = true;
  assert.match((await (await open("/choose"))?.text()) ?? "", /<html data-offline lang="en">/);
  const view = await open("/?view=map");
  assert.equal(view?.headers.get("location"), `${ORIGIN}/`);
  const other = await open("/launches/1f4b");
  assert.equal(other?.status, 503);
  assert.match((await other?.text()) ?? "", /was not opened on this device before.*/s);
});

test("a page of another version of the program replaces everything cached of the previous one", async () => {
  await open("/choose");
  const newer = PKG.map((path) => path.replace(".1.", ".2."));
  for (const path of newer) network.set(path, file);
  network.set("/", html(newer));
  await open("/");
  const kept = cache.paths();
  assert.ok(kept.includes("/pkg/mooncoon.2.js") && kept.includes("/kept/page/"));
  assert.deepEqual(kept.filter((path) => path.includes(".1.") || path === "/kept/page/choose"), []);
});

test("the cache of each kind has a maximum size: the oldest entries are deleted, and the board is kept", async () => {
  for (let at = 0; at < 42; at++) {
    network.set(`/launches/${at}`, html(PKG));
    await open(`/launches/${at}`);
  }
  const pages = cache.paths().filter((path) => path.startsWith("/kept/page/"));
  assert.equal(pages.length, 41);
  assert.ok(pages.includes("/kept/page/") && pages.includes("/kept/page/launches/41"));
  assert.ok(!pages.includes("/kept/page/launches/0") && !pages.includes("/kept/page/launches/1"));
});

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { define, FakeElement, FakeStorage, importAnew, makeWindow } from "./page.mjs";

const root = new FakeElement("html");
const boot = new FakeElement("script");
boot.dataset.js = "/pkg/mooncoon.1.js";
const fetch = mock.fn(async (/** @type {unknown[]} */ ..._) => new Response());
const reload = mock.fn();
let storage = new FakeStorage();
let { events, globals } = makeWindow();
/** @type {(list: { getEntries: () => object[] }) => void} */
let tellResources = () => {};

class FakeObserver {
  constructor(/** @type {typeof tellResources} */ tell) {
    tellResources = tell;
  }
  observe() {}
}

class FakeAnchor extends FakeElement {
  origin = "https://mooncoon.test";
}

/** @param {number} status */
const answers = (status) => fetch.mock.mockImplementation(async () => new Response(null, { status }));
const load = () => importAnew("public/version.js");

beforeEach(() => {
  root.dataset = {};
  storage = new FakeStorage();
  ({ events, globals } = makeWindow());
  fetch.mock.resetCalls();
  reload.mock.resetCalls();
  const document = { documentElement: root, getElementById: () => boot };
  define({ ...globals, document, fetch, HTMLAnchorElement: FakeAnchor, PerformanceObserver: FakeObserver, sessionStorage: storage });
  define({ location: { origin: "https://mooncoon.test", reload }, window: globalThis });
});

test("the request for the version of the program bypasses every cache", async () => {
  const { check } = await load();
  answers(200);
  assert.equal(await check(), "same");
  assert.deepEqual(fetch.mock.calls[0].arguments, ["/pkg/mooncoon.1.js", { method: "HEAD", cache: "no-store" }]);
  assert.ok(!("replaced" in root.dataset));
});

for (const [status, found] of /** @type {[number, string][]} */ ([[404, "replaced"], [410, "replaced"], [500, "failing"], [503, "failing"]])) {
  test(`status ${status} means ${found}`, async () => {
    const { check } = await load();
    answers(status);
    assert.equal(await check(), found);
    assert.equal("replaced" in root.dataset, found === "replaced");
  });
}

test("no response means that the server is unreachable", async () => {
  const { check } = await load();
  fetch.mock.mockImplementation(() => Promise.reject(new TypeError("Failed to fetch")));
  assert.equal(await check(), "unreachable");
});

test("a tab reloads itself once, and again only after a pause", async () => {
  const { loadWhole } = await load();
  mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  assert.equal(loadWhole(), true);
  mock.timers.tick(29_999);
  assert.equal(loadWhole(), false);
  mock.timers.tick(1);
  assert.equal(loadWhole(), true);
  mock.timers.reset();
  assert.equal(reload.mock.callCount(), 2);
});

test("a tab that cannot store that it was reloaded does not reload itself", async () => {
  const { loadWhole } = await load();
  storage.isForbidden = true;
  assert.equal(loadWhole(), false);
  assert.equal(reload.mock.callCount(), 0);
});

test("a missing file reloads the page if the server has another version, and otherwise shows the reason", async () => {
  const { missing } = await load();
  answers(404);
  assert.equal(await missing(), "loading");
  assert.equal(await missing(), "replaced");
  answers(200);
  assert.equal(await missing(), "same");
  assert.equal(reload.mock.callCount(), 1);
});

test("after an update links are followed by full page loads; links to other sites always are", async () => {
  await load();
  /** @param {FakeAnchor} link */
  const isStopped = (link) => {
    const event = new Event("click", { bubbles: true });
    const stop = mock.method(event, "stopPropagation");
    mock.method(event, "composedPath", () => [new FakeElement("span"), link]);
    events.dispatchEvent(event);
    return stop.mock.callCount() > 0;
  };
  const link = new FakeAnchor("a");
  assert.equal(isStopped(link), false);
  root.dataset.replaced = "";
  assert.equal(isStopped(link), true);
  link.origin = "https://elsewhere.test";
  assert.equal(isStopped(link), false);
});

test("a missing file of the program reloads the page, unless it was only prefetched", async () => {
  await load();
  answers(404);
  const gone = { name: "https://mooncoon.test/pkg/world.1.svg", responseStatus: 404, initiatorType: "fetch" };
  const others = [{ ...gone, responseStatus: 200 }, { ...gone, name: "https://mooncoon.test/media/1.webp" }];
  tellResources({ getEntries: () => others });
  assert.equal(fetch.mock.callCount(), 0);
  tellResources({ getEntries: () => [gone] });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([fetch.mock.callCount(), reload.mock.callCount()], [1, 0]);
  tellResources({ getEntries: () => [{ ...gone, initiatorType: "img" }] });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(reload.mock.callCount(), 1);
});

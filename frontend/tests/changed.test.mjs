import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { define, FakeElement, importAnew } from "./page.mjs";

/** @type {FakeElement} */
let body;
/** @type {FakeElement} */
let main;
/** @type {string[]} */
let linked = [];
/** @type {() => void} */
let mutate = () => {};
let answer = { run_id: 9, changed: /** @type {string[]} */ ([]) };
const fetch = mock.fn(async (/** @type {string} */ _) => new Response(JSON.stringify(answer)));

/** @param {string} path */
async function openPage(path) {
  define({ location: { href: `https://mooncoon.test${path}`, pathname: path, reload: mock.fn() } });
  main.dataset.run = "7";
  const { look } = await importAnew("public/changed.js");
  return look;
}

const note = () => /** @type {FakeElement} */ (body.children[0]);
const asked = () => decodeURIComponent(String(fetch.mock.calls.at(-1)?.arguments[0]));

beforeEach(() => {
  [body, main, linked] = [new FakeElement("body"), new FakeElement("main"), []];
  fetch.mock.resetCalls();
  define({
    document: {
      body,
      createElement: (/** @type {string} */ name) => new FakeElement(name),
      getElementById: () => main,
      querySelectorAll: () => linked.map((id) => ({ pathname: `/launches/${id}` })),
    },
    fetch,
    MutationObserver: class {
      constructor(/** @type {() => void} */ told) {
        mutate = told;
      }
      observe() {}
      disconnect() {}
    },
  });
});

test("the page of a launch asks for changes of itself and of the launches that it links to", async () => {
  linked = ["b", "b", "c"];
  const look = await openPage("/launches/a");
  answer = { run_id: 9, changed: ["a", "b"] };
  await look("7");
  assert.equal(asked(), "/api/v1/launches/changed?since=7&id=a,b,c");
  assert.match(note().textContent, /^This launch has changed since the page was loaded\./);
});

test("the page of a provider also asks for changes of the provider, and counts them", async () => {
  linked = ["b", "c"];
  const look = await openPage("/providers/121");
  answer = { run_id: 9, changed: ["b"] };
  await look("7");
  assert.equal(asked(), "/api/v1/launches/changed?since=7&id=b,c&provider=121");
  assert.match(note().textContent, /^A launch of this page has changed since it was loaded\./);
  answer = { run_id: 10, changed: ["b", "c"] };
  await look("7");
  assert.match(note().textContent, /^2 launches of this page have changed since it was loaded\./);
});

test("a request asks for at most a hundred launches", async () => {
  linked = Array.from({ length: 120 }, (_, at) => `l${at}`);
  const look = await openPage("/compare");
  await look("7");
  assert.equal(asked().split(",").length, 100);
});

test("no note appears if nothing changed or if the reader has left the page", async () => {
  const look = await openPage("/launches/a");
  answer = { run_id: 9, changed: [] };
  await look("7");
  answer = { run_id: 9, changed: ["a"] };
  const looking = look("7");
  main.dataset.run = "9";
  await looking;
  assert.equal(note().textContent, "");
});

test("a dismissed note does not reappear until there is a newer change", async () => {
  const look = await openPage("/launches/a");
  answer = { run_id: 9, changed: ["a"] };
  await look("7");
  const button = /** @type {FakeElement} */ (note().children[2]);
  assert.equal(button.textContent, "Dismiss");
  button.click();
  assert.equal(note().textContent, "");
  await look("7");
  assert.equal(note().textContent, "");
  answer = { run_id: 10, changed: ["a"] };
  await look("7");
  assert.match(note().textContent, /^This launch has changed/);
});

test("the note disappears together with its page", async () => {
  const look = await openPage("/launches/a");
  answer = { run_id: 9, changed: ["a"] };
  await look("7");
  mutate();
  assert.notEqual(note().textContent, "");
  define({ location: { href: "https://mooncoon.test/", pathname: "/" } });
  mutate();
  assert.equal(note().textContent, "");
});

test("an error response is reported as an error", async () => {
  const look = await openPage("/launches/a");
  fetch.mock.mockImplementationOnce(async () => new Response("", { status: 503 }));
  await assert.rejects(look("7"), /503/);
});

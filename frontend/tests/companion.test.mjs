import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { FakeElement, FakeStorage, makeWindow, run, settle } from "./page.mjs";

/** A browser: the state that its tabs share. */
class Browser {
  /** @type {Set<(event: { data: object }) => void>} */
  hearers = new Set();
  /** @type {{ lead: () => Promise<unknown>, signal: AbortSignal }[]} */
  waiting = [];
  isHeld = false;

  async #next() {
    const next = this.waiting.shift();
    if (!next || this.isHeld) return;
    this.isHeld = true;
    await next.lead();
    this.isHeld = false;
    await this.#next();
  }

  locks = {
    request: (/** @type {string} */ name, /** @type {{ signal: AbortSignal }} */ { signal }, /** @type {() => Promise<unknown>} */ lead) => {
      assert.equal(name, "mooncoon-stream");
      const request = { lead, signal };
      const given = this.isHeld;
      this.waiting.push(request);
      if (!given) void this.#next();
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          this.waiting = this.waiting.filter((other) => other !== request);
          reject(signal.reason);
        });
      });
    },
  };

  /** Opens a tab. */
  open() {
    return new Tab(this);
  }
}

class FakeStream extends EventTarget {
  static CLOSED = 2;
  readyState = 1;
  close() {
    this.readyState = FakeStream.CLOSED;
  }
  tell(/** @type {string} */ name, /** @type {string} */ data) {
    this.dispatchEvent(Object.assign(new Event(name), { data }));
  }
}

class FakeField extends FakeElement {
  isVisible = true;

  checkVisibility() {
    return this.isVisible;
  }

  closest() {
    return this;
  }
}

class Tab {
  root = new FakeElement("html");
  main = new FakeElement("main");
  storage = new FakeStorage();
  /** @type {FakeStream[]} */
  streams = [];
  /** @type {(() => void)[]} */
  observers = [];
  /** @type {string[]} */
  news = [];
  /** The elements that the page finds, by selector. @type {Record<string, FakeElement>} */
  found = {};
  documentEvents = new EventTarget();
  window = makeWindow();

  constructor(/** @type {Browser} */ browser) {
    const { observers, streams } = this;
    this.window.events.addEventListener("mooncoon-news", (event) => this.news.push(/** @type {CustomEvent<string>} */ (event).detail));
    run("public/companion.js", {
      ...this.window.globals,
      BroadcastChannel: class {
        #hear = (/** @type {{ data: object }} */ _) => {};
        addEventListener(/** @type {string} */ _, /** @type {(event: { data: object }) => void} */ hear) {
          this.#hear = hear;
          browser.hearers.add(hear);
        }
        postMessage(/** @type {object} */ data) {
          for (const hear of browser.hearers) if (hear !== this.#hear) hear({ data });
        }
      },
      CSS: { escape: (/** @type {string} */ text) => text },
      Element: FakeElement,
      EventSource: class extends FakeStream {
        constructor(/** @type {string} */ address) {
          super();
          assert.equal(address, "/api/v1/events");
          streams.push(this);
        }
      },
      HTMLAnchorElement: class {},
      MutationObserver: class {
        constructor(/** @type {(_: unknown[], observer: unknown) => void} */ act) {
          observers.push(() => act([], this));
        }
        observe() {}
        disconnect() {
          observers.length = 0;
        }
      },
      document: {
        documentElement: this.root,
        body: new FakeElement("body"),
        hidden: false,
        createElement: (/** @type {string} */ name) => new FakeElement(name),
        getElementById: (/** @type {string} */ id) => (id === "main" ? this.main : new FakeElement("script")),
        querySelector: (/** @type {string} */ selector) => this.found[selector] ?? null,
        addEventListener: this.documentEvents.addEventListener.bind(this.documentEvents),
      },
      localStorage: this.storage,
      location: { origin: "https://mooncoon.test", pathname: "/" },
      navigator: { locks: browser.locks, onLine: true },
    });
  }

  /** The open stream. */
  get stream() {
    return this.streams.find((stream) => stream.readyState !== FakeStream.CLOSED);
  }

  close() {
    this.window.events.dispatchEvent(new Event("pagehide"));
  }

  /**
   * @param {string} key
   * @param {object} [options]
   * @param {FakeElement | null} [target] the element with the focus
   */
  press(key, options = {}, target = null) {
    const event = new Event("keydown", { cancelable: true });
    Object.defineProperty(event, "target", { value: target });
    const plain = { key, altKey: false, ctrlKey: false, isComposing: false, metaKey: false, repeat: false, shiftKey: false };
    this.window.events.dispatchEvent(Object.assign(event, plain, options));
    return event;
  }

  /** What `boot.js` does when the program has hydrated the page. */
  hydrate() {
    this.root.dataset.ready = "";
    for (const act of [...this.observers]) act();
  }

  /** Records what the program is requested to open. */
  asked() {
    /** @type {string[]} */
    const asked = [];
    this.window.events.addEventListener("mooncoon-open", (event) => {
      asked.push(/** @type {CustomEvent<string>} */ (event).detail);
      event.preventDefault();
    });
    return asked;
  }
}

const NEWS = '{"run_id":7}';

test("only one tab opens the stream and forwards its news to the others", async () => {
  const browser = new Browser();
  const [first, second] = [browser.open(), browser.open()];
  await settle();
  assert.ok(first.stream && !second.stream);
  first.stream.tell("published", NEWS);
  assert.deepEqual([first.news, second.news], [[NEWS], [NEWS]]);
});

test("a tab opened later receives the last news at once", async () => {
  const browser = new Browser();
  const first = browser.open();
  await settle();
  first.stream?.tell("freshness", NEWS);
  const second = browser.open();
  await settle();
  assert.deepEqual(second.news, [NEWS]);
});

test("when the tab with the stream is closed, another tab opens one", async () => {
  const browser = new Browser();
  const [first, second, third] = [browser.open(), browser.open(), browser.open()];
  await settle();
  second.close();
  first.close();
  await settle();
  assert.equal(first.stream, undefined);
  assert.equal(second.streams.length, 0, "a tab that was closed while it waited does not open one");
  assert.ok(third.stream);
});

test("a refused stream is retried after half a minute; the browser reconnects a lost one", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const tab = new Browser().open();
    await settle();
    tab.stream?.dispatchEvent(new Event("error"));
    mock.timers.tick(60_000);
    assert.equal(tab.streams.length, 1);
    tab.stream?.close();
    tab.streams[0].dispatchEvent(new Event("error"));
    mock.timers.tick(29_000);
    assert.equal(tab.streams.length, 1);
    mock.timers.tick(31_000);
    assert.equal(tab.streams.length, 2);
  } finally {
    mock.timers.reset();
  }
});

test("after a lost stream is back, the version of the server is checked", async () => {
  const tab = new Browser().open();
  await settle();
  const doubt = mock.fn();
  tab.window.events.addEventListener("mooncoon-doubt", doubt);
  tab.stream?.dispatchEvent(new Event("open"));
  assert.equal(doubt.mock.callCount(), 0);
  tab.stream?.dispatchEvent(new Event("error"));
  tab.stream?.dispatchEvent(new Event("open"));
  assert.equal(doubt.mock.callCount(), 1);
});

test("a lost connection is shown and announced once", async () => {
  const tab = new Browser().open();
  await settle();
  const changed = mock.fn();
  tab.window.events.addEventListener("mooncoon-connection", changed);
  for (const name of ["offline", "offline", "online"]) tab.window.events.dispatchEvent(new Event(name));
  assert.equal(changed.mock.callCount(), 2);
  assert.ok(!("offline" in tab.root.dataset));
});

test("Ctrl K, ? and / open the dialogs of the program, and / prefers the search box", async () => {
  const tab = new Browser().open();
  const asked = tab.asked();
  assert.ok(tab.press("k", { ctrlKey: true }).defaultPrevented);
  tab.press("?");
  tab.press("/");
  assert.deepEqual(asked, ["commands", "keys", "commands"]);
  const box = Object.assign(new FakeElement("input"), { focus: mock.fn(), checkVisibility: () => true });
  tab.found["main input[type=search]"] = box;
  tab.press("/");
  assert.equal(box.focus.mock.callCount(), 1);
  assert.equal(asked.length, 3);
});

test("the last dialog requested before the program is ready opens once when it is ready", async () => {
  const tab = new Browser().open();
  tab.press("k", { ctrlKey: true });
  tab.press("?");
  await settle();
  const asked = tab.asked();
  tab.hydrate();
  assert.deepEqual(asked, ["keys"]);
  tab.hydrate();
  assert.deepEqual(asked, ["keys"], "only once");
  const unasked = new Browser().open();
  const nothing = unasked.asked();
  unasked.hydrate();
  assert.deepEqual(nothing, []);
});

test("g and a letter follow the link with that letter, and g alone expires", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const tab = new Browser().open();
    const link = new FakeElement("a");
    tab.found['.nav a[data-letter="p"]'] = link;
    assert.ok(!tab.press("p").defaultPrevented);
    tab.press("g");
    mock.timers.tick(2_000);
    tab.press("p");
    assert.equal(link.isClicked, false);
    tab.press("g");
    tab.press("P");
    assert.equal(link.isClicked, true);
  } finally {
    mock.timers.reset();
  }
});

test("single keys do nothing when switched off, while typing and while a dialog is open", async () => {
  const tab = new Browser().open();
  const asked = tab.asked();
  tab.root.dataset.keys = "off";
  tab.press("?");
  tab.root.dataset.keys = "on";
  tab.found["dialog:modal"] = new FakeElement("dialog");
  tab.press("?");
  delete tab.found["dialog:modal"];
  tab.press("?", { isComposing: true });
  tab.press("?", { altKey: true });
  assert.deepEqual(asked, []);
  tab.press("?");
  assert.deepEqual(asked, ["keys"]);
});

test("single keys work when the field with the focus is no longer visible, as in a dialog that has just closed", () => {
  const tab = new Browser().open();
  const asked = tab.asked();
  const field = new FakeField("input");
  tab.press("?", {}, field);
  assert.deepEqual(asked, []);
  field.isVisible = false;
  tab.press("?", {}, field);
  assert.deepEqual(asked, ["keys"]);
});

test("if the program does not answer, the page shows for a while why the commands do not open", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tab = new Browser().open();
  /** @type {string[]} */
  const said = [];
  tab.window.events.addEventListener("mooncoon-say", (event) => said.push(/** @type {CustomEvent<string>} */ (event).detail));
  tab.press("k", { ctrlKey: true });
  await settle();
  mock.timers.reset();
  assert.deepEqual(said, ["The commands could not be loaded. The server responds: reload the page."]);
});

// A fake of a browser's page, with only what the scripts under test use.
import { readFileSync } from "node:fs";
import vm from "node:vm";

/** Reads a script, by its path from the root of the repository. */
const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

let imports = 0;

/**
 * Imports a module of `public/` with the current globals, as a new instance with each call.
 *
 * @param {string} path
 * @returns {Promise<any>}
 */
export function importAnew(path) {
  imports += 1;
  return import(`data:text/javascript,${encodeURIComponent(`${read(path)}\n// ${imports}`)}`);
}

/**
 * Runs a script without exports in a separate context.
 *
 * @param {string} path
 * @param {Record<string, unknown>} globals
 */
export function run(path, globals) {
  // Globals that are not part of the language itself.
  const common = { AbortController, clearTimeout, console, CustomEvent, Event, Headers, Request, Response, setTimeout, URL, URLSearchParams };
  const world = vm.createContext({ ...common, ...globals });
  Object.assign(world, { self: world, window: world });
  vm.runInContext(read(path), world, { filename: path });
}

/** Runs all pending microtasks. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/**
 * Defines globals of this process, for modules.
 *
 * @param {Record<string, unknown>} globals
 */
export function define(globals) {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

/** Storage of strings; with `isForbidden` as in a browser that forbids storage. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  #texts = new Map();
  isForbidden = false;

  getItem(/** @type {string} */ name) {
    this.#check();
    return this.#texts.get(name) ?? null;
  }

  setItem(/** @type {string} */ name, /** @type {unknown} */ text) {
    this.#check();
    this.#texts.set(name, String(text));
  }

  #check() {
    if (this.isForbidden) throw new Error("SecurityError");
  }
}

/** An element that records what was done to it. */
export class FakeElement extends EventTarget {
  /** @type {Record<string, string>} */
  attributes = {};
  /** @type {Record<string, string | undefined>} */
  dataset = {};
  /** @type {(FakeElement | string)[]} */
  children = [];
  className = "";
  href = "";
  isClicked = false;

  constructor(/** @type {string} */ name) {
    super();
    this.name = name;
  }

  get textContent() {
    /** @type {(child: FakeElement | string) => string} */
    const text = (child) => (typeof child === "string" ? child : child.textContent);
    return this.children.map(text).join("");
  }

  set textContent(text) {
    this.children = text ? [text] : [];
  }

  setAttribute(/** @type {string} */ name, /** @type {string} */ value) {
    this.attributes[name] = value;
  }

  append(/** @type {(FakeElement | string)[]} */ ...children) {
    this.children.push(...children);
  }

  replaceChildren(/** @type {(FakeElement | string)[]} */ ...children) {
    this.children = children;
  }

  click() {
    this.isClicked = true;
    this.dispatchEvent(new Event("click", { cancelable: true }));
  }

  /** @returns {FakeElement | null} */
  closest() {
    return null;
  }
}

/** `window` as an event target. */
export function makeWindow() {
  const events = new EventTarget();
  return {
    events,
    globals: {
      addEventListener: events.addEventListener.bind(events),
      dispatchEvent: events.dispatchEvent.bind(events),
    },
  };
}

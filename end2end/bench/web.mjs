// Measures the board in a visitor's browser, for `cargo xtask bench web`: one JSON object on standard output.
//
//   node bench/web.mjs visit BASE RUNS    first visits, a new profile each: bytes, requests, paint, blocking
//   node bench/web.mjs slide BASE MOVES   a weight moved at /choose: the chance of each ride of being the best
//   node bench/web.mjs redraw BASE CLICKS a filter set and removed: from the click until all charts are redrawn
//
// How a redraw is measured, without waits that distort it: each drawing on a canvas is recorded, with the end of the script that made it
// and the end of the first frame after it. When nothing has been drawn for a while, the last records are the result:
//   script  from the click to the end of the script that brought the last chart up to date
//   frame   from the click to the end of the main thread's work on the frame that shows it (style, layout, paint)
//   visible the same for the charts that are on the screen, which are drawn first
//
// Bytes and requests are from the browser's own log, service worker included, until there has been no traffic for a while.
import { chromium } from "@playwright/test";

const [task, base, times] = process.argv.slice(2);
const QUIET_MS = 1500;

/** @typedef {{ cpu: number, latency: number, downloadThroughput: number, uploadThroughput: number }} Throttle */
/** @typedef {import("@playwright/test").BrowserContextOptions & { throttle?: Throttle }} Profile */
/**
 * What is observed on the page; times in milliseconds since it was opened.
 *
 * @typedef {object} Seen
 * @property {number} fcp first contentful paint; 0 before it
 * @property {number} lcp largest contentful paint; 0 before it
 * @property {string} largest the element of the largest contentful paint
 * @property {number} cls layout shift
 * @property {[start: number, took: number][]} tasks long tasks
 * @property {number | null} ready when the program has hydrated the page
 */
/** @typedef {Window & { seen: Seen }} Observed */

/**
 * Lighthouse's phone: a mid-range processor, 1.5 Mbit/s, 562 ms until the first byte.
 *
 * @type {{ desktop: Profile, phone: Profile }}
 */
const PROFILES = {
  desktop: { viewport: { width: 1350, height: 940 } },
  phone: {
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
    hasTouch: true,
    throttle: { cpu: 4, latency: 562.5, downloadThroughput: (1474.56 * 1000) / 8, uploadThroughput: (675 * 1000) / 8 },
  },
};

const isRoot = process.getuid?.() === 0;
const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic", "--no-first-run"],
  });

/** Runs before any code of the page. */
function observe() {
  /** @type {Seen} */
  const seen = { fcp: 0, lcp: 0, largest: "", cls: 0, tasks: [], ready: null };
  /** @type {Observed} */ (/** @type {unknown} */ (window)).seen = seen;
  // The entries' own types (LargestContentfulPaint, LayoutShift) are not in TypeScript's library.
  const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ act) => {
    new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
  };
  on("paint", (entry) => {
    if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime;
  });
  on("largest-contentful-paint", (entry) => {
    seen.lcp = entry.startTime;
    seen.largest = `${entry.element?.tagName}.${entry.element?.className}`;
  });
  on("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
  // A window of shifts ends after a second without one, or after five.
  let [sum, first, last] = [0, 0, -Infinity];
  on("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    if (entry.startTime - last > 1000 || entry.startTime - first > 5000) [sum, first] = [0, entry.startTime];
    last = entry.startTime;
    sum += entry.value;
    seen.cls = Math.max(seen.cls, sum);
  });
  const look = () => {
    if (document.documentElement?.dataset.ready !== undefined) seen.ready = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

/**
 * Makes one first visit.
 *
 * @param {Profile} profile
 */
async function visit({ throttle, ...options }) {
  const browser = await launch();
  try {
    const context = await browser.newContext(options);
    await context.addInitScript(observe);
    const page = await context.newPage();
    const requests = new Map();
    let movedAt = Date.now();
    const listen = async (/** @type {import("@playwright/test").CDPSession} */ session) => {
      session.on("Network.requestWillBeSent", ({ requestId, request }) => {
        movedAt = Date.now();
        if (request.url.startsWith("http")) requests.set(requestId, { url: request.url, bytes: 0, pending: true });
      });
      /** @param {{ requestId: string, encodedDataLength?: number }} ended */
      const end = ({ requestId, encodedDataLength }) => {
        movedAt = Date.now();
        const request = requests.get(requestId);
        if (request) Object.assign(request, { bytes: encodedDataLength ?? 0, pending: false });
      };
      session.on("Network.loadingFinished", end);
      session.on("Network.loadingFailed", end);
      await session.send("Network.enable");
    };
    const session = await context.newCDPSession(page);
    await listen(session);
    // The service worker's requests are sent by another process than the page's.
    /** @type {import("@playwright/test").Request[]} */
    const worker = [];
    context.on("request", (request) => {
      if (request.serviceWorker()) worker.push(request);
    });
    if (throttle) {
      const { cpu, ...network } = throttle;
      await session.send("Network.emulateNetworkConditions", { offline: false, ...network });
      await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    }
    await page.goto(base, { waitUntil: "load", timeout: 120_000 });
    // The news stream never ends.
    const isBusy = () => [...requests.values()].some((request) => request.pending && !request.url.endsWith("/events"));
    const isReady = () => /** @type {Observed} */ (/** @type {unknown} */ (window)).seen.ready !== null;
    await page.waitForFunction(isReady, null, { timeout: 120_000 });
    while (isBusy() || Date.now() - movedAt < QUIET_MS) await page.waitForTimeout(100);
    const seen = await page.evaluate(() => /** @type {Observed} */ (/** @type {unknown} */ (window)).seen);
    const sent = [...requests.values()].map(({ url, bytes }) => ({ path: url.replace(base, ""), bytes }));
    for (const request of worker) {
      const sizes = await request.sizes().catch(() => ({ responseBodySize: 0, responseHeadersSize: 0 }));
      sent.push({ path: `${request.url().replace(base, "")} (worker)`, bytes: sizes.responseBodySize + sizes.responseHeadersSize });
    }
    const blocking = seen.tasks.filter(([start, took]) => start + took > seen.fcp);
    return {
      bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
      // What the worker keeps is in the browser's cache by then, and is not requested from the server.
      requests: sent.filter(({ path, bytes }) => bytes > 0 || path.endsWith("/events")).length,
      fcp: seen.fcp,
      lcp: seen.lcp,
      interactive: seen.ready,
      blocked: blocking.reduce((sum, [, took]) => sum + Math.max(0, took - 50), 0),
      shift: seen.cls,
      largest: seen.largest,
      sent,
    };
  } finally {
    await browser.close();
  }
}

/**
 * Clicks on one filter repeatedly, with every chart on the page drawn.
 *
 * @param {number} clicks
 */
async function redraw(clicks) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ ...PROFILES.desktop, reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(base, { waitUntil: "load", timeout: 300_000 });
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, null, { timeout: 300_000 });
    await page.getByText("More charts", { exact: true }).click();
    // Two more charts appear with the record of flown launches.
    await page.locator(".flown-note").waitFor({ state: "detached", timeout: 60_000 });
    const charts = page.locator("figure.chart");
    // Each chart is drawn once it is near the viewport. One without data draws nothing, and is not counted.
    for (const chart of await charts.all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator("canvas").first().waitFor({ timeout: 10_000 }).catch(() => {});
    }
    const drawn = await charts.filter({ has: page.locator("canvas") }).count();
    // As for a reader who filters: the chips and the charts below them are on the screen, the other charts are not.
    await page.locator(".filt").evaluate((filters) => filters.scrollIntoView());
    await page.waitForTimeout(500);
    const took = await page.evaluate(async (clicks) => {
      const isOnScreen = (/** @type {DOMRect} */ { top, bottom }) => bottom > 0 && top < innerHeight;
      const figures = [...document.querySelectorAll("figure.chart")];
      const onScreen = new Set(figures.filter((chart) => isOnScreen(chart.getBoundingClientRect())));
      let isFrame = false;
      const { requestAnimationFrame } = window;
      window.requestAnimationFrame = (act) =>
        requestAnimationFrame((time) => {
          isFrame = true;
          act(time);
          isFrame = false;
        });
      /** @type {{ isVisible: boolean, drawn: number, shown?: number }[]} */
      let notes = [];
      const { clearRect } = CanvasRenderingContext2D.prototype;
      // Every drawing starts with this call.
      CanvasRenderingContext2D.prototype.clearRect = function (/** @type {[number, number, number, number]} */ ...given) {
        const figure = this.canvas.closest("figure");
        /** @type {{ isVisible: boolean, drawn: number, shown?: number }} */
        const note = { isVisible: figure !== null && onScreen.has(figure), drawn: 0 };
        notes.push(note);
        queueMicrotask(() => {
          note.drawn = performance.now();
        });
        const afterFrame = () => {
          const afterwards = new MessageChannel();
          afterwards.port1.onmessage = () => {
            note.shown = performance.now();
          };
          afterwards.port2.postMessage(null);
        };
        // What is drawn within a frame callback is shown in that frame.
        if (isFrame) afterFrame();
        else requestAnimationFrame(afterFrame);
        return clearRect.apply(this, given);
      };
      const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
      /** @type {NodeListOf<HTMLAnchorElement>} */
      const links = document.querySelectorAll("a.chip[href*='status=']");
      const chips = [...links].filter((chip) => chip.getClientRects().length > 0);
      if (!chips.length) throw new Error("there is no filter to set");
      const took = [];
      // Each filter is set and removed again.
      for (let click = 0; click < clicks; click++) {
        const chip = chips[(click >> 1) % chips.length];
        notes = [];
        const start = performance.now();
        chip.click();
        let before;
        do {
          before = notes.length;
          await pause(300);
          if (performance.now() - start > 20_000) throw new Error("no chart was drawn anew");
        } while (before === 0 || before !== notes.length || notes.some(({ shown }) => shown === undefined));
        const last = (/** @type {number[]} */ moments) => Math.max(...moments) - start;
        took.push({
          script: last(notes.map(({ drawn }) => drawn)),
          frame: last(notes.map(({ shown = 0 }) => shown)),
          visible: last(notes.filter(({ isVisible }) => isVisible).map(({ shown = 0 }) => shown)),
        });
      }
      return took;
    }, clicks);
    return { charts: drawn, took };
  } finally {
    await browser.close();
  }
}

/**
 * Moves a weight at /choose, then days to prepare. The program itself reports how long its two parts take (User Timing):
 *   draws     all factors of all rides, when anything but a weight or the threshold has changed
 *   clearness the chances and the regrets from them, at every move of a weight
 *   step      from the event until all scripts have ended: with ranking, sentences and the changes of the document
 *
 * @param {number} moves
 */
async function slide(moves) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ ...PROFILES.desktop, reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(`${base}/choose`, { waitUntil: "load", timeout: 120_000 });
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, null, { timeout: 120_000 });
    return await page.evaluate(async (moves) => {
      /** @type {{ rides: number, draws: number[], clearness: number[], step: number[] }} */
      const took = { rides: document.querySelectorAll("[data-p-best]").length, draws: [], clearness: [], step: [] };
      const set = async (/** @type {HTMLInputElement} */ input, /** @type {string} */ value, /** @type {string} */ event) => {
        performance.clearMeasures();
        input.value = value;
        const start = performance.now();
        input.dispatchEvent(new Event(event, { bubbles: true }));
        // After the microtasks, in which the page reacts.
        await new Promise((resolve) => {
          const afterwards = new MessageChannel();
          afterwards.port1.onmessage = resolve;
          afterwards.port2.postMessage(null);
        });
        const step = performance.now() - start;
        const measured = (/** @type {string} */ name) => performance.getEntriesByName(name, "measure").map(({ duration }) => duration);
        // As between two events of a pointer: a frame is painted.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return { step, draws: measured("draws"), clearness: measured("clearness") };
      };
      /** @type {HTMLInputElement | null} */
      const slider = document.querySelector("input[type=range][name=nearness]");
      /** @type {HTMLInputElement | null} */
      const days = document.querySelector("input[name=prepare]");
      if (!slider || !days) throw new Error("there are no parameters");
      for (let move = 0; move < moves; move++) {
        const { step, draws, clearness } = await set(slider, String((5 + ((move * 7) % 20)) / 10), "input");
        if (draws.length || !clearness.length) throw new Error("a weight must change the chances and no draws");
        took.step.push(step);
        took.clearness.push(...clearness);
      }
      for (let move = 0; move < moves; move++) took.draws.push(...(await set(days, String(3 + (move % 2)), "change")).draws);
      return took;
    }, moves);
  } finally {
    await browser.close();
  }
}

/** @type {Record<string, unknown>} */
const answer = {};
if (task === "visit") {
  for (const [name, profile] of Object.entries(PROFILES)) {
    const visits = [];
    for (let run = 0; run < Number(times); run++) visits.push(await visit(profile));
    answer[name] = visits;
  }
} else if (task === "slide") {
  Object.assign(answer, await slide(Number(times)));
} else {
  Object.assign(answer, await redraw(Number(times)));
}
console.log(JSON.stringify(answer));

// What a visitor's browser does with the board, for `cargo xtask bench web`: one JSON object on standard output.
//
//   node bench/web.mjs visit BASE RUNS    first visits, a new profile each: bytes, requests, paint, blocking
//   node bench/web.mjs redraw BASE CLICKS a filter set and taken away: click to the frame that shows all charts anew
//
// Bytes and requests are those of the browser's own log, service worker included, until nothing has moved for a while.
import { chromium } from "@playwright/test";

const [task, base, times] = process.argv.slice(2);
const QUIET_MS = 1500;

/** Lighthouse's phone: a mid-range processor, 1.5 Mbit/s, 562 ms until the first byte. */
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

/** Runs before anything of the page. */
function observe() {
  const seen = { fcp: null, lcp: null, cls: 0, tasks: [], ready: null, changedAt: 0 };
  window.seen = seen;
  const on = (type, act) => new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
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

/** One first visit. */
async function visit({ throttle, ...options }) {
  const browser = await launch();
  try {
    const context = await browser.newContext(options);
    await context.addInitScript(observe);
    const page = await context.newPage();
    const requests = new Map();
    let movedAt = Date.now();
    const listen = async (session) => {
      session.on("Network.requestWillBeSent", ({ requestId, request }) => {
        movedAt = Date.now();
        if (request.url.startsWith("http")) requests.set(requestId, { url: request.url, bytes: 0, pending: true });
      });
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
    // What the service worker fetches is asked of the server by another process than the page's.
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
    // A stream of news never ends.
    const isBusy = () => [...requests.values()].some((request) => request.pending && !request.url.endsWith("/events"));
    await page.waitForFunction(() => window.seen.ready !== null, null, { timeout: 120_000 });
    while (isBusy() || Date.now() - movedAt < QUIET_MS) await page.waitForTimeout(100);
    const seen = await page.evaluate(() => window.seen);
    const sent = [...requests.values()].map(({ url, bytes }) => ({ path: url.replace(base, ""), bytes }));
    for (const request of worker) {
      const sizes = await request.sizes().catch(() => ({ responseBodySize: 0, responseHeadersSize: 0 }));
      sent.push({ path: `${request.url().replace(base, "")} (worker)`, bytes: sizes.responseBodySize + sizes.responseHeadersSize });
    }
    const blocking = seen.tasks.filter(([start, took]) => start + took > seen.fcp);
    return {
      bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
      // What the worker keeps is in the browser's cache by then, and is not asked of the server.
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

/** Clicks on one filter, again and again, with every chart on the page drawn. */
async function redraw(clicks) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ ...PROFILES.desktop, reducedMotion: "reduce", serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(base, { waitUntil: "load", timeout: 300_000 });
    await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined, null, { timeout: 300_000 });
    await page.getByText("More charts", { exact: true }).click();
    const charts = page.locator("figure.chart");
    // Each is drawn once it is near. One without data has nothing to draw, and is not counted.
    for (const chart of await charts.all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator("canvas").first().waitFor({ timeout: 10_000 }).catch(() => {});
    }
    const drawn = await charts.filter({ has: page.locator("canvas") }).count();
    const took = await page.evaluate(async (clicks) => {
      const bridge = window.mooncoonCharts;
      let last = 0;
      const { update } = bridge;
      bridge.update = (...given) => {
        update(...given);
        last = performance.now();
      };
      const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
      const chips = [...document.querySelectorAll("a.chip[href*='status=']")].filter((chip) => chip.getClientRects().length > 0);
      if (!chips.length) throw new Error("there is no filter to set");
      const took = [];
      // Each is set and taken away again.
      for (let click = 0; click < clicks; click++) {
        const chip = chips[(click >> 1) % chips.length];
        last = 0;
        const start = performance.now();
        chip.click();
        const deadline = start + 20_000;
        while (last === 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 0));
        if (last === 0) throw new Error("no chart was drawn anew");
        let before;
        do {
          before = last;
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        } while (before !== last);
        took.push(performance.now() - start);
        await pause(200);
      }
      return took;
    }, clicks);
    return { charts: drawn, took };
  } finally {
    await browser.close();
  }
}

const answer = {};
if (task === "visit") {
  for (const [name, profile] of Object.entries(PROFILES)) {
    answer[name] = [];
    for (let run = 0; run < Number(times); run++) answer[name].push(await visit(profile));
  }
} else {
  Object.assign(answer, await redraw(Number(times)));
}
console.log(JSON.stringify(answer));

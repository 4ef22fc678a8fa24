// The bridge between charts built in Rust (plain JSON) and ECharts: when and where they are drawn. How they look is in `option.js`, what
// they say in `app/src/charts`.
import { init, use } from "echarts/core";
import { BarChart, CustomChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { fill } from "./fill.js";
import { dress } from "./option.js";
import { savePicture } from "./picture.js";
import { forgetTokens } from "./token.js";

use([BarChart, CustomChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

/**
 * A chart on the page.
 *
 * @typedef {object} Chart
 * @property {HTMLElement} element
 * @property {import("echarts/core").EChartsType} instance
 * @property {ResizeObserver} observer
 * @property {string} json the option as Rust built it
 * @property {string[]} words what is said of each mark
 * @property {number | null | undefined} at the mark that the keyboard is on
 * @property {boolean} inView
 */

/** @type {Map<Element, Chart>} */
const live = new Map();
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// On paper a movement would be caught halfway. The colours change there as they always do: with the theme.
let isPrinting = false;
addEventListener("beforeprint", () => {
  isPrinting = true;
});
addEventListener("afterprint", () => {
  isPrinting = false;
});

/** @param {Chart} chart */
function redraw(chart) {
  // Series and axes are made anew: to compare old bars and cells with new ones takes longer than to make them, and a series that is no
  // longer there would stay.
  chart.instance.setOption(dress(chart.json, chart.words, !calm.matches && !isPrinting), { notMerge: false, replaceMerge: ["series", "xAxis", "yAxis"] });
  // Three more passes over the chart, for nothing where neither a key nor the mouse points at it.
  if (chart.at != null || chart.element.matches(":hover")) outline(chart);
}

/**
 * Shows which mark the keyboard is on. A filter that moves the marks keeps the place.
 *
 * @param {Chart} chart
 */
function outline({ instance, at }) {
  instance.dispatchAction({ type: "downplay" });
  if (at == null) {
    instance.dispatchAction({ type: "hideTip" });
    // The line through the place on the axis, which a tip of a mouse takes with it and one of ours does not.
    instance.dispatchAction({ type: "updateAxisPointer", currTrigger: "leave" });
  } else {
    instance.dispatchAction({ type: "highlight", dataIndex: at });
    instance.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
  }
}

// --- When. A filter changes every chart and a hundred words. To draw text makes the browser style whatever has changed by then, so that
// a chart drawn between two of those changes styles the page once more: charts wait until the words stand. Those in view go out in one
// frame with them, the others are drawn after it. A page that nobody sees has no frames, and draws nothing.
/** @type {Set<Chart>} */
const waiting = new Set();
const afterFrame = new MessageChannel();
let isAsked = false;

function ask() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    for (const chart of waiting) if (chart.inView) catchUp(chart);
    if (waiting.size) afterFrame.port2.postMessage(null);
  });
}
afterFrame.port1.onmessage = () => {
  for (const chart of waiting) catchUp(chart);
};

/**
 * Draws a chart if it waits to be drawn.
 *
 * @param {Chart} chart
 */
function catchUp(chart) {
  if (waiting.delete(chart)) redraw(chart);
}
addEventListener("beforeprint", () => {
  for (const chart of waiting) catchUp(chart);
});

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const chart = live.get(target);
    if (chart) chart.inView = isIntersecting;
  }
});

/**
 * Draws a chart into an element.
 *
 * @param {HTMLElement} element
 * @param {string} json the option
 * @param {string} words what is said of each mark, parted by U+001F
 * @param {(at: number) => void} select called with the mark that was clicked
 */
export function mount(element, json, words, select) {
  const instance = init(element, null, { renderer: "canvas" });
  const observer = new ResizeObserver(() => instance.resize());
  const chart = { element, instance, observer, json, words: words.split("\x1f"), at: null, inView: true };
  observer.observe(element);
  seen.observe(element);
  instance.on("click", ({ dataIndex }) => select(dataIndex));
  live.set(element, chart);
  redraw(chart);
}

/**
 * Draws a chart anew, after the words of the page.
 *
 * @param {HTMLElement} element
 * @param {string} json
 * @param {string} words
 */
export function update(element, json, words) {
  const chart = live.get(element);
  if (!chart) return;
  chart.words = words.split("\x1f");
  if (chart.json === json) return;
  chart.json = json;
  waiting.add(chart);
  ask();
}

/**
 * Puts the keyboard on a mark, or on none.
 *
 * @param {HTMLElement} element
 * @param {number | null | undefined} at
 */
export function point(element, at) {
  const chart = live.get(element);
  if (!chart || chart.at === at) return;
  chart.at = at;
  catchUp(chart);
  outline(chart);
}

/**
 * Saves a chart as a picture.
 *
 * @param {HTMLElement} element
 * @param {string} file
 * @param {string[]} words
 */
export function save(element, file, ...words) {
  const chart = live.get(element);
  if (!chart) return;
  catchUp(chart);
  savePicture(chart.instance, file, words);
}

/**
 * Ends a chart whose element leaves the page.
 *
 * @param {HTMLElement} element
 */
export function dispose(element) {
  const chart = live.get(element);
  if (!chart) return;
  waiting.delete(chart);
  seen.unobserve(element);
  chart.observer.disconnect();
  chart.instance.dispose();
  live.delete(element);
}

function repaint() {
  forgetTokens();
  for (const chart of live.values()) redraw(chart);
}
new MutationObserver(repaint).observe(root, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", repaint);

window.mooncoonCharts = { mount, update, point, save, fill, dispose };

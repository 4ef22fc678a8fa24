// The bridge between charts built in Rust (plain JSON) and ECharts: when and where they are drawn. Their look is in `option.js`, their
// content in `app/src/charts`.
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
 * @property {string[]} words the text of each mark
 * @property {number | null | undefined} at the mark at the keyboard cursor
 * @property {boolean} inView
 */

/** @type {Map<Element, Chart>} */
const live = new Map();
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// On paper an animation would be captured halfway. The colours change there as always: with the theme.
let isPrinting = false;
addEventListener("beforeprint", () => {
  isPrinting = true;
});
addEventListener("afterprint", () => {
  isPrinting = false;
});

/** @param {Chart} chart */
function redraw(chart) {
  // Series and axes are replaced: comparing old bars and cells with new ones takes longer than creating them, and a series that no longer
  // exists would remain.
  chart.instance.setOption(dress(chart.json, chart.words, !calm.matches && !isPrinting), { notMerge: false, replaceMerge: ["series", "xAxis", "yAxis"] });
  // Three more passes over the chart, which are useless if neither the keyboard nor the mouse points at it.
  if (chart.at != null || chart.element.matches(":hover")) outline(chart);
}

/**
 * Shows the mark at the keyboard cursor. A filter that moves the marks keeps the position.
 *
 * @param {Chart} chart
 */
function outline({ instance, at }) {
  instance.dispatchAction({ type: "downplay" });
  if (at == null) {
    instance.dispatchAction({ type: "hideTip" });
    // The line through the position on the axis: a tooltip of the mouse removes it, a tooltip of the keyboard does not.
    instance.dispatchAction({ type: "updateAxisPointer", currTrigger: "leave" });
  } else {
    instance.dispatchAction({ type: "highlight", dataIndex: at });
    instance.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
  }
}

// --- Scheduling. A filter changes every chart and a hundred words. Drawing text forces the browser to restyle everything changed so far,
// so a chart drawn between two of those changes would restyle the page once more: charts wait until the text is updated. Charts in view are
// drawn in the same frame as the text, the others after it. A hidden page has no frames and draws nothing.
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
 * Draws a chart if it is waiting to be drawn.
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
 * @param {string} words the text of each mark, separated by U+001F
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
 * Redraws a chart, after the text of the page.
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
 * Moves the keyboard cursor to a mark, or to none.
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
 * Saves a chart as an image.
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
 * Disposes of a chart whose element is removed from the page.
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

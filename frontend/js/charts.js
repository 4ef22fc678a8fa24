// The thin bridge between charts built in Rust (plain JSON) and ECharts. It knows how a chart looks on our pages (tokens,
// font, motion, tooltip), never what it says. Functions do not travel in an option: the page forbids eval.
import { init, use } from "echarts/core";
import { BarChart, CustomChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
import { fill } from "./fill.js";
import { savePicture } from "./picture.js";
import { shapes } from "./shapes.js";
import { forgetTokens, token } from "./token.js";

use([BarChart, CustomChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

// Options name these, "fn:short". A place on an axis has two names, "in full|short"; a name from outside may hold a bar of its own.
const functions = { "fn:short": (name) => name.slice(name.lastIndexOf("|") + 1) };
// charming puts marks around the name of a shape, for those who would paste the option into a script.
const RAW = "#*#*#*#";
const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

// A value is ours by its key, never by what it looks like: the same option holds names from outside, and a rocket may be called
// "var(--text)" or "fn:short". Names are elements of arrays, whose keys are numbers.
const revive = (key, value) => {
  if (typeof value !== "string") return value;
  // Options name design tokens, "var(--c1)"; canvas cannot resolve them, and they change with the theme.
  if (/color$/i.test(key)) return value.replace(/^var\((--[\w-]+)\)$/, (_, name) => token(name));
  if (key === "formatter") return own(functions, value) ?? value;
  if (key === "renderItem") return own(shapes, value.slice(RAW.length, -RAW.length));
  return value;
};

// Rich text has styles, "{style|words}": a brace of a name must not begin one. The mark after it has no width.
const plain = (words) => words?.replaceAll("{", "{\u2060");

const live = new Map();
const root = document.documentElement;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// On paper a movement would be caught halfway. The colours change there as they always do: with the theme.
let isPrinting = false;
addEventListener("beforeprint", () => (isPrinting = true));
addEventListener("afterprint", () => (isPrinting = false));

function dress(chart) {
  const option = JSON.parse(chart.json, revive);
  // Names of two lines (a month and its year) need room between them; charming's axis labels have no such setting.
  for (const axis of [option.xAxis, option.yAxis].flat()) {
    if (!axis?.axisLabel) continue;
    axis.axisLabel.lineHeight = 15;
    // The first of a month stands where the week before it may stand too.
    if (axis.type === "time") axis.axisLabel.hideOverlap = true;
  }
  // Every grid has room for its labels, in pixels. ECharts would measure all of them first to see whether it has.
  for (const grid of [option.grid].flat()) if (grid) grid.outerBoundsMode = "none";
  // ECharts' textures come with words of its own, which would take the place of ours with every drawing.
  if (option.aria) option.aria.label = { enabled: false };
  // Without any launch there is no status to stack.
  option.series ??= [];
  for (const series of option.series) {
    // Three providers are three bars, not three walls; charming's bars have no such setting either.
    series.barMaxWidth = 30;
    // What is pointed at, by mouse or by key, is outlined and keeps its colour: the colour says something.
    series.emphasis = { ...series.emphasis, itemStyle: { color: "inherit", borderColor: token("--text"), borderWidth: 2 } };
  }
  return {
    ...option,
    useUTC: true,
    animation: !calm.matches && !isPrinting,
    animationDuration: 160,
    animationDurationUpdate: 160,
    textStyle: { fontFamily: token("--sans"), fontSize: 12 },
    // Rich text, not HTML: its inline styles would need a hole in the content security policy.
    tooltip: {
      ...option.tooltip,
      formatter: (items) => plain(chart.words[[items].flat()[0].dataIndex]),
      renderMode: "richText",
      confine: true,
      transitionDuration: 0,
      backgroundColor: token("--overlay"),
      borderColor: token("--line-2"),
      borderWidth: 1,
      textStyle: { color: token("--text"), fontFamily: token("--sans"), fontSize: 12, lineHeight: 18 },
    },
  };
}

function redraw(chart) {
  // Series and axes are made anew: to compare old bars and cells with new ones takes longer than to make them, and a series that is no
  // longer there would stay.
  chart.instance.setOption(dress(chart), { notMerge: false, replaceMerge: ["series", "xAxis", "yAxis"] });
  // Three more passes over the chart, for nothing where neither a key nor the mouse points at it.
  if (chart.at != null || chart.element.matches(":hover")) outline(chart);
}

// Shows which mark the keyboard is on. A filter that moves the marks keeps the place.
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
afterFrame.port1.onmessage = () => waiting.forEach(catchUp);

/** Draws what waits to be drawn. */
function catchUp(chart) {
  if (waiting.delete(chart)) redraw(chart);
}
addEventListener("beforeprint", () => waiting.forEach(catchUp));

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const chart = live.get(target);
    if (chart) chart.inView = isIntersecting;
  }
});

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

export function update(element, json, words) {
  const chart = live.get(element);
  if (!chart) return;
  chart.words = words.split("\x1f");
  if (chart.json === json) return;
  chart.json = json;
  waiting.add(chart);
  ask();
}

export function point(element, at) {
  const chart = live.get(element);
  if (!chart || chart.at === at) return;
  chart.at = at;
  catchUp(chart);
  outline(chart);
}

export function save(element, file, ...words) {
  const chart = live.get(element);
  if (!chart) return;
  catchUp(chart);
  savePicture(chart.instance, file, words);
}

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
  live.forEach(redraw);
}
new MutationObserver(repaint).observe(root, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", repaint);

window.mooncoonCharts = { mount, update, point, save, fill, dispose };

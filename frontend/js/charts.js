// The thin bridge between charts built in Rust (plain JSON) and ECharts. It knows how a chart looks on our pages (tokens,
// font, motion, tooltip), never what it says. Functions do not travel in an option: the page forbids eval.
import { init, use } from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

// Options name these, "fn:short". A place on an axis has two names, "in full|short".
const functions = {
  short: (name) => name.split("|")[1],
  counts: (items) => {
    const [name] = items[0].name.split("|");
    const some = items.filter(({ value }) => value > 0);
    const total = some.reduce((sum, { value }) => sum + value, 0);
    const parts = items.length > 1 ? some.map(({ seriesName, value }) => `\n${seriesName}  ${value}`) : [];
    return `${name}: ${total}${parts.join("")}`;
  },
};
const revive = (_, value) =>
  typeof value === "string" && value.startsWith("fn:") ? functions[value.slice(3)] : value;

const live = new Map();
const root = document.documentElement;

// Options name design tokens, "var(--c1)"; canvas cannot resolve them, and they change with the theme.
function dress(json) {
  const style = getComputedStyle(root);
  const token = (name) => style.getPropertyValue(name).trim();
  const text = json.replace(/var\((--[\w-]+)\)/g, (_, name) => token(name));
  const option = JSON.parse(text, revive);
  // Names of two lines (a month and its year) need room between them; charming's axis labels have no such setting.
  for (const axis of [option.xAxis, option.yAxis].flat()) if (axis?.axisLabel) axis.axisLabel.lineHeight = 15;
  // Three providers are three bars, not three walls; charming's bars have no such setting either.
  for (const series of option.series) series.barMaxWidth = 30;
  return {
    ...option,
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 160,
    animationDurationUpdate: 160,
    textStyle: { fontFamily: token("--sans"), fontSize: 12 },
    // Rich text, not HTML: its inline styles would need a hole in the content security policy.
    tooltip: {
      ...option.tooltip,
      renderMode: "richText",
      confine: true,
      backgroundColor: token("--overlay"),
      borderColor: token("--line-2"),
      borderWidth: 1,
      textStyle: { color: token("--text"), fontSize: 12 },
    },
  };
}

function redraw(chart) {
  chart.instance.setOption(dress(chart.json), { notMerge: false, replaceMerge: ["series"] });
}

export function mount(element, json, select) {
  const instance = init(element, null, { renderer: "canvas" });
  const observer = new ResizeObserver(() => instance.resize());
  const chart = { instance, observer, json };
  observer.observe(element);
  instance.on("click", ({ dataIndex }) => select(dataIndex));
  live.set(element, chart);
  redraw(chart);
}

export function update(element, json) {
  const chart = live.get(element);
  if (!chart || chart.json === json) return;
  chart.json = json;
  redraw(chart);
}

export function dispose(element) {
  const chart = live.get(element);
  if (!chart) return;
  chart.observer.disconnect();
  chart.instance.dispose();
  live.delete(element);
}

const repaint = () => live.forEach(redraw);
new MutationObserver(repaint).observe(root, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", repaint);

window.mooncoonCharts = { mount, update, dispose };

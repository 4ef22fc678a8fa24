// A chart's option as Rust built it (plain JSON), made ready for ECharts: design tokens become colours, names of functions become
// functions, and every chart gets the look of our pages (font, motion, tooltip). Functions do not travel in JSON, and the content security
// policy forbids to evaluate text.
import { shapes } from "./shapes.js";
import { token } from "./token.js";

/** What an option may name: "fn:short". A place on an axis has two names, "in full|short"; a name from outside may hold a bar of its own. */
const functions = { "fn:short": (/** @type {string} */ name) => name.slice(name.lastIndexOf("|") + 1) };
/** charming puts these marks around the name of a shape, for those who would paste the option into a script. */
const RAW = "#*#*#*#";

/** @type {(object: Record<string, unknown>, name: string) => unknown} */
const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/**
 * The reviver of the option's JSON. A value is ours by its key, never by what it looks like: the same option holds names from outside, and a
 * rocket may be called "var(--text)" or "fn:short". Names are elements of arrays, whose keys are numbers.
 *
 * @param {string} key
 * @param {unknown} value
 */
export function revive(key, value) {
  if (typeof value !== "string") return value;
  // Options name design tokens, "var(--c1)"; canvas cannot resolve them, and they change with the theme.
  if (/color$/i.test(key)) return value.replace(/^var\((--[\w-]+)\)$/, (_, name) => token(name));
  if (key === "formatter") return own(functions, value) ?? value;
  if (key === "renderItem") return own(shapes, value.slice(RAW.length, -RAW.length));
  return value;
}

/**
 * Words for a tooltip. It is rich text and has styles, "{style|words}": a brace of a name must not begin one. The mark after it has no width.
 *
 * @param {string | undefined} words
 */
export const plain = (words) => words?.replaceAll("{", "{\u2060");

/** @typedef {{ axisLabel?: { lineHeight?: number, hideOverlap?: boolean }, type?: string }} Axis */

/**
 * The option of a chart as ECharts takes it.
 *
 * @param {string} json the option as Rust built it
 * @param {string[]} words what the tooltip says of each mark
 * @param {boolean} isAnimated
 */
export function dress(json, words, isAnimated) {
  const option = JSON.parse(json, revive);
  // Names of two lines (a month and its year) need room between them; charming's axis labels have no such setting.
  for (const axis of /** @type {(Axis | undefined)[]} */ ([option.xAxis, option.yAxis].flat())) {
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
    animation: isAnimated,
    animationDuration: 160,
    animationDurationUpdate: 160,
    textStyle: { fontFamily: token("--sans"), fontSize: 12 },
    // Rich text, not HTML: its inline styles would need a hole in the content security policy.
    tooltip: {
      ...option.tooltip,
      formatter: (/** @type {{ dataIndex: number } | { dataIndex: number }[]} */ items) => plain(words[[items].flat()[0].dataIndex]),
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

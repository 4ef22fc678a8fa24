// Prepares a chart's option from Rust (plain JSON) for ECharts: design tokens become colours, names of functions become functions, and
// every chart gets the look of our pages (font, animation, tooltip). JSON cannot contain functions, and the content security policy forbids
// evaluating text.
import { shapes } from "./shapes.js";
import { token } from "./token.js";

/** Functions that an option can name: "fn:short". A place on an axis has two names, "in full|short"; LL2's names may contain a bar too. */
const functions = { "fn:short": (/** @type {string} */ name) => name.slice(name.lastIndexOf("|") + 1) };
/** charming adds these marks around the name of a shape, for users who paste the option into a script. */
const RAW = "#*#*#*#";

/** @type {(object: Record<string, unknown>, name: string) => unknown} */
const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/**
 * The reviver of the option's JSON. A value is converted only by its key, never by its content: the same option contains LL2's names, and a
 * rocket may be called "var(--text)" or "fn:short". Names are elements of arrays, whose keys are numbers.
 *
 * @param {string} key
 * @param {unknown} value
 */
export function revive(key, value) {
  if (typeof value !== "string") return value;
  // Options contain design tokens, "var(--c1)"; a canvas cannot resolve them, and they change with the theme.
  if (/color$/i.test(key)) return value.replace(/^var\((--[\w-]+)\)$/, (_, name) => token(name));
  if (key === "formatter") return own(functions, value) ?? value;
  if (key === "renderItem") return own(shapes, value.slice(RAW.length, -RAW.length));
  return value;
}

/**
 * Escapes text for a tooltip. Rich text has styles, "{style|words}": a brace in a name must not start one. Adds a zero-width character.
 *
 * @param {string | undefined} words
 */
export const plain = (words) => words?.replaceAll("{", "{\u2060");

/** @typedef {{ axisLabel?: { lineHeight?: number, hideOverlap?: boolean }, type?: string }} Axis */

/**
 * Converts the option of a chart to the form that ECharts needs.
 *
 * @param {string} json the option as Rust built it
 * @param {string[]} words the tooltip of each mark
 * @param {boolean} isAnimated
 */
export function dress(json, words, isAnimated) {
  const option = JSON.parse(json, revive);
  // Names of two lines (a month and its year) need space between them; charming's axis labels have no such setting.
  for (const axis of /** @type {(Axis | undefined)[]} */ ([option.xAxis, option.yAxis].flat())) {
    if (!axis?.axisLabel) continue;
    axis.axisLabel.lineHeight = 15;
    // The label of the first of a month may overlap that of the week before.
    if (axis.type === "time") axis.axisLabel.hideOverlap = true;
  }
  // Every grid has space for its labels, in pixels. ECharts would otherwise measure all of them first to check this.
  for (const grid of [option.grid].flat()) if (grid) grid.outerBoundsMode = "none";
  // ECharts' textures come with their own aria label, which would replace ours with every drawing.
  if (option.aria) option.aria.label = { enabled: false };
  // Without launches there is no status to stack.
  option.series ??= [];
  for (const series of option.series) {
    // Three providers should be three bars, not three walls; charming's bars have no such setting either.
    series.barMaxWidth = 30;
    // The mark at the mouse or keyboard is outlined and keeps its colour, because the colour has a meaning.
    series.emphasis = { ...series.emphasis, itemStyle: { color: "inherit", borderColor: token("--text"), borderWidth: 2 } };
  }
  return {
    ...option,
    useUTC: true,
    animation: isAnimated,
    animationDuration: 160,
    animationDurationUpdate: 160,
    textStyle: { fontFamily: token("--sans"), fontSize: 12 },
    // Rich text, not HTML: its inline styles would need an exception in the content security policy.
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

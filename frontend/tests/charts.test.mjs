import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { fill } from "../js/fill.js";
import { dress, plain, revive } from "../js/option.js";
import { lines } from "../js/picture.js";
import { shapes } from "../js/shapes.js";
import { forgetTokens, token } from "../js/token.js";
import { define } from "./page.mjs";

/** @type {Record<string, string>} */
let tokens = {};
const getPropertyValue = mock.fn((/** @type {string} */ name) => ` ${tokens[name] ?? ""} `);

beforeEach(() => {
  tokens = { "--c1": "#2f8", "--grid": "#222", "--text": "#eee", "--text-2": "#aaa", "--line-2": "#444", "--sans": "Inter" };
  getPropertyValue.mock.resetCalls();
  define({ document: { documentElement: {} }, getComputedStyle: () => ({ getPropertyValue }) });
  forgetTokens();
});

test("a token is read once for each theme", () => {
  assert.equal(token("--c1"), "#2f8");
  tokens["--c1"] = "#063";
  assert.equal(token("--c1"), "#2f8");
  assert.equal(getPropertyValue.mock.callCount(), 1);
  forgetTokens();
  assert.equal(token("--c1"), "#063");
});

test("a token with a value for each theme is read as an element shows it", () => {
  tokens["--c2"] = "light-dark(#a87400,#eec25a)";
  const probe = { style: { color: "" }, remove: mock.fn() };
  const shown = { getPropertyValue, color: "rgb(238, 194, 90)" };
  const document = { documentElement: {}, body: { append: mock.fn() }, createElement: () => probe };
  define({ document, getComputedStyle: (/** @type {unknown} */ element) => (element === probe ? shown : { getPropertyValue }) });
  assert.equal(token("--c2"), "rgb(238, 194, 90)");
  assert.equal(probe.style.color, "var(--c2)");
  assert.equal(probe.remove.mock.callCount(), 1);
});

test("a token is put in the place of its name where a colour is meant, and nowhere else", () => {
  assert.equal(revive("color", "var(--c1)"), "#2f8");
  assert.equal(revive("borderColor", "var(--text)"), "#eee");
  assert.equal(revive("name", "var(--c1)"), "var(--c1)");
  assert.equal(revive("0", "var(--c1)"), "var(--c1)");
  assert.equal(revive("color", "inherit"), "inherit");
  assert.equal(revive("color", "x var(--c1)"), "x var(--c1)");
});

test("names of our functions become functions, and other names stay text", () => {
  const short = /** @type {(name: string) => string} */ (revive("formatter", "fn:short"));
  assert.equal(short("Vandenberg SFB|a|VSFB"), "VSFB");
  assert.equal(revive("0", "fn:short"), "fn:short");
  assert.equal(revive("formatter", "{value} %"), "{value} %");
  assert.equal(revive("formatter", "constructor"), "constructor");
  assert.equal(revive("renderItem", "#*#*#*#cell#*#*#*#"), shapes.cell);
  assert.equal(revive("renderItem", "#*#*#*#toString#*#*#*#"), undefined);
  assert.equal(revive("max", 7), 7);
});

test("a brace in a name does not start a rich text style", () => {
  assert.equal(plain("a {b|c}"), "a {\u2060b|c}");
  assert.equal(plain(undefined), undefined);
});

test("an option gets the theme of our pages and keeps its own values", () => {
  const json = JSON.stringify({
    xAxis: { type: "time", axisLabel: {} },
    yAxis: [{ type: "category" }],
    grid: [{ left: 9 }],
    aria: { enabled: true },
    series: [{ type: "bar", itemStyle: { color: "var(--c1)" }, emphasis: { focus: "self" }, data: ["var(--c1)"] }],
  });
  const option = dress(json, ["March: 3", "April: {4}"], true);
  assert.deepEqual(option.xAxis.axisLabel, { lineHeight: 15, hideOverlap: true });
  assert.equal(option.grid[0].outerBoundsMode, "none");
  assert.deepEqual(option.aria.label, { enabled: false });
  const [series] = option.series;
  assert.deepEqual([series.itemStyle.color, series.data[0], series.barMaxWidth], ["#2f8", "var(--c1)", 30]);
  assert.deepEqual(series.emphasis, { focus: "self", itemStyle: { color: "inherit", borderColor: "#eee", borderWidth: 2 } });
  assert.equal(option.tooltip.formatter([{ dataIndex: 1 }]), "April: {\u20604}");
  assert.equal(option.tooltip.formatter({ dataIndex: 0 }), "March: 3");
  assert.deepEqual([option.animation, option.textStyle.fontFamily], [true, "Inter"]);
  assert.deepEqual(dress("{}", [], false).series, []);
});

/**
 * A fake of ECharts' drawing API: a row of values, ten pixels per unit.
 *
 * @param {number[][]} rows
 */
const api = (rows, row = 0) => ({
  value: (/** @type {number} */ column, at = row) => rows[at][column],
  coord: (/** @type {number[]} */ at) => at.map((value) => value * 10),
  size: (/** @type {number[]} */ extent) => extent.map((value) => value * 10),
});

test("the opacity of a cell follows its number; its state dims or outlines it", () => {
  const cell = (/** @type {number} */ strength, /** @type {number} */ state) => shapes.cell({ context: {} }, api([[1, 2, 5, strength, state]]));
  assert.deepEqual(cell(100, 0).style, { fill: "#2f8", opacity: 1 });
  assert.deepEqual(cell(0, 0).style, { fill: "#222", opacity: 1 });
  assert.equal(cell(0, 1).style?.opacity, 0.4);
  assert.deepEqual(cell(100, 3).style, { fill: "#2f8", opacity: 0.4, stroke: "#aaa", lineWidth: 1.5 });
  const gap = 10 / 6;
  assert.deepEqual(cell(50, 0).shape, { x: 5 + gap / 2, y: 15 + gap / 2, width: 10 - gap, height: 10 - gap, r: 2 });
});

test("an interval is drawn as range, block and tick, in that order", () => {
  const { children = [] } = shapes.interval({}, api([[5, 1, 2, 9, 4, 6, 1]]));
  const [range, block, tick] = children.map(({ shape }) => /** @type {{ x: number, width: number }} */ (shape));
  assert.deepEqual([range.x, range.width], [20, 70]);
  assert.deepEqual([block.x, block.width], [40, 20]);
  assert.equal(tick.x + tick.width / 2, 50);
  assert.deepEqual(children.map(({ style }) => style?.opacity), [0.4, 0.2, 0.4]);
});

test("a bar in the texture of a precision is solid, lighter, or striped", () => {
  const pen = { fillRect: mock.fn(), fillStyle: "", globalAlpha: 1 };
  const createElement = mock.fn(() => ({ getContext: () => pen, width: 0, height: 0 }));
  define({ document: { documentElement: {}, createElement } });
  const style = (/** @type {number} */ texture, dimmed = 0) => shapes.texture({}, api([[3, 0, texture, dimmed]])).style;
  assert.deepEqual(style(0), { fill: "#2f8" });
  assert.deepEqual(style(1), { fill: "#2f8", opacity: 0.85 });
  assert.equal(style(0, 1)?.opacity, 0.4);
  assert.deepEqual(style(4)?.lineDash, [2, 4]);
  const made = createElement.mock.callCount();
  style(4);
  assert.equal(createElement.mock.callCount(), made, "stripes are drawn once");
});

test("each date is connected to the one before; the first has the diagonal behind it", () => {
  const rows = [[0, 4, 2, 6, 0, 0, 9], [2, 8, 5, 8, 0, 0, 9]];
  const first = shapes.band({ dataIndex: 0, dataIndexInside: 0, coordSys: {} }, api(rows));
  assert.deepEqual(first.children?.map(({ type }) => type), ["group", "rect"]);
  const second = shapes.band({ dataIndex: 1, dataIndexInside: 1, coordSys: {} }, api(rows, 1));
  const [bar, joint] = second.children ?? [];
  assert.deepEqual([bar.type, joint.type], ["rect", "line"]);
  assert.deepEqual(joint.shape, { x1: 20, y1: 50, x2: 20, y2: 80 });
  // A date known to the minute has no height.
  assert.equal(/** @type {{ height: number }} */ (bar.shape).height, 4);
});

test("text wraps at the width of the picture, and a long word gets its own line", () => {
  const pen = { measureText: (/** @type {string} */ text) => /** @type {TextMetrics} */ ({ width: text.length }) };
  assert.deepEqual(lines(pen, "one two three", 7), ["one two", "three"]);
  assert.deepEqual(lines(pen, "unbreakable a b", 4), ["unbreakable", "a b"]);
});

test("without the full screen API a chart fills the window until Escape is pressed", async () => {
  const page = new EventTarget();
  define({ Node: EventTarget, document: Object.assign(page, { fullscreenElement: null }) });
  const classes = new Set();
  const figure = {
    classList: { add: classes.add.bind(classes), remove: classes.delete.bind(classes), contains: classes.has.bind(classes) },
    contains: () => false,
    isConnected: true,
  };
  /** @type {Record<string, string>} */
  const attributes = {};
  const focus = mock.fn();
  const button = /** @type {HTMLElement} */ (/** @type {unknown} */ ({
    closest: () => figure,
    focus,
    setAttribute: (/** @type {string} */ name, /** @type {string} */ value) => {
      attributes[name] = value;
    },
  }));
  fill(button);
  assert.ok(classes.has("fills-window"));
  assert.equal(attributes["aria-pressed"], "true");
  page.dispatchEvent(new Event("focusin"));
  assert.equal(focus.mock.callCount(), 1, "the focus does not leave the chart");
  page.dispatchEvent(Object.assign(new Event("keydown"), { key: "a" }));
  assert.ok(classes.has("fills-window"));
  page.dispatchEvent(Object.assign(new Event("keydown"), { key: "Escape" }));
  assert.ok(!classes.has("fills-window"));
  assert.equal(attributes["aria-pressed"], "false");
});

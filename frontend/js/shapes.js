// Shapes that ECharts does not have: cells, bars with the texture of a precision, intervals, bands of a date over time. The meaning of the
// values is defined where the option is built: app/src/charts.
import { token } from "./token.js";

/**
 * What ECharts passes to a `renderItem`: values of a row by column, and positions in pixels.
 *
 * @typedef {object} Api
 * @property {(column: number, row?: number) => number} value
 * @property {(at: number[]) => number[]} coord
 * @property {(extent: number[]) => number[]} size
 */
/** @typedef {{ fill?: unknown, stroke?: string, lineWidth?: number, lineDash?: number[], opacity?: number }} Style */
/** @typedef {{ type: string, shape?: object, style?: Style, emphasis?: object, silent?: boolean, children?: Element[], clipPath?: object }} Element */

const DIMMED = 0.4;
const emphasis = () => ({ style: { stroke: token("--text"), lineWidth: 2 } });

/**
 * A grid cell: column, row, count, strength in percent, 1 dimmed + 2 outlined.
 *
 * @param {{ context: { size?: number[] } }} drawing
 * @param {Api} api
 * @returns {Element}
 */
function cell({ context }, api) {
  const [strength, state] = [api.value(3), api.value(4)];
  const [x, y] = api.coord([api.value(0), api.value(1)]);
  // The size is the same for all cells of a drawing.
  context.size ??= api.size([1, 1]);
  const [width, height] = context.size;
  const gap = Math.min(3, width / 6);
  const shape = { x: x - width / 2 + gap / 2, y: y - height / 2 + gap / 2, width: width - gap, height: height - gap, r: 2 };
  const opacity = (strength > 0 ? 0.3 + strength * 0.007 : 1) * (state & 1 ? DIMMED : 1);
  const style = { fill: token(strength > 0 ? "--c1" : "--grid"), opacity };
  if (state & 2) Object.assign(style, { stroke: token("--text-2"), lineWidth: 1.5 });
  return { type: "rect", shape, style, emphasis: emphasis() };
}

/** @type {Map<string, HTMLCanvasElement>} */
const drawn = new Map();

/**
 * Stripes at 45 degrees, `width` of every `size` pixels. Drawn once per colour, because themes have different colours.
 *
 * @param {string} color
 * @param {number} size
 * @param {number} width
 */
function stripes(color, size, width) {
  const key = `${color} ${size} ${width}`;
  const image = drawn.get(key) ?? drawStripes(color, size, width);
  drawn.set(key, image);
  return { image, repeat: "repeat", rotation: -Math.PI / 4, scaleX: 0.5, scaleY: 0.5 };
}

/**
 * Drawn at twice the size of use, for high-density screens.
 *
 * @param {string} color
 * @param {number} size
 * @param {number} width
 */
function drawStripes(color, size, width) {
  const image = document.createElement("canvas");
  image.width = image.height = size * 2;
  const pen = image.getContext("2d");
  if (!pen) return image;
  pen.fillStyle = color;
  pen.globalAlpha = 0.16;
  pen.fillRect(0, 0, size * 2, size * 2);
  pen.globalAlpha = 1;
  pen.fillRect(0, 0, width * 2, size * 2);
  return image;
}

/**
 * A precision in its texture: solid; solid and lighter; dense hatch, outlined; open hatch; dotted outline, almost empty.
 *
 * @param {string} color
 * @param {number} texture 0 to 4
 * @returns {Style}
 */
function textured(color, texture) {
  return [
    { fill: color },
    { fill: color, opacity: 0.85 },
    { fill: stripes(color, 6, 4), stroke: color, lineWidth: 1 },
    { fill: stripes(color, 8, 2.5) },
    { fill: stripes(color, 8, 0), stroke: color, lineWidth: 1, lineDash: [2, 4] },
  ][texture];
}

/**
 * A horizontal bar in the texture of a precision: count, row, texture, dimmed.
 *
 * @param {unknown} _
 * @param {Api} api
 * @returns {Element}
 */
function texture(_, api) {
  const [count, row] = [api.value(0), api.value(1)];
  const [left, y] = api.coord([0, row]);
  const [right] = api.coord([count, row]);
  const height = Math.min(22, api.size([0, 1])[1] * 0.6);
  const style = textured(token("--c1"), api.value(2));
  if (api.value(3)) style.opacity = DIMMED;
  return { type: "rect", shape: { x: left, y: y - height / 2, width: right - left, height }, style, emphasis: emphasis() };
}

/**
 * A line for the range, a block for most values, a tick for the middle: tick, row, range from and to, block from and to, dimmed.
 *
 * @param {unknown} _
 * @param {Api} api
 * @returns {Element}
 */
function interval(_, api) {
  const row = api.value(1);
  const at = (/** @type {number} */ place) => api.coord([api.value(place), row]);
  const [[tick, y], [from], [to], [low], [high]] = [0, 2, 3, 4, 5].map(at);
  const opacity = api.value(6) ? DIMMED : 1;
  const block = Math.min(18, api.size([0, 1])[1] * 0.5);
  /** @type {(x: number, width: number, height: number, fill: string) => Element} */
  const rect = (x, width, height, fill) => {
    return { type: "rect", shape: { x, y: y - height / 2, width, height }, style: { fill, opacity } };
  };
  return {
    type: "group",
    children: [
      rect(from, to - from, 2, token("--line-2")),
      {
        ...rect(low, Math.max(high - low, 2), block, token("--c1")),
        style: { fill: token("--c1"), opacity: 0.5 * opacity },
        emphasis: emphasis(),
      },
      rect(tick - 1.5, 3, block + 6, token("--text")),
    ],
  };
}

/**
 * A date with the time it was valid: from, its first moment, until, its last moment, texture; the first and last moment of all.
 *
 * @param {{ dataIndex: number, dataIndexInside: number, coordSys: object }} drawing
 * @param {Api} api
 * @returns {Element}
 */
function band({ dataIndex, dataIndexInside, coordSys }, api) {
  const [[left, bottom], [right, top]] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(3)])];
  // A date known to the minute is a line, but thick enough to be visible.
  const height = Math.max(bottom - top, 4);
  const shape = { x: left, y: (top + bottom - height) / 2, width: Math.max(right - left, 2), height };
  /** @type {Element[]} */
  const children = [{ type: "rect", shape, style: textured(token("--c1"), api.value(4)), emphasis: emphasis() }];
  if (dataIndex > 0) {
    const [, before] = api.coord([api.value(0), middle(api, dataIndexInside - 1)]);
    const [, here] = api.coord([api.value(0), middle(api, dataIndexInside)]);
    children.push(line(left, before, left, here, { stroke: token("--text-3"), lineWidth: 1 }));
  } else {
    // The day itself. It is clipped at the edge of the grid.
    const [x1, y1] = api.coord([api.value(5), api.value(5)]);
    const [x2, y2] = api.coord([api.value(6), api.value(6)]);
    const style = { stroke: token("--axis"), lineWidth: 1, lineDash: [4, 4] };
    children.unshift({ type: "group", children: [line(x1, y1, x2, y2, style)], clipPath: { type: "rect", shape: coordSys } });
  }
  return { type: "group", children };
}

/** @type {(api: Api, at: number) => number} */
const middle = (api, at) => (api.value(1, at) + api.value(3, at)) / 2;
/** @type {(x1: number, y1: number, x2: number, y2: number, style: Style) => Element} */
const line = (x1, y1, x2, y2, style) => ({ type: "line", shape: { x1, y1, x2, y2 }, style, silent: true });

export const shapes = { cell, texture, interval, band };

// A chart as a standalone image: above it its finding and its unit, below it the source of the numbers.
import { token } from "./token.js";

const SCALE = 2;
const MARGIN = 24;

/**
 * Breaks text into lines no wider than the image; a longer word has its own line.
 *
 * @param {Pick<CanvasRenderingContext2D, "measureText">} pen
 * @param {string} text
 * @param {number} width in pixels
 */
export function lines(pen, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Saves what the chart currently shows as a file.
 *
 * @param {import("echarts/core").EChartsType} instance
 * @param {string} file its name
 * @param {string[]} words finding, unit, and the source of the numbers
 */
export function savePicture(instance, file, words) {
  const chart = instance.getRenderedCanvas({ pixelRatio: SCALE, backgroundColor: token("--surface") });
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d");
  if (!pen) return;
  const styles = [
    { font: `600 16px ${token("--sans")}`, height: 22, color: "--text" },
    { font: `12px ${token("--sans")}`, height: 18, color: "--text-2" },
    { font: `12px ${token("--sans")}`, height: 18, color: "--text-3" },
  ];
  const width = chart.width / SCALE;
  const texts = words.map((text, at) => {
    pen.font = styles[at].font;
    return lines(pen, text, width);
  });
  const heights = texts.map((text, at) => text.length * styles[at].height);
  picture.width = chart.width + 2 * MARGIN * SCALE;
  picture.height = chart.height + (heights.reduce((sum, height) => sum + height) + 3 * MARGIN) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = token("--surface");
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.textBaseline = "top";
  let y = MARGIN;
  const write = (/** @type {number} */ at) => {
    pen.font = styles[at].font;
    pen.fillStyle = token(styles[at].color);
    for (const text of texts[at]) {
      pen.fillText(text, MARGIN, y);
      y += styles[at].height;
    }
  };
  write(0);
  write(1);
  pen.drawImage(chart, MARGIN, y + MARGIN / 2, width, chart.height / SCALE);
  y += chart.height / SCALE + MARGIN;
  write(2);
  picture.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    // The download keeps its own reference to the data once it has started.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

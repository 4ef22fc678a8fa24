// Draws the icons of the installed app from public/favicon.svg: run `node icons.mjs` after a change of the logo. The output is committed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";

const files = resolve(import.meta.dirname, "../public");
const mark = readFileSync(join(files, "favicon.svg"), "utf8");
// Maskable and Apple's: the system cuts the corners, so the background fills the square and the logo stays in the middle.
const square = mark.replace(' rx="7"', "").replace("translate(3 6)", "translate(6.5 9) scale(.73)");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || undefined,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
mkdirSync(join(files, "icons"), { recursive: true });
/** @type {[name: string, svg: string, size: number][]} */
const icons = [["192", mark, 192], ["512", mark, 512], ["maskable", square, 512], ["180", square, 180]];
for (const [name, svg, size] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  writeFileSync(join(files, "icons", `${name}.png`), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

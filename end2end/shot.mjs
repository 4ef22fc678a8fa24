import { chromium } from "playwright";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const [out, width, scheme, address, ...steps] = process.argv.slice(2);
const page = await (await browser.newContext({ viewport: { width: +width, height: +width < 500 ? 844 : 900 }, colorScheme: scheme, deviceScaleFactor: 1, serviceWorkers: "block", hasTouch: +width < 500, isMobile: +width < 500 })).newPage();
await page.clock.setFixedTime("2026-03-01T12:00:00Z");
await page.goto("http://127.0.0.1:3143" + address);
await page.locator("html[data-ready][data-keys]").waitFor();
let full = false;
for (const step of steps) {
  const [what, ...rest] = step.split("=");
  const value = rest.join("=");
  if (what === "press") await page.keyboard.press(value);
  if (what === "type") await page.keyboard.type(value);
  if (what === "click") await page.locator(value).first().click();
  if (what === "wait") await page.locator(value).first().waitFor();
  if (what === "full") full = true;
  if (what === "print") { await page.evaluate(() => dispatchEvent(new Event("beforeprint"))); await page.waitForTimeout(500); await page.setViewportSize({width:703,height:1000}); await page.emulateMedia({ media: "print" }); }
  if (what === "scroll") await page.evaluate(async () => { for (let y = 0; y < document.body.scrollHeight; y += 600) { scrollTo(0, y); await new Promise((r) => setTimeout(r, 150)); } scrollTo(0, 0); });
  if (what === "pdf") await page.pdf({ path: value, format: "A4", printBackground: false, margin: undefined, preferCSSPageSize: true });
  await page.waitForTimeout(400);
}
const clip = steps.find((s) => s.startsWith("clip="))?.slice(5).split(",").map(Number);
await page.screenshot({ path: out, fullPage: full, ...(clip ? { clip: { x: clip[0], y: clip[1], width: clip[2], height: clip[3] } } : {}) });
await browser.close();

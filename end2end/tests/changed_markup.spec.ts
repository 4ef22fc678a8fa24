import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

// Changes by translators, extensions and proxies to a page before the program hydrates it. After any of them, links must work, filters must
// filter and clocks must tick.

const PAGES = ["/", "/?view=table", "/choose", "/pipeline", "/dictionary"];

/** Changes the document once it is parsed, and lets the program load only after that. */
async function before(page: Page, path: string, change: () => void): Promise<void> {
  let go = () => {};
  const isDone = new Promise<void>((resolve) => (go = resolve));
  await page.route("**/pkg/mooncoon_bg.*", async (route) => {
    await isDone;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await page.evaluate(change);
  go();
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

/** Checks that the page works. */
async function works(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: "Loading" })).toHaveCount(0);
  await expect(page.locator("#main")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Reload" })).toHaveCount(0);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  const theme = page.locator("[data-theme-switch]");
  const was = await page.locator("html").getAttribute("data-theme");
  await theme.click();
  await expect.poll(() => page.locator("html").getAttribute("data-theme")).not.toBe(was);
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Choose" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await main.getByRole("link", { name: "Board" }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.getByRole("searchbox", { name: "Search" }).fill("no launch is called this");
  await expect(page.getByText(/^No launches$/).first()).toBeVisible();
  // Done by the program, not by loading pages.
  expect(await page.evaluate(() => "isTheSame" in window)).toBe(true);
}

/** As Chrome's translator does. */
function translate(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement?.closest("script, noscript, style")) continue;
    const outer = document.createElement("font");
    const inner = document.createElement("font");
    inner.textContent = text.data.toUpperCase();
    outer.append(inner);
    text.replaceWith(outer);
  }
}

/** As toolbars, readers and shopping extensions do. */
function extend(): void {
  const bar = document.createElement("div");
  bar.textContent = "a toolbar";
  document.body.prepend(bar);
  document.body.append(document.createElement("extension-root"));
  const style = document.createElement("meta");
  style.name = "extension";
  document.head.append(style);
}

/** As password managers and grammar checkers do. */
function annotate(): void {
  for (const part of document.querySelectorAll("input, a, p, form, main, body")) {
    part.setAttribute("data-lastpass-icon-root", "");
    part.setAttribute("spellcheck", "false");
  }
}

/** As a minifying proxy does: it removes comments. */
function strip(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode as Comment);
  for (const comment of comments) comment.remove();
}

/** As annotators do, within the page's own content. */
function insert(): void {
  for (const part of document.querySelectorAll("#main, h1, h2, p, li")) part.prepend(document.createElement("span"));
}

for (const [name, change] of Object.entries({ translate, extend, annotate, strip, insert })) {
  for (const path of PAGES) {
    test(`${path} works after "${name}"`, async ({ page }) => {
      await before(page, path, change);
      await works(page);
    });
  }
}

test("a page without comments in its markup works without a second load", async ({ page }) => {
  let loads = 0;
  await page.route(/\/(choose)?$/, async (route) => {
    loads++;
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<!--[\s\S]*?-->|<!>/g, "") });
  });
  await page.goto("/choose");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await works(page);
  expect(loads).toBe(1);
});

test.describe("an undetected change", () => {
  // One panic in the console is expected here.
  test("reloads the page once and renders it in the browser", async ({ browser, baseURL }) => {
    const page = await (await browser.newContext({ baseURL, serviceWorkers: "block" })).newPage();
    let loads = 0;
    await page.route(/\/choose$/, async (route) => {
      loads++;
      const response = await route.fetch();
      // As something that changes the stream would do it: the element is there before any of our scripts.
      await route.fulfill({ response, body: (await response.text()).replace(/(<main[^>]*>)/, "$1stray words<i></i>") });
    });
    await page.goto("/choose");
    await expect(page.locator("html[data-ready]")).toBeAttached({ timeout: 20_000 });
    await works(page);
    expect(loads).toBeLessThanOrEqual(2);
    await page.context().close();
  });
});

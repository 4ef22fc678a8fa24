import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { chartAreas } from "./pages/chart_areas";

async function open(page: Page): Promise<void> {
  await page.goto("/analysis");
  await expect(page.locator("html[data-ready][data-keys]")).toBeAttached();
}

/** Returns every past launch, read from the public API. */
async function past(page: Page): Promise<{ provider: { name: string }; net: string; status: { id: number } }[]> {
  const all = [];
  let address = "/api/v1/launches?past=true&limit=500";
  while (address) {
    const { results, next } = await (await page.request.get(address)).json();
    all.push(...results);
    address = next;
  }
  return all.filter(({ status }) => [3, 4, 6, 7, 9].includes(status.id));
}

test("each chart has a heading, a source, a drawing and a method", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Analysis of \d+ launches$/);
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["How many", "How well", "How often", "How late"]);
  const figures = page.getByRole("main").getByRole("figure");
  await expect(figures).toHaveCount(10);
  for (const figure of await figures.all()) {
    await expect(figure.getByRole("heading", { level: 3 })).toHaveText(/\w/);
    // In this world nothing has flown on a date that was watched: such a chart shows text only and draws nothing.
    if (await figure.getByText(/^Chart without rows/).isVisible()) continue;
    await expect(figure.getByText(/^Simulated data, as of /)).toBeVisible();
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator("canvas")).toBeVisible();
  }
  await expect(chartAreas(figures)).toHaveCount(7);
  const methods = page.getByText("How this is counted");
  await expect(methods).toHaveCount(10);
  await methods.first().click();
  await expect(page.getByText("A launch whose date is vaguer than a year has no bar.")).toBeVisible();
});

test("the numbers are consistent with the list of launches", async ({ page }) => {
  await open(page);
  const launches = await past(page);
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  // The job continues to read: the page has at most what the list has by now.
  const said = Number.parseInt(title.match(/\d+/)?.[0] ?? "", 10);
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThanOrEqual(launches.length);
  const providers = page.getByRole("figure").nth(1);
  await providers.getByText("Table", { exact: true }).click();
  const rows = providers.getByRole("row");
  const counts = await rows.evaluateAll((rows) => rows.slice(1).map((row) => Number(row.querySelector("td")?.textContent)));
  const given = counts.reduce((sum, count) => sum + count, 0);
  const left = (await providers.getByText(/^\d+ without: not given/).allInnerTexts()).join(" ").match(/^\d+/)?.[0] ?? "0";
  expect(given + Number(left)).toBe(said);
  const names = new Set(launches.map(({ provider }) => provider.name));
  for (const name of await rows.evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector("th")?.textContent ?? ""))) {
    expect(names.has(name)).toBe(true);
  }
});

test("arrow keys move over the marks of a chart, and its table is saved as CSV", async ({ page }) => {
  await open(page);
  const chart = page.getByRole("figure").first().getByRole("application");
  await chart.scrollIntoViewIfNeeded();
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("figure").first().getByRole("status")).toHaveText(/^\d{4}.*: \d+ launch/);
  // The text is ours, also after the drawing was replaced.
  await page.emulateMedia({ colorScheme: "light" });
  await expect(chart).toHaveAttribute("aria-label", /^Bar chart of launches by year: /);
  const download = page.waitForEvent("download");
  await page.getByRole("figure").first().getByRole("button", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toBe("mooncoon-per-year.csv");
});

test("the main navigation opens the page", async ({ page, board }) => {
  await board.open();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Analysis" }).click();
  await expect(page).toHaveURL(/\/analysis$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Analysis of \d+ launches$/);
  await expect(page.getByRole("main").getByRole("figure")).toHaveCount(10);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("titles and tables are readable", async ({ page }) => {
    await page.goto("/analysis");
    await expect(page.getByRole("main").getByRole("figure")).toHaveCount(10);
    await page.getByRole("figure").first().getByText("Table", { exact: true }).click();
    await expect(page.getByRole("table").first()).toContainText("Success");
  });
});

test("@phone the page does not scroll sideways", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("main").getByRole("figure")).toHaveCount(10);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const colorScheme of ["dark", "light"] as const) {
  for (const where of ["", "@phone "]) {
    test(`${where}the analysis passes the axe audit, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page);
      await page.getByText("How this is counted").first().click();
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    });
  }
}

test("a mark links to its launches on the board: by link, by key and without a script", async ({ page, browser, baseURL }) => {
  await open(page);
  const figures = page.getByRole("main").getByRole("figure");
  const address = async (at: number, row = 1) => {
    const figure = figures.nth(at);
    await figure.getByText("Table", { exact: true }).click();
    return (await figure.getByRole("row").nth(row).getByRole("link").getAttribute("href"))!;
  };
  expect(await address(0)).toMatch(/^\/\?from=(\d{4})-01-01&to=\1-12-31&past=true$/);
  const provider = await address(1);
  expect(provider).toMatch(/^\/\?provider=\d+&past=true$/);
  expect(await address(2)).toMatch(/^\/\?country=[A-Z]{3}&past=true$/);
  expect(await address(3)).toMatch(/^\/\?orbit=\d+&past=true$/);
  expect(await address(4)).toMatch(/^\/\?rocket=\d+&past=true$/);
  // The board has at least as many of its launches as have flown, because it also has upcoming ones.
  const row = figures.nth(1).getByRole("row").nth(1);
  const count = Number(await row.getByRole("cell").first().innerText());
  const [first] = (await row.getByRole("rowheader").innerText()).split("\n");
  const { count: listed } = await (await page.request.get(`/api/v1/launches${provider.slice(1)}&limit=1`)).json();
  expect(listed).toBeGreaterThanOrEqual(count);

  const chart = figures.nth(1).getByRole("application");
  await figures.nth(1).scrollIntoViewIfNeeded();
  await chart.focus();
  await chart.press("ArrowDown");
  await expect(figures.nth(1).getByRole("status")).toContainText(first);
  await chart.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${provider.replace("?", "\\?")}$`));
  await expect(page.getByRole("region", { name: "Launches", exact: true })).toBeVisible();

  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const plain = await context.newPage();
  await plain.goto("/analysis");
  const figure = plain.getByRole("main").getByRole("figure").nth(1);
  await figure.getByText("Table", { exact: true }).click();
  await expect(figure.getByRole("row").nth(1).getByRole("link")).toHaveAttribute("href", provider);
  await context.close();
});

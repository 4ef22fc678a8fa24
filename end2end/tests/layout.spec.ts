import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** The rectangle of an element on the screen. */
async function box(of: Locator): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const { x, y, width, height } = (await of.boundingBox())!;
  return { left: x, top: y, right: x + width, bottom: y + height };
}

/** The page of a launch with a named crew, if the invented world has one. */
async function withCrew(page: Page): Promise<string> {
  const { results } = await (await page.request.get("/api/v1/launches?crewed=true&limit=1")).json();
  return `/launches/${results[0].id}`;
}

test("an empty result hides the charts and shows the filter to remove", async ({ page, board }) => {
  await board.open("?q=nowheresuchword");
  await expect(board.charts).toBeHidden();
  await expect(page.getByRole("link", { name: "Remove the search" })).toBeInViewport();
  await page.getByRole("link", { name: "Remove the search" }).click();
  await expect(board.charts).toBeVisible();
});

test("no label of the map is cut off at its edge", async ({ board }) => {
  await board.open("?view=map");
  const drawing = await box(board.map);
  // Place and next launch. The number of launches is on the pin itself.
  const labels = board.pins.locator("g text");
  await expect(labels.first()).toBeVisible();
  for (const label of await labels.all()) {
    const { top, bottom } = await box(label);
    expect(top, await label.textContent() ?? "").toBeGreaterThanOrEqual(drawing.top);
    expect(bottom, await label.textContent() ?? "").toBeLessThanOrEqual(drawing.bottom);
  }
});

test("the first pad next to the map is that of the next launch", async ({ page, board }) => {
  await board.open("?view=map");
  const aside = page.getByRole("complementary", { name: "Selected pin" });
  await expect(aside).toContainText("The next launch is from");
  const next = page.getByRole("region", { name: /next launch/ }).getByRole("link");
  await expect(aside.getByRole("listitem").first().getByRole("link").first()).toHaveText((await next.innerText()).trim());
});

test("a ranked launch has its sentence below its name and score", async ({ page, choose }) => {
  await choose.open();
  const ride = choose.rides.first();
  const paragraphs = ride.getByRole("paragraph");
  // The paragraph before the sentence names rocket and provider.
  const [name, score, sentence] = [await box(choose.name(ride)), await box(paragraphs.filter({ hasText: "of 100, " })), await box(paragraphs.nth(1))];
  expect(name.top).toBeLessThan(score.bottom);
  expect(sentence.top).toBeGreaterThanOrEqual(score.top + 20);
  await expect(page.getByRole("link", { name: "Change the parameters" })).toBeHidden();
});

test.describe("without a response of the server", () => {
  test.use({ goesAway: true });

  test("an error has a working retry", async ({ page, board }) => {
    await board.open();
    const link = board.cards.first().getByRole("heading").getByRole("link");
    const title = (await link.innerText()).trim();
    await page.route("**/api/launch*", (route) => route.abort());
    await link.click();
    await expect(page.getByRole("heading", { name: "The server could not be reached" })).toBeVisible();
    await page.unroute("**/api/launch*");
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  });
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("charts show no empty drawing, and their tables open", async ({ page }) => {
    await page.goto("/");
    const chart = page.locator("#launches-per-provider").locator("xpath=ancestor::figure");
    const area = chart.getByRole("img", { name: /^Bar chart of /, includeHidden: true });
    await expect(area).toBeAttached();
    await expect(area).toBeHidden();
    await chart.getByText("Table", { exact: true }).click();
    await expect(chart.getByRole("table")).toBeVisible();
  });

  test("a note says that the cards are only the first 24", async ({ page, board }) => {
    await page.goto("/");
    const count = await board.counted();
    await expect(page.getByText(`these are the first 24 cards; the CSV above has all ${count} launches.`)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Show \d+ more/ })).toBeHidden();
    const title = (await board.cards.first().getByRole("heading").innerText()).trim();
    await page.goto(`/?q=${encodeURIComponent(title)}`);
    await expect(board.cards.first()).toContainText(title);
    await expect(page.getByText(/these are the first 24 cards/)).toHaveCount(0);
  });
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the tables of the dictionary do not scroll sideways", async ({ page }) => {
    await page.goto("/dictionary");
    const sizes = await page.getByRole("group", { name: /^Columns of / }).evaluateAll((all) => all.map((one) => [one.scrollWidth, one.clientWidth]));
    expect(sizes.length).toBeGreaterThan(20);
    for (const [needed, given] of sizes) expect(needed).toBeLessThanOrEqual(given);
  });

  test("the rank of a launch does not touch its name, and a link leads to the question", async ({ page, choose }) => {
    await choose.open();
    const rides = await choose.rides.all();
    expect(rides.length).toBeGreaterThan(0);
    for (const [at, ride] of rides.entries()) {
      const range = await ride.locator("> [aria-hidden]", { hasText: String(at + 1) }).evaluate((rank) => {
        const words = document.createRange();
        words.selectNodeContents(rank);
        return words.getBoundingClientRect().right;
      });
      expect((await box(ride.getByRole("heading"))).left - range).toBeGreaterThanOrEqual(4);
    }
    await page.getByRole("link", { name: "Change the parameters" }).click();
    await expect(page.getByRole("heading", { name: "Parameters" })).toBeInViewport();
  });

  test("the names of a crew are in one column without line breaks", async ({ page }) => {
    await page.goto(await withCrew(page));
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const names = page.getByRole("list", { name: "Crew", exact: true }).getByRole("listitem").locator("> :first-child");
    await expect(names.first()).toBeVisible();
    const widths = await names.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
    expect(new Set(widths).size).toBe(1);
    expect(widths[0]).toBeGreaterThan(90);
  });

  test("the status of a launch is in one line with its date", async ({ page, board }) => {
    for (const query of ["?view=timeline", "?view=calendar"]) {
      await board.open(query);
      const entry = board.results.getByRole("listitem").filter({ has: page.getByRole("time") }).first();
      // The status is the last part of an entry.
      const [when, status] = [await box(entry.getByRole("time")), await box(entry.locator("> :last-child"))];
      expect(status.top, query).toBeLessThan(when.bottom);
      expect(status.left, query).toBeGreaterThan(when.left);
    }
  });
});

for (const width of [320, 360]) {
  test(`no page scrolls sideways at a width of ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 720 });
    for (const address of ["/", "/?view=table", "/?view=timeline", "/?view=map", "/choose", "/pipeline", "/dictionary"]) {
      await page.goto(address);
      await expect(page.locator("html[data-ready]")).toBeAttached();
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, address).toBeLessThanOrEqual(width);
    }
  });
}

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

// The page's clock stands still, and with it ECharts' animations: they would never arrive.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const NAMES = ["Launches by listed month", "Launches by provider", "Launches by orbit"];

/** The figure whose unit line starts like this. */
function chart(page: Page, unit: string) {
  return page.getByRole("figure").filter({ hasText: unit });
}

/** What is on the canvas, as bytes: the only way to know that something was drawn again. */
async function pixels(figure: Locator) {
  await expect(figure.locator("canvas")).toBeVisible();
  return figure.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
}

test("each chart states its finding, draws a canvas and has a table", async ({ page, board }) => {
  await board.open();
  for (const unit of NAMES) {
    const figure = chart(page, unit);
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.getByRole("heading", { level: 3 })).toHaveText(/\d/);
    await expect(figure.locator("canvas")).toBeVisible();
    await figure.getByText("Table", { exact: true }).click();
    await expect(figure.getByRole("table")).toBeVisible();
    await expect(figure.getByRole("row")).not.toHaveCount(1);
  }
});

test("the tables of the charts add up to the launches on the board", async ({ page, board }) => {
  await board.open();
  const { count } = await (await page.request.get("/api/v1/launches?limit=1")).json();
  for (const unit of NAMES) {
    const sum = await chart(page, unit)
      .locator("tbody tr")
      .evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.lastElementChild?.textContent), 0));
    expect(sum, unit).toBe(count);
  }
});

test("a filter redraws every chart in place", async ({ page, board }) => {
  await board.open();
  const figures = NAMES.map((unit) => chart(page, unit));
  await figures[0].scrollIntoViewIfNeeded();
  const before: string[] = [];
  for (const figure of figures) before.push(await pixels(figure));
  const titles = await Promise.all(figures.map((figure) => figure.getByRole("heading").textContent()));

  await board.chip("Status", "Go").click();
  await expect(page).toHaveURL(/status=go/);

  for (const [at, figure] of figures.entries()) {
    await expect(figure.getByRole("heading")).not.toHaveText(titles[at] ?? "");
    await expect.poll(() => pixels(figure)).not.toBe(before[at]);
    await expect(figure.locator("canvas")).toHaveCount(1);
  }
});

test("a row of a chart's table filters the board, and selecting it again gives the filter back", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by provider");
  await figure.scrollIntoViewIfNeeded();
  await figure.getByText("Table", { exact: true }).click();
  const first = figure.getByRole("row").nth(1);
  const count = await first.getByRole("cell").last().textContent();

  await first.getByRole("link").click();
  await expect(page).toHaveURL(/provider=\d+/);
  await expect(figure.getByRole("heading")).toContainText(`${count} of`);
  // Its peers stay beside it, dimmed: the chart is still a choice.
  await expect(figure.getByRole("row")).not.toHaveCount(2);

  await expect(first.getByRole("link")).toHaveAttribute("aria-current", "true");
  await first.getByRole("link").click();
  await expect(page).not.toHaveURL(/provider=/);
});

test("a click on a bar filters the board", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by provider");
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("canvas")).toBeVisible();
  const box = (await figure.locator("canvas").boundingBox())!;
  // The first bar starts beside the names, in the first of the rows.
  await expect(async () => {
    await page.mouse.click(box.x + 150, box.y + box.height / 14);
    await expect(page).toHaveURL(/provider=\d+/, { timeout: 500 });
  }).toPass();
});

test("the theme switch draws the charts again in the other colours", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by orbit");
  await figure.scrollIntoViewIfNeeded();
  const before = await pixels(figure);
  await page.getByRole("button", { name: /dark and light/ }).click();
  await expect.poll(() => pixels(figure)).not.toBe(before);
});

import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** The drawing that is dragged over. */
const drawing = (page: Page): Locator => page.getByRole("region", { name: "Dates" }).locator("svg");

async function drag(page: Page, from: number, to: number) {
  const plot = drawing(page);
  await plot.scrollIntoViewIfNeeded();
  const box = (await plot.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 3 });
  await page.mouse.move(box.x + box.width * to, y, { steps: 3 });
  await page.mouse.up();
}

for (const tag of ["@desktop", "@phone"]) {
  test.describe(`date brush ${tag}`, { tag }, () => {
    test("a drag selects whole months, filters the board, and back undoes it", async ({ page, board }) => {
      await board.open("?view=timeline");
      const all = await board.counted();
      await drag(page, 0.02, 0.3);
      await expect(page).toHaveURL(/\?from=\d{4}-\d\d-01&to=\d{4}-\d\d-(28|29|30|31)&view=timeline$/);
      const { search } = new URL(page.url());
      const { count } = await (await page.request.get(`/api/v1/launches${search}`)).json();
      expect(count).toBeLessThan(all);
      await board.expectCount(count);
      await page.goBack();
      await expect(page).toHaveURL(/\/\?view=timeline$/);
      await board.expectCount(all);
    });
  });
}

test("a click selects one month, and a second click clears it", async ({ page, board }) => {
  await board.open("?view=timeline");
  await drag(page, 0.05, 0.05);
  await expect(page).toHaveURL(/from=(\d{4}-\d\d)-01&to=\1-\d\d/);
  await drag(page, 0.05, 0.05);
  await expect(page).toHaveURL(/\/\?view=timeline$/);
});

test("the date fields filter like the brush, and the timeline shows their range", async ({ page, board }) => {
  await board.open("?view=timeline");
  const brush = page.getByRole("region", { name: "Dates" });
  await brush.getByLabel("From").fill("2026-04-01");
  await expect(page).toHaveURL(/from=2026-04-01/);
  // What is outside the dates is covered from top to bottom.
  await expect(drawing(page).locator('rect[height="100%"]')).toHaveCount(2);
  await brush.getByLabel("To").fill("2026-04-30");
  await expect(page.getByRole("heading", { name: "31 March to 1 May 2026" })).toBeVisible();
  await brush.getByRole("link", { name: "All dates" }).click();
  await expect(page).toHaveURL(/\/\?view=timeline$/);
});

import { expect, test } from "./fixtures";
import type { BoardPage } from "./pages/board_page";

/** Returns whether the list is before the charts, in the document and on the screen. */
const order = async (board: BoardPage) => {
  const charts = (await board.charts.elementHandle())!;
  return board.results.evaluate((results, charts) => {
    const isBefore = Boolean(results.compareDocumentPosition(charts) & Node.DOCUMENT_POSITION_FOLLOWING);
    return { isBefore, isAbove: results.getBoundingClientRect().top < charts.getBoundingClientRect().top };
  }, charts);
};

for (const tag of ["@desktop", "@phone"]) {
  for (const view of ["table", "timeline", "map", "calendar", "agenda"]) {
    test(`a view in the address is on the first screen, before the charts: ${view} ${tag}`, { tag }, async ({ page, board }) => {
      await board.open(`?view=${view}`);
      expect(await order(board)).toEqual({ isBefore: true, isAbove: true });
      const top = await board.results.evaluate((results) => results.getBoundingClientRect().top);
      if (tag === "@desktop") expect(top).toBeLessThan(900);
      // The charts are drawn when they come into view, and filter as before.
      const chart = page.getByRole("figure").filter({ hasText: "Launches by provider" });
      await chart.scrollIntoViewIfNeeded();
      await expect(chart.locator("canvas")).toBeVisible();
    });
  }
}

test("cards come after the charts, other views before them, and switching keeps the charts working", async ({ page, board }) => {
  await board.open();
  expect(await order(board)).toEqual({ isBefore: false, isAbove: false });
  const views = page.getByRole("navigation", { name: "View" }).or(page.getByRole("group", { name: "View" })).first();
  await views.getByRole("link", { name: "Table" }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect.poll(() => order(board)).toEqual({ isBefore: true, isAbove: true });
  const chart = page.getByRole("figure").filter({ hasText: "Launches by provider" });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator("canvas")).toBeVisible();
  await chart.getByText("Table", { exact: true }).click();
  await chart.getByRole("row").nth(1).getByRole("link").click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page).toHaveURL(/provider=\d+/);
  await page.goBack();
  await page.goBack();
  await expect.poll(() => order(board)).toEqual({ isBefore: false, isAbove: false });
});

import { expect, test } from "./fixtures";

test("the table lists every launch and sorts by its heads, both ways", async ({ page, board }) => {
  await board.open();
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Table" }).click();
  await expect(page).toHaveURL(/\/\?view=table$/);
  const table = page.getByRole("region", { name: "Launches as a table" });
  await expect(table.getByRole("row")).toHaveCount((await board.counted()) + 1);
  const head = table.getByRole("columnheader", { name: /^Provider/ });
  const providers = () => table.locator("tbody tr td:nth-child(2)").allInnerTexts();
  const sorted = (texts: string[]) =>
    [...texts].sort((left, right) => (left.toLowerCase() < right.toLowerCase() ? -1 : left === right ? 0 : 1));

  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/sort=provider/);
  const up = await providers();
  expect(up).toEqual(sorted(up));

  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/order=desc/);
  const down = await providers();
  expect(down).toEqual(sorted(down).reverse());
});

test("a missing value reads \"not given\"", async ({ page, board }) => {
  await board.open("?view=table&moon=unknown");
  await expect(page.getByRole("region", { name: "Launches as a table" })).toContainText("not given");
});

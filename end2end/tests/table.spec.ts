import { expect, test } from "./fixtures";

test("the table lists every launch, and a column head sorts in both directions", async ({ page, board }) => {
  await board.open();
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Table" }).click();
  await expect(page).toHaveURL(/\/\?view=table$/);
  const table = page.getByRole("region", { name: "Launches as a table" });
  await expect(table.getByRole("table")).toHaveAttribute("aria-rowcount", String((await board.counted()) + 1));
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

test("only rows in view are rendered, with their index", async ({ page, board }) => {
  await board.open("?view=table");
  const count = await board.counted();
  const region = page.getByRole("region", { name: "Launches as a table" });
  const { rows } = board;
  await expect.poll(() => rows.count()).toBeLessThan(90);
  await expect(rows.first()).toHaveAttribute("aria-rowindex", "2");
  await region.evaluate((element) => {
    element.scrollIntoView({ block: "center" });
    element.scrollTo(0, element.scrollHeight);
  });
  await expect(rows.last()).toHaveAttribute("aria-rowindex", String(count + 1));
  await expect.poll(() => rows.count()).toBeLessThan(90);
  // The last row is at the very end, and the column heads are still in view.
  await expect(rows.last()).toBeInViewport();
  await expect(region.getByRole("columnheader", { name: /^Launch/ })).toBeInViewport();
});

test("the choice of columns is kept in the address", async ({ page, board }) => {
  await board.open("?view=table");
  const heads = page.getByRole("region", { name: "Launches as a table" }).getByRole("columnheader");
  await expect(heads).toHaveCount(9);
  const columns = await board.menu("Columns");
  await columns.getByRole("checkbox", { name: "Rocket family" }).check();
  await columns.getByRole("checkbox", { name: "Orbit" }).uncheck();
  await expect(page).toHaveURL(/columns=provider,rocket,family,net,status,moon,delta_v,location$/);
  await expect(heads.nth(3)).toContainText("Rocket family");
  await board.open(new URL(page.url()).search);
  await expect(heads.nth(3)).toContainText("Rocket family");
  await expect(heads.filter({ hasText: /^Orbit/ })).toHaveCount(0);
  await board.menu("Columns");
  await page.getByRole("link", { name: "Usual columns" }).click();
  await expect(page).toHaveURL(/\?view=table$/);
});

test("a second sort key is set by Shift and click, or by the list", async ({ page, board }) => {
  await board.open("?view=table");
  const table = page.getByRole("region", { name: "Launches as a table" });
  await table.getByRole("columnheader", { name: /^Provider/ }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=provider$/);
  await table.getByRole("columnheader", { name: /^Rocket/ }).getByRole("link").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/sort=provider,rocket$/);
  await expect(table.getByRole("columnheader", { name: /^Rocket/ })).toContainText("2");
  const pairs = await board.rows.evaluateAll((rows) =>
    rows.map((row) => [row.children[1].textContent?.toLowerCase(), row.children[2].textContent?.toLowerCase()].join("|")),
  );
  expect(pairs.length).toBeGreaterThan(20);
  expect(pairs).toEqual([...pairs].sort());
  await page.getByLabel("Then by").selectOption("name");
  await expect(page).toHaveURL(/sort=provider,name$/);
  await page.goBack();
  await expect(page).toHaveURL(/sort=provider,rocket$/);
});

test("a missing value is shown as \"not given\"", async ({ page, board }) => {
  await board.open("?view=table&moon=unknown");
  await expect(page.getByRole("region", { name: "Launches as a table" })).toContainText("not given");
});

import { expect, test } from "./fixtures";

for (const tag of ["@desktop", "@phone"]) {
  test.describe(`past launches ${tag}`, { tag }, () => {
    test("are on the map, and a pad without a next launch names its last", async ({ page, board }) => {
      await board.open("?q=falcon&past=true&view=map");
      const table = page.getByRole("region", { name: "The map as a table" });
      const counts = await table.locator("tbody td:nth-child(3)").allInnerTexts();
      expect(counts.reduce((sum, count) => sum + Number.parseInt(count, 10), 0)).toBe(await board.counted());
      await page.getByRole("searchbox", { name: "Search" }).fill("");
      await expect(page).toHaveURL(/\/\?past=true&view=map$/);
      await expect(table.getByRole("cell", { name: /^last: / }).first()).toBeVisible();
    });

    test("are in the calendar, and search words are highlighted there", async ({ page, board }) => {
      const days = page.getByText(/launch(es have| has) a day in this month/);
      const counted = async () => Number.parseInt(await days.innerText(), 10);
      await board.open("?view=calendar&month=2026-01");
      const upcoming = await counted();
      await board.open("?q=falcon&past=true&view=calendar&month=2026-01");
      await expect(page.getByRole("region", { name: "January 2026" }).locator("mark").first()).toBeVisible();
      expect(await counted()).toBeGreaterThan(upcoming);
    });
  });
}

test("the timeline of a long list has only the rows in view, and a note says so", async ({ page, board }) => {
  await board.open("?past=true&view=timeline");
  const all = await board.counted();
  expect(all).toBeGreaterThan(400);
  const said = page.getByText(new RegExp(`^\\d+ of ${all} may fly in this view\\. Only these have a row\\.`));
  await expect(said).toBeVisible();
  const touching = Number.parseInt(await said.innerText(), 10);
  await expect(board.timeline.getByRole("listitem")).toHaveCount(touching);
  await page.getByRole("group", { name: "Zoom" }).getByRole("button", { name: "All" }).click();
  await expect(page.getByText(/The first 400 of these have a row; a closer view has the rest\./)).toBeVisible();
  await expect(board.timeline.getByRole("listitem")).toHaveCount(400);
});

test("a crowded lane is one shape, and shows names when zoomed in", async ({ page, board }) => {
  await board.open("?past=true&provider=121&view=timeline&lanes=provider");
  const lane = board.timeline.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
  await page.getByRole("group", { name: "Zoom" }).getByRole("button", { name: "All" }).click();
  await expect(lane).toContainText(/\d+ in view: zoom in for their names/);
  // The merged shape is the only path of a lane: bands are rectangles.
  await expect(lane.locator("path")).toBeAttached();
  await page.getByRole("group", { name: "Zoom" }).getByRole("button", { name: "Week" }).click();
  await expect(lane.locator("path")).toHaveCount(0);
  await expect(lane.getByRole("listitem").first()).toBeAttached();
});

import { expect, test } from "./fixtures";
import { numberIn } from "./pages/board_page";

for (const lanes of ["provider", "pad", "rocket", "orbit"]) {
  test(`lanes by ${lanes} contain every launch once`, async ({ board }) => {
    await board.open(`?view=timeline&lanes=${lanes}`);
    const counts = (await board.timeline.getByRole("heading", { level: 3 }).allInnerTexts()).map(numberIn);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(await board.counted());
  });
}

test("a band of several launches with the same vague date links to their table", async ({ page, board }) => {
  await board.open("?view=timeline");
  await page.getByRole("group", { name: "A lane for each" }).getByRole("link", { name: "Provider" }).click();
  await expect(page).toHaveURL(/lanes=provider/);
  const shared = board.timeline.getByRole("link", { name: /^\d+ launches, / }).first();
  const count = Number.parseInt((await shared.innerText()).match(/^\d+/)?.[0] ?? "", 10);
  await shared.click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page).toHaveURL(/provider=\d+/);
  // Launches to the Moon have separate bands.
  expect(await board.counted()).toBeGreaterThanOrEqual(count);
});

test("the closest zoom shows minutes", async ({ page, board }) => {
  await board.open("?view=timeline");
  await page.getByRole("button", { name: "Hour", exact: true }).click();
  await expect(page.locator("#timeline")).toHaveText(/^1 March 2026, \d\d:\d\d to \d\d:\d\d UTC$/);
  await board.timeline.focus();
  for (let step = 0; step < 6; step++) await board.timeline.press("+");
  // The axis is the first drawing: its fine ticks, then the day.
  const ticks = board.timeline.locator("svg").first().locator("text");
  await expect(ticks.first()).toHaveText(/^\d\d:\d\d$/);
  await expect(ticks.filter({ hasText: /^Sun 1 Mar$/ })).toBeVisible();
});

test("an unknown lane is refused with its key", async ({ request }) => {
  const answer = await request.get("/api/v1/launches?lanes=moon");
  expect(answer.status()).toBe(400);
  expect(await answer.text()).toContain("lanes");
});

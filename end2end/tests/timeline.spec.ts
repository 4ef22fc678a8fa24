import { expect, test } from "./fixtures";

const TIMELINE = "?view=timeline";

test("the timeline has a row per launch, with date and precision in its accessible name", async ({ page, board }) => {
  await board.open(TIMELINE);
  const { count } = await (await page.request.get("/api/v1/launches?limit=1")).json();
  const rows = page.getByRole("region", { name: /^Timeline/ }).getByRole("listitem");
  await expect(rows).toHaveCount(count);
  await expect(rows.first().getByRole("link")).toHaveAccessibleName(
    /: .+, (to the (second|minute|hour|day|week|month|quarter|half-year|year)|a morning|an afternoon)/,
  );
});

test("the width of a band follows precision and zoom", async ({ page, board }) => {
  await board.open(`${TIMELINE}&precision=m`);
  const band = page.getByRole("region", { name: /^Timeline/ }).getByRole("listitem").first().locator("rect").first();
  await expect(band).toBeAttached();
  const month = Number.parseFloat((await band.getAttribute("width")) ?? "0");
  await page.getByRole("button", { name: "Year", exact: true }).click();
  await expect
    .poll(async () => Number.parseFloat((await band.getAttribute("width")) ?? "0"))
    .toBeLessThan(month / 3);
});

test("buttons and keys zoom and pan the view", async ({ page, board }) => {
  await board.open(TIMELINE);
  const period = page.locator("#timeline");
  await expect(page.getByRole("button", { name: "Quarter", exact: true })).toHaveAttribute("aria-pressed", "true");
  const quarter = await period.textContent();

  await page.getByRole("button", { name: "Week", exact: true }).click();
  await expect(period).not.toHaveText(quarter ?? "");
  const week = await period.textContent();

  await page.getByRole("button", { name: "Later", exact: true }).click();
  await expect(period).not.toHaveText(week ?? "");

  const region = page.getByRole("region", { name: /^Timeline/ });
  await region.focus();
  const later = await period.textContent();
  // The title shows days: one step of a tenth of a week may stay within one day.
  for (let step = 0; step < 5; step++) await region.press("ArrowLeft");
  await expect(period).not.toHaveText(later ?? "");
  await region.press("Home");
  await expect(period).toHaveText(quarter ?? "");
  await region.press("-");
  await expect(period).not.toHaveText(quarter ?? "");
});

test("dragging pans without opening a launch, and a click opens it", async ({ page, board }) => {
  await board.open(TIMELINE);
  const period = page.locator("#timeline");
  const row = page.getByRole("region", { name: /^Timeline/ }).getByRole("listitem").nth(2);
  const before = await period.textContent();
  await row.scrollIntoViewIfNeeded();
  const box = (await row.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.8, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 });
  await page.mouse.up();
  await expect(period).not.toHaveText(before ?? "");
  await expect(page).toHaveURL(/view=timeline/);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/\/launches\/[0-9a-f-]{36}$/);
});

test("a filter removes rows from the timeline", async ({ page, board }) => {
  await board.open(TIMELINE);
  const rows = page.getByRole("region", { name: /^Timeline/ }).getByRole("listitem");
  const all = await rows.count();
  await board.chip("Status", "Go").click();
  await expect(page).toHaveURL(/status=go/);
  await expect.poll(() => rows.count()).toBeLessThan(all);
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the vertical timeline has launches in order, bars for vague dates, and a line for now", async ({ page, board }) => {
    await board.open(TIMELINE);
    const region = page.getByRole("region", { name: "Timeline, downwards" });
    const first = await region.getByRole("listitem").nth(0).boundingBox();
    const second = await region.getByRole("listitem").nth(1).boundingBox();
    expect(second!.y).toBeGreaterThan(first!.y);
    expect(first!.x + first!.width).toBeLessThanOrEqual(390);
    await expect(region.getByRole("listitem").filter({ hasText: /^now 1 Mar, 12:00 UTC$/ })).toHaveCount(1);
    // The bars are hidden from screen readers: the disclosures next to them have the same names.
    const bar = (await region.locator("[aria-hidden]", { hasText: /^Q\d 2026$/ }).first().boundingBox())!;
    expect(bar.height).toBeGreaterThan(bar.width * 4);
    const group = region.locator("summary").filter({ hasText: "Q2 2026" });
    await group.click();
    await expect(group.locator("xpath=..").getByRole("link").first()).toBeVisible();
  });

  test("the vertical timeline lists every launch when all is shown", async ({ page, board }) => {
    await board.open(`${TIMELINE}&provider=121`);
    const region = page.getByRole("region", { name: "Timeline, downwards" });
    const more = region.getByRole("button", { name: "Show later months" });
    while (await more.isVisible()) await more.click();
    const dated = await region.getByRole("listitem").filter({ has: page.getByRole("time") }).count();
    const vague = (await region.locator("summary b").allTextContents()).map(Number);
    expect(dated + vague.reduce((sum, count) => sum + count, 0)).toBe(await board.counted());
  });
});

import { expect, test } from "./fixtures";

const CALENDAR = "?view=calendar";

test("the month starts on a Monday, marks today, and counts each launch with a day in it", async ({ page, board }) => {
  await board.open(`${CALENDAR}&month=2026-03`);
  await expect(page.getByRole("heading", { name: "March 2026", exact: true })).toBeVisible();
  const table = page.getByRole("table", { name: /^Launches by day/ });
  await expect(table.getByRole("columnheader").first()).toHaveText("Mon");
  await expect(table.locator("[aria-current=date]")).toHaveAccessibleName(/^Sunday 1 March 2026, \d+ launches$/);

  const { results } = await (await page.request.get("/api/v1/launches?from=2026-03-01&to=2026-03-31&limit=1000")).json();
  // Precisions 0 to 5 name a day.
  const dated = results.filter(({ net_precision: precision }: { net_precision: { id: number } | null }) => precision && precision.id <= 5);
  const names = await board.calendarDays("March 2026").evaluateAll((days) => days.map((day) => day.getAttribute("aria-label") ?? ""));
  const counted = names.reduce((sum, name) => sum + Number.parseInt(name.match(/, (\d+) launch/)?.[1] ?? "0", 10), 0);
  expect(names).toHaveLength(31);
  expect(counted).toBe(dated.length);
  expect(results.length).toBeGreaterThan(dated.length);
});

test("a launch without a day is listed under its period and in no cell", async ({ page, board }) => {
  await board.open(`${CALENDAR}&month=2026-04&precision=m`);
  const table = page.getByRole("table", { name: /^Launches by day/ });
  await expect(table.getByRole("listitem")).toHaveCount(0);
  const vague = page.getByRole("region", { name: /^May fly in/ });
  await expect(vague.locator("summary")).toHaveText(/April 2026\s*\d+/);
  await expect(vague.getByRole("listitem").first()).toBeVisible();
});

test("\"+n more\" opens the day with all its launches", async ({ page, board }) => {
  await board.open(`${CALENDAR}&month=2026-03`);
  const more = page.getByRole("link", { name: /^\+\d+ more$/ });
  const cell = page.getByRole("cell").filter({ has: more }).first();
  const [, day, count] = (await cell.getByRole("link").first().getAttribute("aria-label"))!.match(/^(.+), (\d+) launches$/)!;
  await cell.getByRole("link", { name: /more$/ }).click();
  await expect(page).toHaveURL(/day=2026-03-\d\d/);
  await expect(board.openDay(day).getByRole("listitem")).toHaveCount(Number(count));
});

test("links and keys change month and day, also in the address", async ({ page, board }) => {
  await board.open(CALENDAR);
  await page.getByRole("navigation", { name: "Month" }).getByRole("link", { name: /April/ }).click();
  await expect(page).toHaveURL(/month=2026-04/);
  await expect(page.getByRole("heading", { name: "April 2026", exact: true })).toBeVisible();
  await page.goBack();
  const today = page.locator("#day-2026-03-01");
  await today.focus();
  await today.press("ArrowDown");
  await expect(page.locator("#day-2026-03-08")).toBeFocused();
  await page.locator("#day-2026-03-08").press("PageDown");
  await expect(page.locator("#day-2026-04-08")).toBeVisible();
  await page.locator("#day-2026-04-08").press("PageDown");
  await expect(page.getByRole("heading", { name: "May 2026", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/day=2026-05-08/);
});

test.describe("in another time zone", () => {
  test.use({ timezoneId: "Pacific/Auckland" });

  test("the days of launches follow the local time zone", async ({ page, board }) => {
    await board.open(`${CALENDAR}&month=2026-03&precision=min`);
    const names = () => board.calendarDays("March 2026").evaluateAll((days) => days.map((day) => day.getAttribute("aria-label")).join());
    const utc = await names();
    expect(utc).toContain("launch");
    await page.getByRole("button", { name: "Local", exact: true }).click();
    await expect.poll(names).not.toBe(utc);
    await expect(page.getByText(/a day in this month, in your zone/)).toBeVisible();
  });
});

test("an invalid month is refused with its key", async ({ request }) => {
  const answer = await request.get("/api/v1/launches?month=2026-13");
  expect(answer.status()).toBe(400);
  expect(await answer.text()).toContain("month");
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("months are links", async ({ page }) => {
    await page.goto(`/${CALENDAR}`);
    await page.getByRole("navigation", { name: "Month" }).getByRole("link", { name: /April/ }).click();
    await expect(page.getByRole("heading", { name: "April 2026", exact: true })).toBeVisible();
  });
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("a tap on a day lists its launches below", async ({ page, board }) => {
    await board.open(`${CALENDAR}&month=2026-03`);
    await board.calendarDays("March 2026").and(page.getByRole("link", { name: /\d launch(es)?$/ })).nth(1).click();
    await expect(page).toHaveURL(/day=/);
    await expect(board.openDay().getByRole("listitem").first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

import { expect, test } from "./fixtures";

const AGENDA = "?view=agenda";

test("the agenda shows seven days from today, also those without launches, and moves by a week", async ({ page, board }) => {
  await board.open(AGENDA);
  await expect(page.getByRole("region", { name: "1 March to 7 March 2026" })).toBeVisible();
  const days = board.agendaDays;
  await expect(days).toHaveCount(7);
  await expect(days.first()).toContainText("today");
  await expect(days.filter({ hasText: "No launch is listed for this day." }).first()).toBeVisible();
  const { results } = await (await page.request.get("/api/v1/launches?from=2026-03-01&to=2026-03-07&limit=1000")).json();
  const dated = results.filter(({ net_precision: precision }: { net_precision: { id: number } | null }) => precision && precision.id <= 5);
  await expect(days.getByRole("listitem")).toHaveCount(dated.length);

  await page.getByRole("link", { name: "Seven days later" }).click();
  await expect(page).toHaveURL(/day=2026-03-08/);
  await expect(page.getByRole("heading", { name: "8 March to 14 March 2026" })).toBeVisible();
});

test("launches without a day are listed in a separate region", async ({ page, board }) => {
  await board.open(`${AGENDA}&precision=m`);
  const vague = page.getByRole("region", { name: "May fly in these days" });
  await expect(vague.locator("summary")).toHaveText(/March 2026\s*\d+/);
  await expect(board.agendaDays).toHaveCount(7);
  await expect(board.agendaDays.getByRole("listitem")).toHaveCount(0);
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the agenda does not overflow, and a launch links to its page", async ({ page, board }) => {
    await board.open(AGENDA);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await board.agendaDays.getByRole("listitem").first().getByRole("link").click();
    await expect(page).toHaveURL(/\/launches\/[0-9a-f-]{36}$/);
  });
});

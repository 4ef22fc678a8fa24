import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { dated, inventedLaunches, type Ll2Launch, OwnProgram, PRECISION, STATUS, title } from "./program";

let own: OwnProgram;
let launches: Ll2Launch[];

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  own = await OwnProgram.start("visit");
  launches = await inventedLaunches(12);
  await own.import("2026-02-05T06:00:00Z", launches.slice(0, -1));
});

test.afterAll(async () => own?.end());

test("changes since the last visit are shown until they are marked as read", async ({ page, board }) => {
  test.slow();
  const told = page.getByText(/^since 5 Feb, 06:00 UTC$/);
  await page.goto(own.base);
  await board.ready();
  await board.expectCount(11);
  await expect(told).toHaveCount(0);

  await page.goto("about:blank");
  const [moved, vaguer, flown, confirmed, ...others] = launches;
  await own.import("2026-02-12T06:00:00Z", [
    { ...moved, ...dated("2026-06-01T12:00:00Z") },
    { ...vaguer, ...dated("2026-06-30T00:00:00Z"), net_precision: PRECISION.month },
    { ...flown, status: STATUS.success },
    { ...confirmed, status: STATUS.go },
    ...others,
  ]);
  await page.goto(own.base);
  await board.ready();
  const strip = page.getByText("2 launches moved, 1 new, 1 flown, 1 with another status");
  await expect(strip).toBeVisible();
  await expect(told).toBeVisible();
  await strip.click();
  const changes = page.getByRole("list", { name: "Changes since your last visit" }).getByRole("listitem");
  const change = (launch: Ll2Launch) => changes.filter({ has: page.getByRole("link", { name: title(launch), exact: true }) });
  await expect(changes).toHaveCount(5);
  await expect(change(moved)).toContainText("→ 1 Jun 2026, later");
  await expect(change(vaguer)).toContainText("→ June 2026, vaguer");
  await expect(change(flown)).toContainText("Launch Successful");
  await expect(change(confirmed)).toContainText("TBD → Go");

  // Looking is not the same as marking as read: another visit shows the same.
  await page.reload();
  await board.ready();
  await expect(strip).toBeVisible();
  await strip.click();
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(strip).toHaveCount(0);
  await page.reload();
  await board.ready();
  await expect(board.cards.first()).toBeVisible();
  await expect(strip).toHaveCount(0);
});

test("without storage the page says that it cannot compare visits", async ({ page, board }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.goto(own.base);
  await board.ready();
  await expect(page.getByText("This browser stores no data for this site")).toBeVisible();
});

test("a past board shows no changes since the last visit", async ({ page, board }) => {
  await page.goto(own.base);
  await board.ready();
  await page.goto(`${own.base}/?as_of=2026-02-06`);
  await board.ready();
  await expect(page.getByText(/^The board as of 7 Feb/)).toBeVisible();
  await expect(page.getByText(/launch(es)? (moved|new|flown)/)).toHaveCount(0);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the changes pass the axe audit and fit a phone, ${colorScheme}`, { tag: "@phone" }, async ({ page, board }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // As stored by a browser on a visit when the list had one launch, which is gone.
    await page.addInitScript(() => {
      localStorage.setItem("mooncoon.visit.simulated", "mooncoon visit 1\n1770000000\n00000000000000000000000000000001 1770000000 1 1 A launch that is gone\n");
    });
    await page.goto(own.base);
    await board.ready();
    await page.getByText(/^\d+ launches new, 1 gone from the list$/).click();
    await expect(page.getByRole("link", { name: "A launch that is gone" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

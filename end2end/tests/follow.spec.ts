import type { Page } from "@playwright/test";
import { Days } from "./days";
import { expect, test } from "./fixtures";
import { collectMarks } from "./marks";
import { dated, type Ll2Launch, PRECISION, STATUS, title } from "./program";

/** A launch that its orbit sends to the Moon, in LL2's format. */
type MoonLaunch = Ll2Launch & { mission: { orbit: { id: number; name: string; abbrev: string } | null; type: string } | null };

const LUNAR_ORBIT = { id: 14, name: "Lunar Orbit", abbrev: "LO" };

const own = Days.ofSpec<MoonLaunch>("follow", (invented) =>
  invented
    .filter(({ mission }) => mission)
    .slice(0, 10)
    // Three rides to the Moon.
    .map((launch, at) => (at < 3 ? { ...launch, mission: { ...launch.mission!, orbit: LUNAR_ORBIT, type: "Lunar Exploration" } } : launch)),
);

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${own.base}${path}`);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
}

const isTheSame = (page: Page) => page.evaluate(() => "isTheSame" in window);

for (const tag of ["@desktop", "@phone"]) {
  test(`the page /choose updates in place and keeps position, open rows and focus: ${tag}`, { tag }, async ({ page, choose }) => {
    test.slow();
    // The chance to fly in the window does not count, so that a new date does not change the order.
    await open(page, "/choose?bar=0&window=0");
    const second = choose.name(choose.rides.nth(1));
    const name = await second.textContent();
    const moving = own.launches.find((launch) => title(launch) === name)!;
    const ride = choose.ride(title(moving));
    // The reader has opened its grounds, and its name has the focus.
    await ride.getByText("What this is based on").click();
    await second.evaluate((link) => (link as HTMLElement).focus({ preventScroll: true }));
    // The position of the list on the screen. The page may scroll to keep it: a sentence above the list may need another line.
    const stands = () => choose.rides.first().evaluate((first) => Math.round(first.getBoundingClientRect().top));
    const before = await stands();
    const marks = await collectMarks(page);

    const to = moving.status.id === STATUS.go.id ? STATUS.tbd : STATUS.go;
    await own.publish({ ...moving, ...dated(tag === "@phone" ? "2026-06-02T10:00:00Z" : "2026-05-02T10:00:00Z"), net_precision: PRECISION.minute, status: to });
    await expect(page.getByRole("status").filter({ hasText: /^Newer data: .*changed/ })).toBeAttached();
    await expect(ride).toContainText(tag === "@phone" ? "2 Jun" : "2 May");
    await expect.poll(async () => (await marks()).some((text) => text.includes(title(moving)))).toBe(true);
    await expect.poll(async () => Math.abs((await stands()) - before)).toBeLessThanOrEqual(2);
    // Wherever it is now, it is the open one, and the one with the focus.
    await expect(choose.rides.locator("details[open]")).toHaveCount(1);
    await expect(ride.locator("details[open]")).toHaveCount(1);
    await expect(page.getByRole("link", { name: title(moving), exact: true }).first()).toBeFocused();
    expect(await isTheSame(page)).toBe(true);
  });
}

test("a launch that leaves the ranking is removed, one that enters is added, and the badge shows the newest data", async ({ page, choose }) => {
  await open(page, "/choose?bar=0");
  const gone = own.launches[2];
  const entries = choose.entries(title(gone));
  await expect(entries).toHaveCount(1);
  await own.publish({ ...gone, mission: { ...gone.mission!, orbit: { id: 8, name: "Low Earth Orbit", abbrev: "LEO" }, type: "Communications" } });
  await expect(page.getByRole("status").filter({ hasText: "1 no longer listed" })).toBeAttached();
  await expect(entries).toHaveCount(0);
  await own.publish(gone);
  await expect(page.getByRole("status").filter({ hasText: "1 new" })).toBeAttached();
  await expect(entries).toHaveCount(1);
  await expect(page.getByRole("banner").getByRole("link", { name: /as of/ })).toContainText(`${own.day} Feb`);
  expect(await isTheSame(page)).toBe(true);
});

test("the recommendation on the board updates and is highlighted when it changes", async ({ page }) => {
  await open(page, "/");
  const choice = page.getByRole("heading", { level: 1 });
  const before = await choice.textContent();
  const marks = await collectMarks(page);
  const leader = own.launches.slice(0, 3).find((launch) => before!.includes(title(launch)))!;
  await own.publish({ ...leader, mission: { ...leader.mission!, orbit: { id: 8, name: "Low Earth Orbit", abbrev: "LEO" }, type: "Communications" } });
  await expect(choice).not.toHaveText(before!);
  await expect.poll(async () => (await marks()).some((text) => text.includes("Recommendation"))).toBe(true);
  await own.publish(leader);
  await expect(choice).toHaveText(before!);
  expect(await isTheSame(page)).toBe(true);
});

test.describe("pages that do not update", () => {
  const note = (page: Page) => page.getByRole("status").filter({ hasText: /ha(s|ve) changed since/ });

  test("report a change of their launch and load it on request", async ({ page }) => {
    test.slow();
    const launch = own.launches[4];
    await open(page, `/launches/${launch.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title(launch));
    await own.publish({ ...own.launches[7], ...dated("2026-12-24T10:00:00Z") });
    await own.publish({ ...launch, ...dated("2026-11-05T10:00:00Z"), net_precision: PRECISION.day });
    await expect(note(page)).toBeVisible();
    expect(await isTheSame(page), "nothing moves before it is asked for").toBe(true);
    await expect(page.locator("#main")).not.toContainText("5 Nov 2026");
    await note(page).getByRole("link", { name: "Show" }).click();
    await expect(page.locator("#main")).toContainText("5 Nov 2026");
    await expect(note(page)).toHaveCount(0);
  });

  test("report no change of another launch, none twice, and none on another page", async ({ page }) => {
    test.slow();
    const [launch, , other] = own.launches.slice(4, 7);
    await open(page, `/compare?ids=${launch.id},${own.launches[5].id}`);
    const asked: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/launches/changed")) asked.push(response.url());
    });
    await own.publish({ ...other, status: other.status.id === STATUS.go.id ? STATUS.tbd : STATUS.go });
    await expect.poll(() => asked.length).toBe(1);
    await expect(note(page)).toHaveCount(0);

    await own.publish({ ...launch, status: own.launches[4].status.id === STATUS.go.id ? STATUS.tbd : STATUS.go });
    await expect(note(page)).toContainText("A launch of this page has changed since it was loaded.");
    await note(page).getByRole("button", { name: "Dismiss" }).click();
    await expect(note(page)).toHaveCount(0);
    await own.publish({ ...own.launches[4], status: own.launches[4].status.id === STATUS.go.id ? STATUS.tbd : STATUS.go });
    await expect(note(page)).toBeVisible();
    await page.getByRole("link", { name: "Analysis" }).first().click();
    await expect(page).toHaveURL(/analysis/);
    await expect(note(page)).toHaveCount(0);
  });

  for (const tag of ["@desktop", "@phone"]) {
    test(`the page of a pad reports a change of its launches: ${tag}`, { tag }, async ({ page }) => {
      test.slow();
      const launch = own.launches[5] as MoonLaunch & { pad: { id: number } };
      await open(page, `/pads/${launch.pad.id}`);
      await own.publish({ ...launch, ...dated(tag === "@phone" ? "2026-10-01T10:00:00Z" : "2026-09-01T10:00:00Z") });
      await expect(note(page)).toContainText("of this page");
      const box = (await note(page).boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(page.viewportSize()!.width);
    });
  }
});

test.describe("the list of changes of the API", () => {
  test.use({ expectedStatus: 400 });
  test("refuses a query without a run, or with an invalid key", async ({ request }) => {
    for (const [query, key] of [["", "since"], ["since=x", "since"], ["since=1&id=x", "id"], ["since=1&colour=red", "colour"]]) {
      const answer = await request.get(`${own.base}/api/v1/launches/changed?${query}`);
      expect([answer.status(), (await answer.json()).key]).toEqual([400, key]);
    }
  });
});

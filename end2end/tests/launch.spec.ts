import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Listed {
  id: string;
  provider: { id: number; name: string };
  rocket: { id: number; name: string };
  name: string;
  mission: { name: string } | null;
  net: string;
  pad: { id: number; name: string; latitude: number | null };
}

async function listed(page: Page, query: string): Promise<Listed[]> {
  return (await (await page.request.get(`/api/v1/launches?${query}`)).json()).results;
}

test("the page of a launch has its name and all sections", async ({ page }) => {
  const [launch] = await listed(page, "status=go&limit=1");
  const answer = await page.goto(`/launches/${launch.id}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(launch.mission?.name ?? launch.name.split(" | ")[1]);
  for (const title of [/^Mission: /, /^Rocket: /, /^Provider: /, /^Pad: /, /update/i, /^Watch and read/, /revision/]) {
    await expect(page.getByRole("heading", { name: title }).first()).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Map", exact: true })).toHaveAttribute("href", /openstreetmap\.org/);
  await expect(page.getByRole("link", { name: "Map", exact: true })).toHaveAttribute("rel", "noopener noreferrer");
  await expect(page).toHaveTitle(/ · Mooncoon$/);
});

test("the odds of a launch match the API and link to the scorecard", async ({ page }) => {
  const [launch] = await listed(page, "status=go&limit=1");
  const forecast = await (await page.request.get(`/api/v1/launches/${launch.id}/forecast`)).json();
  await page.goto(`/launches/${launch.id}`);
  const odds = page.getByRole("region", { name: /to succeed$/ });
  const percent = Math.round(forecast.success.chance * 100);
  await expect(odds.getByRole("definition").last()).toContainText(`${percent} %`);
  await expect(odds.getByRole("paragraph").filter({ hasText: "80 % chance to have flown by" })).toBeVisible();
  await expect(odds.getByRole("link", { name: "How accurate such forecasts have been" })).toHaveAttribute("href", "/scorecard");
});

test("a mission with a patch shows it, and one without has no list of patches", async ({ page }) => {
  const seen = new Set<number>();
  for (const launch of (await listed(page, "status=go&limit=12")).filter(({ mission }) => mission)) {
    await page.goto(`/launches/${launch.id}`);
    await expect(page.getByRole("heading", { name: /^Mission: / })).toBeVisible();
    const patches = page.getByRole("list", { name: "Mission patches" });
    const count = await patches.count();
    if (count) await expect(patches.getByRole("listitem")).toHaveText([`${launch.mission?.name} patch`]);
    seen.add(count);
    if (seen.size === 2) return;
  }
  throw new Error(`of twelve launches all are the same: ${[...seen]}`);
});

test("a spacecraft is shown with its destination and landing, above its crew", async ({ page }) => {
  for (const { id } of await listed(page, "crewed=true&limit=12")) {
    const launch = await (await page.request.get(`/api/v1/launches/${id}`)).json();
    if (launch.spacecraft.length === 0) continue;
    const [flight] = launch.spacecraft;
    await page.goto(`/launches/${id}`);
    const section = page.getByRole("region", { name: `Spacecraft, crew of ${launch.crew.length}` });
    const items = section.getByRole("listitem");
    await expect(items).toHaveCount(1 + launch.crew.length);
    await expect(items.first()).toContainText(flight.name);
    await expect(items.first()).toContainText(`to ${flight.destination} · `);
    await expect(items.first()).toContainText(flight.landing_location);
    return;
  }
  throw new Error("of twelve crewed launches none has a spacecraft");
});

test("the names of rocket, provider and pad link to their pages", async ({ page }) => {
  const [launch] = await listed(page, "status=go&limit=1");
  await page.goto(`/launches/${launch.id}`);
  for (const [address, name] of [
    [`/rockets/${launch.rocket.id}`, launch.rocket.name],
    [`/providers/${launch.provider.id}`, launch.provider.name],
    [`/pads/${launch.pad.id}`, launch.pad.name],
  ]) {
    await expect(page.getByRole("link", { name, exact: true }).and(page.locator(`[href="${address}"]`)).first()).toBeVisible();
  }
});

test("the pad is on the world map, and related launches are listed without the launch itself", async ({ page }) => {
  const launch = (await listed(page, "status=go&limit=50")).find(({ pad }) => pad.latitude !== null);
  await page.goto(`/launches/${launch?.id}`);
  await expect(page.getByRole("img", { name: /^On the map of the world: .*It is (day|night|twilight) there\.$/ })).toBeVisible();
  const related = page.getByRole("region", { name: "Related launches" });
  await expect(related.getByRole("listitem").first()).toContainText(/same (pad|rocket|provider)/);
  await expect(related.locator(`a[href="/launches/${launch?.id}"]`)).toHaveCount(0);
});

test("the record of the rocket shows our count and LL2's", async ({ page }) => {
  const [launch] = await listed(page, "status=go&limit=1");
  await page.goto(`/launches/${launch.id}`);
  const rocket = page.getByRole("region", { name: /^Rocket: / });
  await expect(rocket.getByText(/^LL2 (counts|gives no record)/)).toBeVisible();
  await expect(rocket.getByText(/^\d+ of \d+ recorded launch(es)?|^No recorded launch has an outcome\.$/)).toBeVisible();
});

test("a webcast is a link with its host, and the page loads nothing from other sites", async ({ page, baseURL }) => {
  const outward: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL ?? "")) outward.push(request.url());
  });
  for (const launch of await listed(page, "status=go&limit=8")) {
    await page.goto(`/launches/${launch.id}`);
    const watch = page.getByRole("link", { name: /^Watch (live )?on / });
    if ((await watch.count()) === 0) continue;
    await expect(watch).toHaveAttribute("rel", "noopener noreferrer");
    await expect(watch).toHaveAttribute("href", /^https?:/);
    await expect(page.locator("iframe, video")).toHaveCount(0);
    break;
  }
  expect(outward).toEqual([]);
});

test("the link is copied, and if the browser refuses, the address is shown", async ({ page, context }) => {
  const [launch] = await listed(page, "limit=1");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/launches/${launch.id}`);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("The browser does not allow copying.", { exact: false })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Address of this page" })).toHaveValue(page.url());
});

test("the share dialog of the browser is offered if it exists, and closing it is no error", async ({ page }) => {
  await page.addInitScript(() => {
    const share = (data: ShareData) => {
      document.title = `shared ${data.url}`;
      return Promise.reject(new DOMException("closed", "AbortError"));
    };
    Object.defineProperty(navigator, "share", { value: share, configurable: true });
  });
  const [launch] = await listed(page, "limit=1");
  await page.goto(`/launches/${launch.id}`);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page).toHaveTitle(new RegExp(`^shared .*/launches/${launch.id}$`));
  await expect(page.getByText("The browser does not allow copying.", { exact: false })).toHaveCount(0);
});

test.describe("in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });
  test("launch window and edits follow the chosen time zone", async ({ page }) => {
    const [launch] = await listed(page, "precision=min&limit=1");
    await page.goto(`/launches/${launch.id}`);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const told = (name: string) => page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("+ dd");
    for (const name of ["Window", "LL2's last edit", "First seen"]) await expect(told(name)).toContainText("UTC");
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Local" }).click();
    for (const name of ["Window", "LL2's last edit", "First seen"]) await expect(told(name)).toContainText("UTC+9");
  });
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the page of a launch passes the axe audit, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const [launch] = await listed(page, "status=go&limit=1");
    await page.goto(`/launches/${launch.id}`);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test("a launch with a precise date has a countdown, one with a vague date has none", async ({ page }) => {
  const [precise] = await listed(page, "precision=min&from=2026-03-04&limit=1");
  await page.goto(`/launches/${precise.id}`);
  await expect(page.getByRole("timer")).toContainText("min");
  const [vague] = await listed(page, "precision=y&limit=1");
  await page.goto(`/launches/${vague.id}`);
  await expect(page.getByText("No countdown: the date is known to the year.")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveCount(0);
});

test("the first revision is listed", async ({ page }) => {
  const [launch] = await listed(page, "limit=1");
  await page.goto(`/launches/${launch.id}`);
  const revisions = page.getByRole("region", { name: "Revisions" });
  await expect(revisions.getByRole("row")).not.toHaveCount(1);
  await expect(revisions.getByRole("cell", { name: "first seen" })).toBeVisible();
});

test("the board links to a launch, and back restores the filter", async ({ page, board }) => {
  await board.open("?status=go");
  await page.getByRole("main").getByRole("listitem").getByRole("link").and(page.locator('[href^="/launches/"]')).first().click();
  await expect(page).toHaveURL(/\/launches\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/\?status=go$/);
});

test.describe("without a launch", () => {
  test.use({ expectedStatus: 404 });

  for (const [what, id] of [
    ["an unknown id", "00000000-0000-4000-8000-000000000000"],
    ["what is no id", "not-a-launch"],
  ]) {
    test(`${what} returns 404 with a page`, async ({ page }) => {
      const answer = await page.goto(`/launches/${id}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("link", { name: "Back to the board" })).toBeVisible();
    });
  }
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the countdown is on the first screen, and the page does not scroll sideways", async ({ page }) => {
    const [launch] = await listed(page, "status=go&limit=1");
    await page.goto(`/launches/${launch.id}`);
    await expect(page.getByRole("timer")).toBeInViewport({ ratio: 1 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Named {
  id: number;
  name: string;
}
interface Listed {
  id: string;
  provider: Named;
  rocket: Named;
  pad: Named & { latitude: number | null };
  mission: { name: string } | null;
}

async function listed(page: Page, query: string): Promise<Listed[]> {
  return (await (await page.request.get(`/api/v1/launches?${query}`)).json()).results;
}

async function counted(page: Page, query: string): Promise<number> {
  return (await (await page.request.get(`/api/v1/launches?${query}&limit=1`)).json()).count;
}

/** Returns the address of the page of each kind, for a launch that has everything. */
async function addresses(page: Page): Promise<{ provider: string; rocket: string; pad: string; launch: Listed }> {
  const launch = (await listed(page, "status=go&limit=50")).find(({ pad }) => pad.latitude !== null);
  if (!launch) throw new Error("no precise launch from a pad with a place");
  return {
    provider: `/providers/${launch.provider.id}`,
    rocket: `/rockets/${launch.rocket.id}`,
    pad: `/pads/${launch.pad.id}`,
    launch,
  };
}

for (const kind of ["provider", "rocket", "pad"] as const) {
  test(`the page of a ${kind} lists its record and its upcoming launches`, async ({ page }) => {
    const { launch, ...address } = await addresses(page);
    const answer = await page.goto(address[kind]);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(launch[kind].name);
    // The same number as with the board's filter, except for launches that flew within the last day.
    const upcoming = await counted(page, `${kind}=${launch[kind].id}`);
    const flown = await counted(page, `${kind}=${launch[kind].id}&status=success,failure,partial,in_flight,deployed`);
    const ahead = upcoming - flown;
    const title = ahead === 1 ? "1 launch is listed as upcoming" : `${ahead} launches are listed as upcoming`;
    const list = page.getByRole("region", { name: title, exact: true });
    await expect(list.getByRole("listitem")).toHaveCount(Math.min(ahead, 24));
    const record = page.getByRole("region", { name: /recorded launch(es)?|No recorded launch has an outcome/ }).first();
    await expect(record.getByRole("columnheader", { name: "LL2 counts" })).toBeVisible();
    await expect(record.getByRole("row", { name: new RegExp(`^Upcoming ${ahead}\\b`) })).toBeVisible();
    await page.getByRole("link", { name: "Its launches on the board" }).click();
    await expect(page).toHaveURL(new RegExp(`/\\?${kind}=${launch[kind].id}$`));
  });
}

test("a pad is on the map of its region, with its daylight", async ({ page }) => {
  const { pad } = await addresses(page);
  await page.goto(pad);
  await expect(page.getByRole("img", { name: /^On the map of the region: .*It is (day|night|twilight) there\.$/ })).toBeVisible();
});

test("the page of a provider links to its rockets", async ({ page }) => {
  const { provider } = await addresses(page);
  await page.goto(provider);
  const companions = page.getByRole("region", { name: "Rockets and pads" });
  const rocket = companions.locator('a[href^="/rockets/"]').first();
  const name = await rocket.innerText();
  await rocket.click();
  await expect(page).toHaveURL(/\/rockets\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("past launches are paged, with the page in the address", async ({ page }) => {
  // Two known facts: the world has 400 past launches, and its busiest provider more than one page of them.
  const counts = new Map<number, number>();
  for (const { provider } of await listed(page, "limit=360")) {
    counts.set(provider.id, (counts.get(provider.id) ?? 0) + 1);
  }
  const [busiest] = [...counts].sort(([, one], [, other]) => other - one)[0];
  await page.goto(`/providers/${busiest}`);
  const past = page.getByRole("region", { name: /^\d+ past launches recorded$/ });
  const first = await past.getByRole("listitem").first().innerText();
  await past.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/page=2$/);
  await expect(past.getByText(/^Page 2 of \d+$/)).toBeVisible();
  expect(await past.getByRole("listitem").first().innerText()).not.toBe(first);
  await past.getByRole("link", { name: "Newer" }).click();
  await expect(page).toHaveURL(/\/providers\/\d+$/);
});

test.describe("in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });
  test("the dates of a profile follow the chosen time zone", async ({ page, board }) => {
    const { pad } = await addresses(page);
    await page.goto(pad);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const zone = board.zone(page.getByRole("region", { name: /listed as upcoming$/ })).first();
    await expect(zone).toHaveText("UTC");
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Local" }).click();
    await expect(zone).toHaveText("UTC+9");
  });
});

test.describe("an unknown profile", () => {
  test.use({ expectedStatus: 404 });
  for (const address of ["/providers/999999999", "/rockets/moon", "/pads/99999999999999999999", "/rockets/-1"]) {
    test(`${address} returns 404 with a page`, async ({ page }) => {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
  }

  test("a page of past launches beyond the last returns 404", async ({ page }) => {
    const { provider } = await addresses(page);
    expect((await page.goto(`${provider}?page=9999`))?.status()).toBe(404);
  });
});

test.describe("an invalid page number", () => {
  test.use({ expectedStatus: 400 });
  test("returns 400 and names the key", async ({ page }) => {
    const { provider } = await addresses(page);
    expect((await page.goto(`${provider}?page=first`))?.status()).toBe(400);
    await expect(page.getByText("page: not the number of a page.")).toBeVisible();
  });
});

for (const colorScheme of ["dark", "light"] as const) {
  for (const kind of ["provider", "pad"] as const) {
    test(`the page of a ${kind} passes the axe audit, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto((await addresses(page))[kind]);
      await expect(page.locator("html[data-ready]")).toBeAttached();
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    });
  }
}

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });
  test("a profile has its launches and its record", async ({ page }) => {
    const { rocket } = await addresses(page);
    await page.goto(rocket);
    await expect(page.getByRole("region", { name: /listed as upcoming$/ }).getByRole("listitem").first()).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Recorded" })).toBeVisible();
  });
});

test.describe("on a phone", { tag: "@phone" }, () => {
  for (const kind of ["provider", "rocket", "pad"] as const) {
    test(`the page of a ${kind} does not scroll sideways`, async ({ page }) => {
      await page.goto((await addresses(page))[kind]);
      await expect(page.locator("html[data-ready]")).toBeAttached();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Ride {
  id: string;
  name: string;
  rank: number;
  score: { estimate: number; low: number; high: number };
  p_best: number | null;
  regret: number | null;
}

interface Decision {
  board: string | null;
  stay_home: { because: string; reason: string } | null;
  decide_by: { at: string } | null;
  cannot_be_told_apart: string[];
  ranked: Ride[];
  apart: { id: string; because: string; reason: string }[];
  elsewhere: number;
}

async function decided(page: Page, query = ""): Promise<Decision> {
  const response = await page.request.get(`/api/v1/decision?${query}`);
  expect(response.status()).toBe(200);
  return response.json();
}

test("the page shows the decision of the API, also when no launch is recommended", async ({ page, choose }) => {
  for (const query of ["", "to=2026-06-30", "to=2029-12-31&window=0.5", "crewed=false", "bar=99"]) {
    const decision = await decided(page, query);
    await choose.open(query);
    const answer = page.getByRole("heading", { level: 1 });
    await expect(answer).toHaveText(decision.board ? /^Board (?!no launch\.).+\.$/ : "Board no launch.");
    if (decision.stay_home) await expect(page.getByText(decision.stay_home.reason)).toBeVisible();
    expect(await choose.rankedIds()).toEqual(decision.ranked.map(({ id }) => id));
    await expect(page.getByRole("region", { name: "Decide by", exact: true })).toHaveCount(decision.decide_by ? 1 : 0);
  }
});

test("the API ranks by score, with intervals within 0 and 1, and accounts for every launch", async ({ page }) => {
  const decision = await decided(page, "to=2032-12-31");
  const scores = decision.ranked.map(({ score }) => score);
  for (const { low, estimate, high } of scores) {
    expect(0 <= low && low <= estimate && estimate <= high && high <= 1).toBe(true);
  }
  expect(scores.map(({ estimate }) => estimate)).toEqual(scores.map(({ estimate }) => estimate).sort((a, b) => b - a));
  // Every launch is accounted for: ranked, apart with a reason, or with another destination.
  const { count, results } = await (await page.request.get("/api/v1/launches?limit=1000")).json();
  expect(decision.ranked.length + decision.apart.length + decision.elsewhere).toBe(count);
  for (const { reason } of decision.apart) expect(reason).not.toBe("");
  const scored = new Map(results.map(({ id, score }: { id: string; score: number | null }) => [id, score]));
  for (const { id } of decision.apart) expect(scored.get(id)).toBeNull();
});

test("without a script the page shows the answer, and its form works", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/choose?nearness=2");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Board (no launch|.+)\.$/);
  await expect(page.getByRole("slider", { name: "Nearness" })).toHaveValue("2");
  // The form works without a script.
  await page.getByRole("spinbutton", { name: "Days to prepare" }).fill("30");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/nearness=2/);
  await expect(page).toHaveURL(/prepare=30/);
  await context.close();
});

test("weights, dates and wishes rerank without a request and are kept in the address", async ({ page, choose }) => {
  await choose.open();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.getByRole("slider", { name: "Nearness" }).fill("0.4");
  await expect(page).toHaveURL(/\?nearness=0\.4$/);
  await page.getByRole("textbox", { name: "Window ends" }).fill("2027-12-31");
  await expect(page).toHaveURL(/\?to=2027-12-31&nearness=0\.4$/);
  await expect(page.getByText(/window .+ to 31 Dec 2027/)).toBeVisible();
  await page.getByRole("group", { name: "People aboard" }).getByRole("link", { name: "None" }).click();
  await expect(page).toHaveURL(/crewed=false/);
  await expect(page.getByRole("group", { name: "People aboard" }).getByRole("link", { name: "None" })).toHaveAttribute("aria-current", "true");
  const asked = new URL(page.url()).search.slice(1);
  const shown = await choose.rankedIds();
  // The news stream opens some time after hydration, and sends no queries.
  expect(requests.filter((url) => url.includes("/api/") && !url.endsWith("/api/v1/events"))).toEqual([]);
  expect(shown).toEqual((await decided(page, asked)).ranked.map(({ id }) => id));
  // The way back, and a new load of the same address, use the same query.
  await page.reload();
  await expect(page.getByRole("slider", { name: "Nearness" })).toHaveValue("0.4");
  expect(await choose.rankedIds()).toEqual(shown);
  await page.getByRole("link", { name: "Reset" }).click();
  await expect(page).toHaveURL(/\/choose$/);
  await expect(page.getByRole("slider", { name: "Nearness" })).toHaveValue("1");
});

test("after a weight has moved, the browser computes the chances and regrets of the API", async ({ page, choose }) => {
  await choose.open("to=2027-12-31");
  const before = await choose.chances();
  for (const [weight, value, query] of [
    ["Nearness", "0.4", "to=2027-12-31&nearness=0.4"],
    ["Succeeds", "2.5", "to=2027-12-31&nearness=0.4&success=2.5"],
  ]) {
    await page.getByRole("slider", { name: weight }).fill(value);
    await expect(page).toHaveURL(new RegExp(`${query.replaceAll(".", "\\.")}$`));
    // The history that the program still reads changes the forecasts: the page learns of it a moment later than the API.
    await expect(async () => {
      const { ranked, cannot_be_told_apart } = await decided(page, query);
      const shown = await choose.chances();
      expect(shown.map(({ id }) => id)).toEqual(ranked.map(({ id }) => id));
      for (const [place, { p_best, regret }] of ranked.entries()) {
        expect(Math.abs(shown[place].p_best - (p_best ?? Number.NaN))).toBeLessThan(1e-9);
        expect(Math.abs(shown[place].regret - (regret ?? Number.NaN))).toBeLessThan(1e-9);
      }
      const sum = (shares: number[]) => shares.reduce((sum, share) => sum + share, 0);
      const shares = shown.map(({ p_best }) => p_best);
      expect(Math.abs(sum(shares) - 1)).toBeLessThan(1e-9);
      // The group is the smallest that reaches 80 %, the most probable first.
      const reached = cannot_be_told_apart.map((one) => shown.find(({ id }) => id === one)?.p_best ?? Number.NaN);
      expect(reached).toEqual(shares.sort((a, b) => b - a).slice(0, reached.length));
      expect(sum(reached)).toBeGreaterThan(0.8 - 1e-9);
      expect(sum(reached.slice(0, -1))).toBeLessThan(0.8);
    }).toPass({ timeout: 20_000 });
  }
  expect(await choose.chances()).not.toEqual(before);
});

test("the answer and every ride say how likely it is the best", async ({ page, choose }) => {
  await choose.open();
  // The page updates itself when a run publishes: its sentence and its numbers are then of another moment.
  await expect(async () => {
    const chances = await choose.chances();
    expect(chances.length).toBeGreaterThan(1);
    const percent = ({ p_best }: { p_best: number }) => {
      const whole = Math.round(p_best * 100);
      return whole === 0 ? "under 1 %" : whole === 100 ? "over 99 %" : `${whole} %`;
    };
    const lead = await page.getByRole("status").filter({ hasText: "Its score is" }).textContent();
    expect(lead).toContain(`It is the best ride with a chance of ${percent(chances[0])}`);
    const [most, ...others] = chances.map(({ p_best }) => p_best).sort((a, b) => b - a);
    expect(lead?.includes("cannot be told apart")).toBe(most < 0.8 && others.length > 0);
    for (const [place, ride] of (await choose.rides.all()).entries()) {
      const [chance, regret] = await ride.getByRole("definition").allTextContents().then((texts) => texts.slice(-2));
      expect(chance).toBe(percent(chances[place]));
      expect(regret).toMatch(/^(\d+\.\d|under 0\.1)$/);
    }
  }).toPass({ timeout: 20_000 });
});

test("zero weights, a past window and a short window show a reason and no ranking", async ({ page, choose }) => {
  for (const [query, words] of [
    ["nearness=0&window=0&success=0", "All three weights are 0"],
    ["from=2025-01-01&to=2025-02-01", "Your window ended on"],
    ["to=2026-03-02&prepare=30", "You need 30 days to prepare"],
  ]) {
    await choose.open(query);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Board no launch.");
    await expect(page.getByRole("status").filter({ hasText: words })).toBeVisible();
    await expect(choose.ranking).toBeVisible();
    await expect(choose.rides).toHaveCount(0);
    await expect(page.locator("main")).not.toContainText("NaN");
  }
});

test.describe("an invalid query", () => {
  test.use({ expectedStatus: 400 });
  test("is refused with its key by page and API", async ({ page }) => {
    expect((await page.goto("/choose?nearness=much"))?.status()).toBe(400);
    await expect(page.getByText('nearness: "much" is not a number from 0 to 3', { exact: false })).toBeVisible();
    const response = await page.request.get("/api/v1/decision?wieght=1");
    expect(response.status()).toBe(400);
    expect(response.headers()["content-type"]).toContain("application/problem+json");
    expect((await response.json()).key).toBe("wieght");
  });
});

test("the definition of every number opens", async ({ page, choose }) => {
  await choose.open();
  for (const name of ["Score", "Nearness", "In window", "Succeeds", "Decide by", "Threshold", "80 % interval", "Best ride", "Cannot be told apart", "Regret"]) {
    const definitions = page.getByRole("region", { name: "What the numbers mean" }).getByRole("group");
    const definition = definitions.filter({ has: page.getByText(name, { exact: true }) });
    await definition.getByText(name, { exact: true }).click();
    await expect(definition.getByRole("paragraph")).toBeVisible();
  }
});

test("launches without a rank are listed by reason", async ({ page, choose }) => {
  const { apart } = await decided(page);
  await choose.open();
  const reasons = [...new Set(apart.map(({ reason }) => reason))];
  for (const reason of reasons) {
    const group = choose.notRanked.getByRole("group").filter({ hasText: reason });
    await group.locator("summary").click();
    await expect(group.getByRole("link")).toHaveCount(apart.filter((one) => one.reason === reason).length);
  }
});

test("the board shows the recommendation on its first screen and links to the page", async ({ page, board, choose }) => {
  const decision = await decided(page);
  await board.open();
  const choice = page.locator("#choice");
  await expect(choice).toBeInViewport();
  await expect(choice).toHaveText(decision.board ? /^Board (?!no launch\.)/ : "Board no launch.");
  await choice.getByRole("link").click();
  await expect(page).toHaveURL(/\/choose$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(decision.board ? /^Board (?!no launch\.)/ : "Board no launch.");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Choose" })).toHaveAttribute("aria-current", "page");
  // From the board it needs no request, and shows the same.
  expect(await choose.rankedIds()).toEqual(decision.ranked.map(({ id }) => id));
});

test("the ladder of a launch shows its evidence", async ({ page }) => {
  const { results } = await (await page.request.get("/api/v1/launches?moon=lunar_orbit,lunar_transfer,surface&limit=1")).json();
  await page.goto(`/launches/${results[0].id}`);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  const evidence = page.getByRole("figure").filter({ has: page.locator("#ladder") }).getByRole("group");
  await evidence.locator("summary").click();
  await expect(evidence.getByRole("listitem").filter({ hasText: /^Orbit: / })).toBeVisible();
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the page passes the axe audit, ${colorScheme}`, async ({ page, choose }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const query of ["", "to=2030-12-31&bar=0"]) {
      await choose.open(query);
      await page.locator("details").evaluateAll((all) => {
        for (const one of all) one.setAttribute("open", "");
      });
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    }
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  for (const colorScheme of ["dark", "light"] as const) {
    test(`the answer is in view, the page does not scroll sideways, targets are large, ${colorScheme}`, async ({ page, choose }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await choose.open("to=2030-12-31&bar=0");
      await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      for (const name of ["Nearness", "In window", "Succeeds"]) {
        expect((await page.getByRole("slider", { name }).boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    });
  }

  test("the footer links to the page", async ({ page, board }) => {
    await board.open();
    await page.getByRole("navigation", { name: "About the data" }).getByRole("link", { name: "Choose" }).click();
    await expect(page).toHaveURL(/\/choose$/);
  });
});

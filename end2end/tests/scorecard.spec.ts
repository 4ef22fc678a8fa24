import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

test("the scorecard shows scores, or says that there are none yet", async ({ page, request }) => {
  await page.goto("/scorecard");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Scorecard");
  const { success, dates, date_reliability, fewest_launches } = await (await request.get("/api/v1/scorecard")).json();
  const succeeds = page.getByRole("region", { name: "Chance of success" });
  const goes = page.getByRole("region", { name: "Launch date" });
  if (success.length === 0) {
    await expect(succeeds).toContainText("has been flown yet");
    await expect(succeeds.getByRole("table")).toHaveCount(0);
  } else {
    await expect(succeeds).toContainText(success[0].flights === 1 ? "1 flight," : `${success[0].flights} flights`);
    for (const name of ["Mooncoon", "Constant", "Laplace", "Jeffreys", "Two of three"]) {
      await expect(succeeds.getByRole("rowheader", { name })).toBeVisible();
    }
  }
  if (dates.length === 0) {
    await expect(goes).toContainText("can be scored yet");
    await expect(goes.getByRole("group", { name: /^Dates by/ })).toHaveCount(0);
  } else {
    const table = goes.getByRole("group", { name: "Dates by horizon", exact: true });
    for (const { horizon_name, look_ahead_days, launches, provider } of dates) {
      if (provider === null) {
        const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: horizon_name, exact: true }) });
        await expect(row).toContainText(`${look_ahead_days} days`);
        if (launches < fewest_launches) {
          await expect(row).toContainText(`${fewest_launches} are needed`);
        }
      }
    }
  }
  const reliability = goes.getByRole("group", { name: "Reliability of the chance to fly within some days" });
  await expect(reliability.locator("tbody tr")).toHaveCount(date_reliability.length);
  await expect(page.locator("main")).not.toContainText("NaN");
});

test("forecasts made afterwards are in a separate section", async ({ page, request }) => {
  await page.goto("/scorecard");
  const { retrodicted } = await (await request.get("/api/v1/scorecard")).json();
  const afterwards = page.getByRole("region", { name: "Forecasts made afterwards" });
  await expect(afterwards).toContainText("Made afterwards, with today's model");
  expect(retrodicted.since).toBe("2019-01-01T00:00:00Z");
  const flights = retrodicted.success[0]?.flights ?? 0;
  if (flights === 0) {
    await expect(afterwards.getByRole("table")).toHaveCount(0);
  } else {
    await expect(afterwards).toContainText(flights === 1 ? "1 flight," : `${flights} flights`);
    await expect(afterwards.getByRole("group", { name: "Success by forecaster, afterwards" }).getByRole("rowheader", { name: "Mooncoon" })).toBeVisible();
    const { log_loss, log_loss_interval, baselines } = retrodicted.success[0];
    if (log_loss_interval) {
      expect(log_loss_interval.low).toBeLessThan(log_loss);
      expect(log_loss_interval.high).toBeGreaterThan(log_loss);
    }
    expect(baselines.map(({ name }: { name: string }) => name)).toEqual(["Constant", "Laplace", "Jeffreys", "Two of three"]);
  }
  const succeeds = page.getByRole("region", { name: "Chance of success" });
  await expect(succeeds.getByText("Made afterwards")).toHaveCount(0);
  await afterwards.getByText("Definitions").click();
  await expect(afterwards.getByText("Minus the natural logarithm")).toBeVisible();
});

test("the definitions of the numbers open", async ({ page }) => {
  await page.goto("/scorecard");
  const succeeds = page.getByRole("region", { name: "Chance of success" });
  await expect(succeeds.getByText("Minus the natural logarithm")).toBeHidden();
  await succeeds.getByText("Definitions").click();
  await expect(succeeds.getByText("Minus the natural logarithm")).toBeVisible();
  await succeeds.getByRole("link", { name: "mart_forecast_success" }).click();
  await expect(page).toHaveURL(/\/dictionary#mart_forecast_success$/);
  await expect(page.getByRole("region", { name: "mart_forecast_success", exact: true })).toBeVisible();
});

test("the API returns the forecast of a launch with its evidence", async ({ request }) => {
  const { results } = await (await request.get("/api/v1/launches?limit=100")).json();
  const waiting = results.find(({ status }: { status: { id: number } }) => [1, 2, 8].includes(status.id));
  expect(waiting.forecast, "the list holds none").toBeUndefined();
  const forecast = await (await request.get(`/api/v1/launches/${waiting.id}/forecast`)).json();
  expect(forecast.launch_id).toBe(waiting.id);
  expect(forecast.made_at).not.toBeNull();
  const { chance, low, high, rests_on } = forecast.success;
  expect(low).toBeLessThanOrEqual(chance);
  expect(chance).toBeLessThanOrEqual(high);
  expect(["configuration", "family", "provider", "world"]).toContain(rests_on);
  const { p10, p50, p80, p90 } = forecast.date;
  expect([p10, p50, p80, p90].map(Date.parse)).toEqual([p10, p50, p80, p90].map(Date.parse).sort((one, other) => one - other));
  expect((await request.get("/api/v1/launches/nobody/forecast")).status()).toBe(404);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the scorecard passes the axe audit, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/scorecard");
    for (const summary of await page.locator("details > summary").all()) {
      await summary.click();
    }
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the page does not scroll sideways, and the footer links to it", async ({ board, page }) => {
    await board.open();
    // By key: charts are drawn when they come into view, and may move the footer between the pointer's down and up.
    await page.getByRole("contentinfo").getByRole("link", { name: "Scorecard" }).press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Scorecard");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Listed {
  id: string;
  name: string;
  mission: { name: string } | null;
  net: string;
  pad: { latitude: number | null };
}

async function listed(page: Page, query: string): Promise<Listed[]> {
  return (await (await page.request.get(`/api/v1/launches?${query}`)).json()).results;
}

test("a launch's page says what the list says of it, and more", async ({ page }) => {
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

test("a precise launch counts down, a vague one does not", async ({ page }) => {
  const [precise] = await listed(page, "precision=min&from=2026-03-04&limit=1");
  await page.goto(`/launches/${precise.id}`);
  await expect(page.getByRole("timer")).toContainText("min");
  const [vague] = await listed(page, "precision=y&limit=1");
  await page.goto(`/launches/${vague.id}`);
  await expect(page.getByText("No countdown: the date is known to the year.")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveCount(0);
});

test("the first revision is told from the start", async ({ page }) => {
  const [launch] = await listed(page, "limit=1");
  await page.goto(`/launches/${launch.id}`);
  const revisions = page.getByRole("region", { name: "Revisions" });
  await expect(revisions.getByRole("row")).not.toHaveCount(1);
  await expect(revisions.getByRole("cell", { name: "first seen" })).toBeVisible();
});

test("the board leads to a launch and back to the same question", async ({ page, board }) => {
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
    test(`${what} is answered with a page and status 404`, async ({ page }) => {
      const answer = await page.goto(`/launches/${id}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("link", { name: "Back to the board" })).toBeVisible();
    });
  }
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the date is on the first screen and nothing scrolls sideways", async ({ page }) => {
    const [launch] = await listed(page, "status=go&limit=1");
    await page.goto(`/launches/${launch.id}`);
    await expect(page.getByRole("timer")).toBeInViewport({ ratio: 1 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

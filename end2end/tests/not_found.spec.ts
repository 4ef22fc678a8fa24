import { expect, test } from "./fixtures";

test.describe("an unknown address", () => {
  test.use({ expectedStatus: 404 });

  test("returns a small page with the site's style and a link to the board", async ({ page }) => {
    const answer = await page.goto("/nowhere/at/all");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
    expect(await page.locator("#boot").count(), "the application is not rendered").toBe(0);
    const family = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
    await page.getByRole("link", { name: "Back to the board" }).click();
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole("main")).toBeVisible();
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily), "the same stylesheet").toBe(family);
  });

  // The router's page for an unknown address appears after a link from a page that is already open.
  test("is a page of the application after a link", async ({ page }) => {
    await page.goto("/scorecard");
    await expect(page.locator("html[data-ready]")).toBeAttached();
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = "/nowhere/at/all";
      link.textContent = "nowhere";
      document.getElementById("main")?.append(link);
      link.click();
    });
    await expect(page).toHaveURL(/\/nowhere\/at\/all$/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("link", { name: "Back to the board" })).toBeVisible();
  });
});

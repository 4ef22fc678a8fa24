import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

for (const colorScheme of ["dark", "light"] as const) {
  for (const query of [
    "",
    "?view=table&status=go",
    "?view=timeline&status=go",
    "?view=timeline&lanes=provider",
    "?view=map",
    "?view=calendar",
    "?view=agenda",
    "?q=falcon&crewed=unknown",
    "?past=true&view=table&q=falcon",
  ]) {
    test(`the board at /${query} passes the axe audit, ${colorScheme}`, async ({ page, board }) => {
      // The audit checks every element with many rules.
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await board.open(query);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    });
  }
}

for (const [colorScheme, width] of [["dark", 1440], ["light", 390]] as const) {
  test(`the description of the API has no automatically detectable accessibility fault, ${colorScheme}, ${width} px`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/api/docs");
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    // Its bar leads to the board, and each route to the errors that it shares with others.
    await page.locator("#op-launches").getByRole("link", { name: "400" }).click();
    await expect(page.locator("#status-400")).toBeInViewport();
    await page.getByRole("banner").getByRole("link", { name: "Mooncoon" }).click();
    await expect(page).toHaveURL("/");
  });
}

test("the first Tab stop skips the top bar", async ({ page, board }) => {
  await board.open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the board has one h1 and one of each landmark", async ({ page, board }) => {
  await board.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("search")).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("contentinfo")).toHaveCount(1);
});

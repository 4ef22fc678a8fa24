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
    test(`the board at /${query} has no fault that a machine can find, ${colorScheme}`, async ({ page, board }) => {
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

test("the first stop of the keyboard leads past the bar", async ({ page, board }) => {
  await board.open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("there is one main heading, and the landmarks are named", async ({ page, board }) => {
  await board.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("search")).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("contentinfo")).toHaveCount(1);
});

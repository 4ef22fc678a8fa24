import { expect, test } from "./fixtures";

for (const tag of ["@desktop", "@phone"]) {
  test.describe(`saved views ${tag}`, { tag }, () => {
    test("a view is saved with a name, opened after a reload, replaced and deleted", async ({ page, board }) => {
      await board.open("?status=go&view=table");
      const menu = board.savedViews;
      await menu.locator("summary").click();
      await menu.getByLabel("Name of this view").fill("  Confirmed   ones ");
      await menu.getByRole("button", { name: "Save" }).click();
      await expect(menu.getByRole("status")).toHaveText("Saved Confirmed ones.");
      await expect(menu.locator("summary")).toHaveText(/^Saved views\s*1$/);

      await board.open();
      await menu.locator("summary").click();
      const link = menu.getByRole("link", { name: "Confirmed ones" });
      await expect(link).toHaveAttribute("href", "/?status=go&view=table");
      await link.click();
      await expect(page).toHaveURL(/\/\?status=go&view=table$/);

      await menu.getByLabel("Name of this view").fill("Confirmed ones");
      await menu.getByRole("button", { name: "Save" }).click();
      await expect(menu.getByRole("status")).toHaveText("Replaced Confirmed ones.");
      await menu.getByRole("button", { name: "Save" }).click();
      await expect(menu.getByRole("status")).toHaveText("A view needs a name.");
      await menu.getByRole("button", { name: "Delete Confirmed ones" }).click();
      await expect(link).toHaveCount(0);
      await board.open();
      await expect(menu.locator("summary")).toHaveText(/^Saved views$/);
    });
  });
}

test("without storage the menu says that nothing can be saved", async ({ page, board }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await board.open();
  const menu = board.savedViews;
  await menu.locator("summary").click();
  await expect(menu).toContainText("This browser does not allow the page to store data");
  await menu.getByLabel("Name of this view").fill("Anything");
  await menu.getByRole("button", { name: "Save" }).click();
  await expect(menu.getByRole("link")).toHaveCount(0);
});

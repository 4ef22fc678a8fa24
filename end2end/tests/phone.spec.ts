import { expect, test } from "./fixtures";

test.describe("on a phone", { tag: "@phone" }, () => {
  for (const query of [
    "",
    "?view=table&sort=provider,name",
    "?view=timeline",
    "?view=map",
    "?view=calendar",
    "?view=agenda",
    "?status=go",
    "?q=falcon&past=true",
  ]) {
    test(`/${query} does not scroll sideways`, async ({ page, board }) => {
      await board.open(query);
      // Not compared with `innerWidth`: a phone widens its window for content that does not fit.
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
    });
  }

  test("the heading and the countdown are on the first screen", async ({ page, board }) => {
    await board.open();
    await expect(page.getByRole("timer")).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport({ ratio: 1 });
  });

  test("the sheet filters, shows the number of results, and returns the focus", async ({ page, board }) => {
    await board.open();
    const button = page.getByRole("button", { name: /^Filters/ });
    await button.click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    await expect(sheet).toBeVisible();
    await sheet.getByRole("group", { name: "Status" }).getByRole("link", { name: /^Go/ }).click();
    await expect(page).toHaveURL(/status=go/);
    const show = sheet.getByRole("button", { name: /^Show \d+ launch/ });
    const count = Number.parseInt((await show.innerText()).match(/\d+/)?.[0] ?? "", 10);
    await show.click();
    await expect(sheet).toBeHidden();
    await expect(button).toBeFocused();
    await board.expectCount(count);

    await button.click();
    await expect(sheet).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(button).toBeFocused();
  });

  test("chips and buttons of the sheet have large targets", async ({ page, board }) => {
    await board.open();
    await page.getByRole("button", { name: /^Filters/ }).click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    for (const chip of await sheet.getByRole("group", { name: "Moon" }).getByRole("link").all()) {
      expect((await chip.boundingBox())?.height).toBeGreaterThanOrEqual(36);
    }
    expect((await sheet.getByRole("button", { name: /^Show/ }).boundingBox())?.height).toBeGreaterThanOrEqual(44);
  });
});

import { expect, test } from "./fixtures";

test.describe("the time zone", () => {
  test.use({ timezoneId: "America/New_York" });

  test("is UTC by default, can be the local one, and is remembered", async ({ page, board }) => {
    await board.open("?status=go");
    const zones = page.getByRole("group", { name: "Time zone" });
    const date = board.cards.first().locator("time");
    const zone = board.zone(board.cards.first());
    await expect(zone).toHaveText("UTC");
    const utc = await date.innerText();

    await zones.getByRole("button", { name: "Local" }).click();
    await expect(zone).toHaveText("UTC\u22125");
    expect(await date.innerText()).not.toBe(utc);
    await expect(zones.getByRole("button", { name: "Local" })).toHaveAttribute("aria-pressed", "true");

    await page.reload();
    await board.ready();
    await expect(zone).toHaveText("UTC\u22125");

    await zones.getByRole("button", { name: "UTC" }).click();
    await expect(date).toHaveText(utc);
  });

  test("of the pad differs by pad", async ({ page, board }) => {
    await board.open("?status=go&q=Cape+Canaveral");
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Pad" }).click();
    await expect(board.zone(board.cards.first())).toHaveText("UTC\u22125");
    await board.open("?status=go&q=China");
    await expect(board.zone(board.cards.first())).toHaveText("UTC+8");
  });

  test("does not change a date without a time", async ({ page, board }) => {
    await board.open("?precision=m");
    const date = board.cards.first().locator("time");
    const month = await date.innerText();
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Local" }).click();
    await expect(board.zone(board.cards.first())).toHaveCount(0);
    await expect(date).toHaveText(month);
  });
});

test("the theme follows the system until it is switched, and is remembered", async ({ page, board }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await board.open();
  expect(await background()).toBe("rgb(245, 244, 240)");
  await page.getByRole("button", { name: "Switch between dark and light" }).click();
  expect(await background()).toBe("rgb(10, 13, 18)");
  await page.reload();
  await board.ready();
  expect(await background()).toBe("rgb(10, 13, 18)");
});

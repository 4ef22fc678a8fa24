import { expect, test } from "./fixtures";
import { numberIn } from "./pages/board_page";

test("a status chip filters, changes the address, and back undoes it", async ({ page, board }) => {
  await board.open();
  const all = await board.counted();
  const chip = board.chip("Status", "Go");
  const count = numberIn(await chip.innerText());
  await chip.click();
  await expect(page).toHaveURL(/\/\?status=go$/);
  await board.expectCount(count);
  await expect(chip).toHaveAttribute("aria-current", "true");
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await board.expectCount(all);
});

test("two options of one facet add up, a second facet narrows the result", async ({ page, board }) => {
  await board.open();
  const go = numberIn(await board.chip("Status", "Go").innerText());
  const tbc = numberIn(await board.chip("Status", "TBC").innerText());
  await board.chip("Status", "Go").click();
  await board.chip("Status", "TBC").click();
  await board.expectCount(go + tbc);
  await expect(page).toHaveURL(/status=go,tbc/);
  const earth = board.chip("Moon", "Earth orbit");
  const narrowed = numberIn(await earth.innerText());
  expect(narrowed).toBeLessThanOrEqual(go + tbc);
  await earth.click();
  await expect(page).toHaveURL(/moon=earth_orbit/);
  await board.expectCount(narrowed);
});

for (const [menu, key] of [
  ["Provider", "provider"],
  ["Rocket", "rocket"],
  ["Location", "location"],
  ["Orbit", "orbit"],
] as const) {
  test(`the ${menu} menu: the result has as many launches as the option says, and back undoes it`, async ({ page, board }) => {
    await board.open();
    const all = await board.counted();
    const options = await board.menu(menu);
    const option = options.getByRole("checkbox").first();
    const count = numberIn(await options.locator("label").first().innerText());
    await option.check();
    await expect(page).toHaveURL(new RegExp(`\\?${key}=\\d+$`));
    await board.expectCount(count);
    await page.goBack();
    await expect(page).toHaveURL(/\/$/);
    await board.expectCount(all);
    await expect(option).not.toBeChecked();
  });
}

test("a facet under More filters", async ({ page, board }) => {
  await board.open();
  await page.getByText("More", { exact: true }).click();
  await page.locator("summary").filter({ hasText: /^Country$/ }).click();
  const options = page.getByRole("group", { name: "Country" });
  const count = numberIn(await options.locator("label").first().innerText());
  await options.getByRole("checkbox").first().check();
  await expect(page).toHaveURL(/\?country=[A-Z]{3}$/);
  await board.expectCount(count);
});

test("a menu closes on Escape and returns the focus", async ({ page, board }) => {
  await board.open();
  const options = await board.menu("Provider");
  await options.getByRole("checkbox").first().focus();
  await page.keyboard.press("Escape");
  await expect(options).toBeHidden();
  await expect(page.locator("summary:focus")).toHaveText(/^Provider/);
});

test("typing filters at once, and \"Clear all\" empties the search", async ({ page, board }) => {
  await board.open();
  const all = await board.counted();
  // The key handlers are registered last.
  await expect(page.locator("html[data-keys]")).toBeAttached();
  await page.keyboard.press("/");
  await expect(board.search).toBeFocused();
  await board.search.pressSequentially("falcon 9 ");
  await expect(page).toHaveURL(/\/\?q=falcon(\+|%20)9$/);
  await expect(board.search).toHaveValue("falcon 9 ");
  expect(await board.counted()).toBeLessThan(all);
  await expect(board.cards.first()).toContainText("Falcon 9");
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(board.search).toHaveValue("");
  await board.expectCount(all);
});

test("a date range filters, and its chip removes it", async ({ page, board }) => {
  await board.open();
  const all = await board.counted();
  await page.locator("summary").filter({ hasText: /^Dates/ }).click();
  await page.getByLabel("To", { exact: true }).fill("2026-03-05");
  await expect(page).toHaveURL(/\/\?to=2026-03-05$/);
  const few = await board.counted();
  expect(few).toBeGreaterThan(0);
  expect(few).toBeLessThan(all);
  await page.getByRole("link", { name: /Remove filter.*To 5 Mar 2026/ }).click();
  await expect(page).toHaveURL(/\/$/);
  await board.expectCount(all);
});

test("an active filter is named and can be removed", async ({ page, board }) => {
  await board.open("?status=go,tbc");
  await page.getByRole("link", { name: "Remove filter Status: Go or TBC" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("the number of results is announced after typing", async ({ page, board }) => {
  await board.open();
  await board.search.fill("falcon");
  const count = await board.counted();
  await expect(page.getByRole("status").filter({ hasText: `${count} launches` })).toBeAttached();
});

test("the CSV link has the filters, and its rows match the count", async ({ page, board }) => {
  await board.open("?status=go");
  const href = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
  expect(href).toBe("/api/v1/launches.csv?status=go");
  const response = await page.request.get(href ?? "");
  expect(response.status()).toBe(200);
  const rows = (await response.text()).trim().split(/\r?\n/);
  expect(rows.length - 1).toBe(await board.counted());
});

test.describe("an address with an unknown key", () => {
  test.use({ expectedStatus: 400 });

  test("returns 400 and names the key", async ({ page, board }) => {
    const response = await page.goto("/?planet=mars");
    expect(response?.status()).toBe(400);
    await board.ready();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("planet");
    await page.getByRole("link", { name: "Back to the board" }).click();
    await expect(board.cards).toHaveCount(24);
  });
});

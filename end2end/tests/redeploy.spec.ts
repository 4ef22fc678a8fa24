import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

// A tab that stays open while the server gets another version of the program: the files of the old version are gone.

test.use({ goesAway: true, expectedStatus: 404 });

const main = (page: Page) => page.getByRole("navigation", { name: "Main" });
const view = (page: Page, name: string) => page.getByRole("navigation", { name: "View" }).or(page.getByRole("group", { name: "View" })).first().getByRole("link", { name });

/** From now on the server has none of the files that this tab knows; a newly loaded page gets the current ones. */
async function redeploy(page: Page): Promise<void> {
  const old = await page.evaluate(() => Object.values(document.getElementById("boot")!.dataset).join(" ").split(" "));
  const gone = new Set(old.filter((file) => file!.startsWith("/pkg/")));
  let isOld = true;
  await page.route("**/pkg/**", async (route) => {
    if (isOld && gone.has(new URL(route.request().url()).pathname)) await route.fulfill({ status: 404, body: "not found" });
    else await route.continue();
  });
  page.on("request", (request) => {
    if (request.isNavigationRequest()) isOld = false;
  });
  await page.evaluate(() => Object.assign(window, { isOld: true }));
}

const isOld = (page: Page) => page.evaluate(() => "isOld" in window);

test("switching the view reloads the page at the new address", async ({ page, board }) => {
  await board.open("?status=go");
  await redeploy(page);
  await view(page, "Table").click();
  await expect(page.getByRole("region", { name: "Launches", exact: true }).getByRole("table").first()).toBeVisible();
  await board.ready();
  expect(await isOld(page)).toBe(false);
  expect(new URL(page.url()).search).toMatch(/status=go/);
  expect(new URL(page.url()).search).toMatch(/view=table/);
});

test("opening another page reloads it, without an error about the connection", async ({ page, board }) => {
  await board.open();
  await redeploy(page);
  const said: string[] = [];
  await page.exposeFunction("heard", (text: string) => said.push(text));
  await page.evaluate(() => new MutationObserver(() => (window as unknown as { heard: (text: string) => void }).heard(document.body.innerText)).observe(document.body, { childList: true, subtree: true }));
  await main(page).getByRole("link", { name: "Analysis" }).click();
  await expect(page).toHaveURL(/\/analysis$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await board.ready();
  expect(await isOld(page)).toBe(false);
  expect(said.filter((text) => /could not be reached|connection/i.test(text))).toEqual([]);
});

test("a missing chart script reloads the page", async ({ page, board }) => {
  await page.goto("/dictionary");
  await expect(page.locator("html[data-ready][data-keys]")).toBeAttached();
  await redeploy(page);
  // The board is in the main program; its charts are not, and are fetched when one comes near the viewport.
  await main(page).getByRole("link", { name: "Board" }).click();
  await page.getByRole("figure").first().scrollIntoViewIfNeeded();
  await expect.poll(() => isOld(page).catch(() => true)).toBe(false);
  await board.ready();
  expect(new URL(page.url()).pathname).toBe("/");
});

test("a missing palette chunk reloads the page", async ({ page }) => {
  await page.goto("/dictionary");
  await expect(page.locator("html[data-ready][data-keys]")).toBeAttached();
  await redeploy(page);
  await page.keyboard.press("Control+k");
  await expect.poll(() => isOld(page).catch(() => true)).toBe(false);
  await expect(page).toHaveURL(/\/dictionary$/);
});

test("opening the map reloads the page", async ({ page, board }) => {
  await board.open("?view=table");
  await redeploy(page);
  await view(page, "Map").click();
  await expect.poll(() => isOld(page).catch(() => true)).toBe(false);
  await expect(page).toHaveURL(/view=map/);
});

test("a response of another version shows an error that does not blame the connection, with a retry", async ({ page, board }) => {
  await board.open();
  await redeploy(page);
  const link = board.cards.first().getByRole("heading").getByRole("link");
  const title = (await link.innerText()).trim();
  await page.unrouteAll();
  // The files exist (this browser has them), and the function responds in another format.
  await page.route("**/api/launch*", (route) => route.fulfill({ status: 200, contentType: "application/json", body: '{"form":"of another version"}' }));
  await link.click();
  await expect(page.getByRole("heading", { name: "Unexpected response" })).toBeVisible();
  await expect(page.getByText("could not be reached")).toHaveCount(0);
  await page.unrouteAll();
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
});

test("if the files stay missing, the page reloads once and then shows a message", async ({ page, board }) => {
  await board.open();
  const loads: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads.push(request.url());
  });
  await page.route("**/pkg/**", (route) => (/\.css$/.test(route.request().url()) ? route.continue() : route.fulfill({ status: 404, body: "not found" })));
  await main(page).getByRole("link", { name: "Choose" }).click();
  await expect(page.getByRole("status").filter({ hasText: "A part of this page could not be loaded." })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(loads.length).toBeLessThanOrEqual(2);
  await expect(page.getByText("could not be reached")).toHaveCount(0);
});

test("a failed prefetch does not reload the page, and the next link loads a complete page", async ({ page, board }) => {
  await board.open();
  await expect(page.locator("html[data-keys]")).toBeAttached();
  await redeploy(page);
  const link = main(page).getByRole("link", { name: "Choose" });
  await link.hover();
  await expect(page.locator("html[data-replaced]")).toBeAttached();
  expect(await isOld(page)).toBe(true);
  await link.click();
  await expect(page).toHaveURL(/\/choose$/);
  await board.ready();
  expect(await isOld(page)).toBe(false);
});

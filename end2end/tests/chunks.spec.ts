import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Records the requested files of the browser half, without their hashes. */
function asked(page: Page): string[] {
  const files: string[] = [];
  page.on("request", (request) => {
    const [, stem] = request.url().match(/\/pkg\/(\w+)\.\w+\.wasm$/) ?? [];
    if (stem) files.push(stem);
  });
  return files;
}

const main = (page: Page) => page.getByRole("navigation", { name: "Main" });
const view = (page: Page, name: string) => page.getByRole("navigation", { name: "View" }).or(page.getByRole("group", { name: "View" })).first().getByRole("link", { name });

/** The files other than the main program. */
const parts = (files: string[]) => [...new Set(files.filter((file) => file !== "mooncoon_bg"))].sort();

test("the board with cards loads no chunk", async ({ page, board }) => {
  const files = asked(page);
  await page.goto("/");
  await board.ready();
  await expect(board.cards.first()).toBeVisible();
  // The last script of a page has run: anything that is prefetched has been requested by now.
  await expect(page.locator("html[data-keys]")).toBeAttached();
  expect(parts(files)).toEqual([]);
});

for (const [path, part] of [
  ["/?view=table", "views"],
  ["/choose", "pages"],
]) {
  test(`${path} loads its own chunk, once, with the main program`, async ({ page }) => {
    const files = asked(page);
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-ready", "");
    expect(parts(files)).toEqual([part, "shared"].sort());
    expect(files.filter((file) => file === part)).toHaveLength(1);
  });
}

test("hovering over a link fetches the chunk of its page", async ({ page, board }) => {
  const files = asked(page);
  await page.goto("/");
  await board.ready();
  const link = main(page).getByRole("link", { name: "Choose" });
  await link.hover();
  await expect.poll(() => parts(files)).toEqual(["pages", "shared"]);
  await link.click();
  await expect(page).toHaveURL(/\/choose$/);
  await expect(page.getByRole("region", { name: "Loading" })).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test.describe("a chunk that cannot be loaded", () => {
  test.use({ goesAway: true });

  test("shows an error in place of the view, and is requested again", async ({ page, board }) => {
    await page.goto("/");
    await board.ready();
    await page.route("**/pkg/**", (route) => route.abort());
    await view(page, "Table").click();
    const results = page.getByRole("region", { name: "Launches" });
    await expect(results.getByRole("heading", { name: "The server could not be reached" })).toBeVisible();
    await view(page, "Cards").click();
    await expect(board.cards.first()).toBeVisible();
    await page.unroute("**/pkg/**");
    await view(page, "Table").click();
    await expect(results.getByRole("table").first()).toBeVisible();
  });

  test("shows an error in place of the page, and back restores the board", async ({ page, board }) => {
    await page.goto("/");
    await board.ready();
    await page.route("**/pkg/**", (route) => route.abort());
    await main(page).getByRole("link", { name: "Choose" }).click();
    await expect(page.getByRole("heading", { name: "The server could not be reached" })).toBeVisible();
    await page.goBack();
    await board.ready();
    await expect(board.cards.first()).toBeVisible();
  });

  for (const [missing, what] of [
    ["pages", "a part"],
    ["mooncoon_bg", "the program"],
  ]) {
    test(`leaves the server's markup with a message above it: ${what}`, async ({ page }) => {
      await page.route(`**/pkg/${missing}.*`, (route) => route.abort());
      await page.goto("/choose");
      const banner = page.getByRole("status").filter({ hasText: "A part of this page could not be loaded." });
      await expect(banner).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await main(page).getByRole("link", { name: "Pipeline" }).click();
      await expect(page).toHaveURL(/\/pipeline$/);
      await expect(banner).toBeVisible();
      await page.unroute(`**/pkg/${missing}.*`);
      await banner.getByRole("link", { name: "Reload" }).click();
      await expect(page.locator("html")).toHaveAttribute("data-ready", "");
      await expect(banner).toHaveCount(0);
    });
  }
});

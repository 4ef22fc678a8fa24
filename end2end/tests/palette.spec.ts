import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Opens a page and waits until its key handlers are registered. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator("html[data-ready][data-keys]")).toBeAttached();
}

const palette = (page: Page): Locator => page.getByRole("dialog", { name: "Commands" });
const field = (page: Page): Locator => page.getByRole("combobox", { name: "Command" });
const chosen = (page: Page): Locator => palette(page).getByRole("option", { selected: true });

/** Opens the palette, types, waits until the expected entry is selected, and runs it. */
async function command(page: Page, words: string, entry: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  await field(page).fill(words);
  await expect(chosen(page)).toHaveText(entry);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toHaveCount(0);
}

/** Returns a launch of the list whose name is not part of another name. */
async function someLaunch(page: Page): Promise<{ id: string; name: string }> {
  const { results } = await (await page.request.get("/api/v1/launches?limit=40")).json();
  const names: string[] = results.map(({ name }: { name: string }) => name);
  return results.find(({ name }: { name: string }) => names.filter((other) => other.includes(name)).length === 1);
}

const violations = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`);
};

test("the palette is fetched when it is opened, and opens a page", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/pkg/palette.")) fetched.push(request.url());
  });
  await open(page, "/");
  expect(fetched).toEqual([]);
  await command(page, "dictio", /^Dictionary/);
  await expect(page).toHaveURL(/\/dictionary$/);
  expect(fetched).toHaveLength(1);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await command(page, "pipel", /^Pipeline/);
  await expect(page).toHaveURL(/\/pipeline$/);
});

test("a command sets a filter, shows it as active, and removes it", async ({ page, board }) => {
  await open(page, "/");
  const all = await board.counted();
  await command(page, "provider: spacex", /^Provider: SpaceX/);
  await expect(page).toHaveURL(/\?provider=\d+$/);
  await expect.poll(() => board.counted()).toBeLessThan(all);
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("group", { name: "Active filters" }).getByRole("option")).toHaveText([/^Remove Provider: SpaceX/, /^Clear all filters/]);
  await field(page).fill("provider: spacex");
  await expect(palette(page).getByRole("option", { name: /^Provider: SpaceX active/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await command(page, "remove provider", /^Remove Provider: SpaceX/);
  await expect(page).toHaveURL(/\/$/);
  await board.expectCount(all);
});

test("commands for filters and views keep the rest of the query", async ({ page }) => {
  await open(page, "/?q=falcon");
  await command(page, "status: go", /^Status: Go/);
  await expect(page).toHaveURL(/q=falcon/);
  await expect(page).toHaveURL(/status=go/);
  await command(page, "view: table", /^View: Table/);
  await expect(page).toHaveURL(/view=table/);
  await expect(page).toHaveURL(/status=go/);
  await expect(page.getByRole("table").last()).toContainText("Falcon");
});

test("launches are found by name on a page other than the board", async ({ page }) => {
  const { id, name } = await someLaunch(page);
  await open(page, "/pipeline");
  await page.keyboard.press("Control+k");
  await field(page).fill(name);
  const launch = palette(page).getByRole("group", { name: "Launches" }).getByRole("option").first();
  await expect(launch).toContainText(name);
  await expect(palette(page).getByRole("status")).toHaveText(/^\d+ commands$/);
  await launch.click();
  await expect(page).toHaveURL(new RegExp(`/launches/${id}$`));
});

test("words search the board, and a name opens its page", async ({ page, board }) => {
  await open(page, "/dictionary");
  await page.keyboard.press("Control+k");
  await field(page).fill("spacex");
  const provider = palette(page).getByRole("option", { name: /^SpaceX provider/ });
  await expect(provider).toBeVisible();
  await palette(page).getByRole("option", { name: /^Search the board for .spacex. \d+ launches/ }).click();
  await expect(page).toHaveURL(/\/\?q=spacex$/);
  await expect(board.cards.first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await field(page).fill("spacex");
  await palette(page).getByRole("option", { name: /^SpaceX provider/ }).first().click();
  await expect(page).toHaveURL(/\/providers\/\d+$/);
});

test("words without a match still search the board", async ({ page }) => {
  await open(page, "/pipeline");
  await page.keyboard.press("Control+k");
  await field(page).fill("zzzz");
  await expect(palette(page).getByRole("option")).toHaveText([/^Search the board for .zzzz. ?0 launches/, /^Search past launches too/]);
});

test("theme, time zone, link and export are commands", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/?status=go");
  await command(page, "dark and light", /^Switch between dark and light/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await command(page, "my zone", /^Times in my zone/);
  await expect(page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Local" })).toHaveAttribute("aria-pressed", "true");
  await command(page, "copy the link", /^Copy the link/);
  await expect(page.getByText("Link copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/\?status=go$/);
  const download = page.waitForEvent("download");
  await command(page, "csv", /^Export as CSV/);
  expect((await download).url()).toMatch(/\/api\/v1\/launches\.csv\?status=go$/);
});

test("saved views are commands, and their names are escaped", async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem("mooncoon.views", "To the Moon\tmoon=surface\n<img src=x onerror=boom>\tq=x\n");
  });
  await open(page, "/pipeline");
  await page.keyboard.press("Control+k");
  const views = palette(page).getByRole("group", { name: "Saved views" }).getByRole("option");
  await expect(views).toHaveText([/^To the Moon/, /^<img src=x onerror=boom>/]);
  await views.first().click();
  await expect(page).toHaveURL(/\/\?moon=surface$/);
  // The palette offers what the page has, and the board is rendered after its address has changed.
  await expect(page.locator("summary", { hasText: "Saved views" })).toBeAttached();
  await command(page, "save this view", /^Save this view/);
  await expect(page.getByRole("textbox", { name: "Name of this view" })).toBeFocused();
});

test("the focus stays in the palette and returns when it closes", async ({ page }) => {
  await open(page, "/");
  const button = page.getByRole("button", { name: "Commands" });
  await button.click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const first = await chosen(page).textContent();
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).not.toHaveText(first ?? "");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", /^palette-2$/);
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page)).toHaveText(first ?? "");
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    // After the last element the browser's own controls get the focus; then the active element is the body.
    expect(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement?.closest("dialog")))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("the list of keys shows all keys and switches single keys off", async ({ page }) => {
  await open(page, "/");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys.getByRole("heading", { level: 3 })).toHaveText([
    "Anywhere",
    "Anywhere, single keys",
    "On a chart",
    "On the timeline",
    "On the map",
    "In the calendar",
    "On the time travel slider",
  ]);
  await expect(keys.getByText("Go to Pipeline")).toBeVisible();
  await keys.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);

  await open(page, "/");
  await page.keyboard.press("/");
  await page.keyboard.press("?");
  // When the palette is open, the keys pressed before would have had their effect.
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox", { name: "Search" })).not.toBeFocused();
  await command(page, "keyboard", /^Keyboard shortcuts/);
  await keys.getByRole("checkbox").check();
  await page.keyboard.press("Escape");
  // A key that is pressed while the dialog is still there belongs to the dialog.
  await expect(keys).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
});

test("g and a letter open a page, except in a field", async ({ page, board }) => {
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/pipeline$/);
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("g?/");
  await expect(field(page)).toHaveValue("g?/");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/$/);
  await board.search.click();
  await page.keyboard.type("gp?/");
  await expect(board.search).toHaveValue("gp?/");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a key that comes right after the palette has closed works", async ({ page }) => {
  await open(page, "/pipeline");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  // Without a frame in between: the browser still has the focus in the field of the closed dialog.
  const focused = await page.evaluate(() => {
    document.querySelector("dialog")!.close();
    const focused = document.activeElement!;
    for (const key of ["g", "d"]) focused.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return focused.getAttribute("aria-label");
  });
  expect(focused).toBe("Command");
  await expect(page).toHaveURL(/\/dictionary$/);
});

test.describe("without a connection", () => {
  test.use({ goesAway: true });

  test("the palette offers the commands that need no server", async ({ page }) => {
    await open(page, "/");
    await page.keyboard.press("Control+k");
    await page.route("**/api/v1/launches?**", (route) => route.abort());
    await field(page).fill("falcon");
    await expect(palette(page).getByRole("status")).toHaveText(/^\d+ commands$/);
    await palette(page).getByRole("option", { name: /^Search the board for .falcon. board/ }).click();
    await expect(page).toHaveURL(/\?q=falcon$/);
  });
});

test("@phone the palette fills the screen and works by touch", async ({ page, board }) => {
  await open(page, "/");
  await page.getByRole("button", { name: "Commands" }).click();
  // It moves into place with an animation: polled until it has arrived.
  await expect.poll(() => palette(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 });
  const option = palette(page).getByRole("option", { name: /^View: Agenda/ });
  expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await option.click();
  await expect(page).toHaveURL(/view=agenda/);
  await expect(board.search).toBeVisible();
  await page.getByRole("button", { name: "Commands" }).click();
  await palette(page).getByRole("button", { name: "Close" }).click();
  await expect(palette(page)).toHaveCount(0);
});

for (const colorScheme of ["dark", "light"] as const) {
  for (const where of ["", "@phone "]) {
    test(`${where}the palette and the list of keys pass the axe audit, ${colorScheme}`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open(page, "/?status=go");
      await page.getByRole("button", { name: "Commands" }).click();
      await expect(chosen(page)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await field(page).fill("falcon");
      await expect(palette(page).getByRole("group", { name: "Launches" })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await field(page).fill("keyboard sh");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }
}

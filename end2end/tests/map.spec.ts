import { expect, test } from "./fixtures";

const MAP = "?view=map";

test("the map loads its drawing, and the board does not", async ({ page, board }) => {
  const drawings: string[] = [];
  page.on("request", (request) => {
    if (/\/pkg\/world\.[0-9a-f]+\.svg/.test(request.url())) drawings.push(request.url());
  });
  await board.open();
  expect(drawings).toEqual([]);
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Map" }).click();
  await expect(page).toHaveURL(/view=map/);
  await expect.poll(() => drawings.length).toBeGreaterThan(0);
  const land = board.map.locator('use[href$="#land"]');
  await expect(land).toBeAttached();
  await expect.poll(async () => (await land.boundingBox())?.width ?? 0).toBeGreaterThan(300);
});

test("every launch is in the table of the map or listed without a place", async ({ page, board }) => {
  await board.open(MAP);
  const table = page.getByRole("region", { name: "The map as a table" });
  const counts = await table.locator("tbody td:nth-child(3)").allInnerTexts();
  const placed = counts.reduce((sum, count) => sum + Number.parseInt(count, 10), 0);
  const nowhere = await page.getByRole("region", { name: "No place given" }).getByRole("listitem").count();
  expect(placed + nowhere).toBe(await board.counted());
  // The number of launches is the only text of a pin that is not in a group.
  const pins = (await board.pins.locator("> text").allTextContents()).map(Number);
  expect(pins.reduce((sum, count) => sum + count, 0)).toBe(placed);
  await expect(table.getByRole("row").nth(1)).toContainText(/day|twilight|night/);
});

test("zooming in splits pins, by button and by key", async ({ page, board }) => {
  await board.open(MAP);
  const { pins, map: drawing } = board;
  const before = await pins.count();
  for (let step = 0; step < 4; step++) await page.getByRole("button", { name: "Closer", exact: true }).click();
  await expect.poll(() => pins.count()).toBeGreaterThan(before);
  const box = () => drawing.locator("svg").first().getAttribute("viewBox");
  const close = await box();
  await drawing.focus();
  await drawing.press("ArrowRight");
  await expect.poll(box).not.toBe(close);
  await drawing.press("Home");
  await expect.poll(() => pins.count()).toBe(before);
});

test("a pin lists its pads, and a pad toggles its filter", async ({ page, board }) => {
  await board.open(MAP);
  const all = await board.counted();
  await board.pins.filter({ hasText: "Rocket Lab Launch Complex 1" }).click();
  const chosen = page.getByRole("complementary", { name: "Selected pin" });
  await expect(chosen.getByRole("heading", { level: 3 })).toContainText("Rocket Lab Launch Complex 1");
  await chosen.getByRole("link", { name: "Only this pad" }).first().click();
  await expect(page).toHaveURL(/pad=\d+/);
  await expect.poll(() => board.counted()).toBeLessThan(all);
  await chosen.getByRole("link", { name: "All pads again" }).click();
  await expect(page).not.toHaveURL(/pad=/);
  await board.expectCount(all);
});

test("dragging moves the map and selects no pin", async ({ page, board }) => {
  await board.open(MAP);
  const { map: drawing } = board;
  await page.getByRole("button", { name: "Closer", exact: true }).click();
  const title = page.getByRole("complementary", { name: "Selected pin" }).getByRole("heading", { level: 3 });
  const before = await title.innerText();
  const view = await drawing.locator("svg").first().getAttribute("viewBox");
  await drawing.scrollIntoViewIfNeeded();
  const box = (await drawing.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.4, { steps: 5 });
  await page.mouse.up();
  await expect(drawing.locator("svg").first()).not.toHaveAttribute("viewBox", view ?? "");
  await expect(title).toHaveText(before);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the server renders pins and table", async ({ page, board }) => {
    await page.goto(`/${MAP}`);
    await expect(board.pins.first()).toBeAttached();
    await expect(page.getByRole("region", { name: "The map as a table" }).getByRole("row").nth(1)).toBeVisible();
  });
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the map fits the screen, and the pins have large targets", async ({ board }) => {
    await board.open(MAP);
    const box = (await board.map.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    // The first circle of a pin, which is not visible, is as large as a finger needs it.
    const hit = board.pins.first().locator("circle").first();
    await expect.poll(async () => (await hit.boundingBox())?.width ?? 0).toBeGreaterThanOrEqual(26);
  });
});

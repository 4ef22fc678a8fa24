import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Shows the page as on paper, after its preparation for print. */
async function toPaper(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator("html[data-ready][data-keys]")).toBeAttached();
}

/** The head of the first sheet: the content of a pseudo-element. */
const head = (page: Page): Promise<string> => page.locator("[data-printed]").evaluate((top) => getComputedStyle(top, "::after").content);

for (const kind of ["board", "launch", "pipeline"] as const) {
  test(`the printed ${kind} page has its data, address and age, and no controls`, async ({ page }) => {
    const { results } = await (await page.request.get("/api/v1/launches?limit=1")).json();
    const address = { board: "/?status=go", launch: `/launches/${results[0].id}`, pipeline: "/pipeline" }[kind];
    await open(page, address);
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    await toPaper(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Simulated source.")).toBeVisible();
    await expect(page.getByRole("contentinfo").getByText("The Space Devs")).toBeVisible();
    const printed = await head(page);
    expect(printed).toContain(new URL(address, page.url()).href);
    expect(printed).toMatch(/as of \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    for (const role of ["button", "textbox", "searchbox", "combobox", "checkbox", "navigation", "timer"] as const) {
      await expect(page.getByRole(role)).toHaveCount(0);
    }
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    if (kind === "board") {
      await expect(page.getByText("Status: Go")).toBeVisible();
      await expect(page.getByText(/^\d+ launch(es)?$/).first()).toBeVisible();
    }
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
}

test("printing includes every card and every row of the table", async ({ page, board }) => {
  // Hundreds of cards and as many rows are laid out for paper.
  test.slow();
  await open(page, "/");
  const all = await board.counted();
  await expect(board.cards).toHaveCount(24);
  // Here the browser itself announces that it prints.
  await page.pdf({ format: "A4" });
  await expect(board.cards).toHaveCount(all);
  await open(page, "/?view=table&past=true");
  const more = await board.counted();
  expect(more).toBeGreaterThan(all);
  const { rows } = board;
  await expect.poll(() => rows.count()).toBeLessThan(200);
  await toPaper(page);
  await expect(rows).toHaveCount(more);
  // On paper the table is not virtualized: back to the screen first.
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect.poll(() => rows.count()).toBeLessThan(more);
});

test("charts are redrawn in light colours for print", async ({ page }) => {
  await open(page, "/");
  // It has a keyboard cursor once it is drawn, and is drawn once it is near the viewport.
  await page.getByRole("figure").first().scrollIntoViewIfNeeded();
  const chart = page.getByRole("application").first();
  const canvas = chart.locator("canvas");
  await expect(canvas).toBeVisible();
  const picture = (): Promise<string> => canvas.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const dark = await picture();
  await toPaper(page);
  await expect(canvas).toBeVisible();
  await expect.poll(picture).not.toBe(dark);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("the print command waits until all cards are rendered", async ({ page, board }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", String(document.querySelectorAll("[aria-labelledby=launches] li").length));
  });
  await open(page, "/");
  const all = await board.counted();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("print");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-printed", String(all));
});

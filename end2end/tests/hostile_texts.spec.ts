import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { inventedLaunches, type Ll2Launch, OwnProgram } from "./program";

// Every text of every record is markup, script or a direction control (simulator: hostile-texts). The server's output is tested by
// server/tests/it/hostile.rs; this file tests both halves in a browser.

test.describe.configure({ mode: "serial" });

let own: OwnProgram;
let launches: Ll2Launch[];

test.beforeAll(async () => {
  test.setTimeout(240_000);
  own = await OwnProgram.start("hostile");
  launches = await inventedLaunches(40, "--fault", "hostile-texts");
  await own.import("2026-02-20T06:00:00Z", launches);
});

test.afterAll(async () => own?.end());

/** Records when the page leaves, opens a dialog, or loads from elsewhere; console errors fail every spec. */
function watch(page: Page): string[] {
  const wrongs: string[] = [];
  page.on("dialog", (dialog) => {
    wrongs.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${own.base}/`) && !request.url().startsWith("data:")) wrongs.push(`asked for ${request.url()}`);
  });
  page.on("framenavigated", (frame) => {
    if (!frame.url().startsWith(own.base)) wrongs.push(`went to ${frame.url()}`);
  });
  return wrongs;
}

/** Elements and attributes that none of our pages has, in the current document. */
const foreign = (page: Page) =>
  page.evaluate(() => {
    const found = [...document.querySelectorAll("meta[http-equiv], base, iframe, object, embed, style, [srcdoc], [autofocus], img[src='x']")].map((part) => part.outerHTML.slice(0, 120));
    const titles = document.querySelectorAll("head > title").length;
    const handlers = [...document.querySelectorAll("*")].flatMap((part) => part.getAttributeNames().filter((name) => name.startsWith("on")));
    return [...found, ...handlers, ...(titles === 1 ? [] : [`${titles} titles`])];
  });

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${own.base}${path}`);
  await expect(page.locator("html[data-ready]"), path).toBeAttached();
  expect(new URL(page.url()).pathname).toBe(path.split("?")[0]);
}

/** Scrolls through the page, so that everything that waits for the viewport is drawn, mainly charts. */
async function walk(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 700) {
      scrollTo(0, y);
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
  });
}

test("no page navigates or loads from elsewhere, and every page hydrates", async ({ page }) => {
  // About thirty pages, and each is scrolled through.
  test.setTimeout(300_000);
  const wrongs = watch(page);
  const { results } = (await (await page.request.get(`${own.base}/api/v1/launches?limit=100`)).json()) as {
    results: { id: string; provider: { id: number }; rocket: { id: number }; pad: { id: number } }[];
  };
  expect(results).toHaveLength(launches.length);
  const [first, second] = results;
  const paths = [
    ...["/", "/?view=table", "/?view=timeline", "/?view=map", "/?view=calendar", "/?view=agenda", "/?past=true"],
    ...["/choose", "/analysis", "/scorecard", "/pipeline", "/dictionary", `/compare?ids=${first.id},${second.id}`],
    ...[`/providers/${first.provider.id}`, `/rockets/${first.rocket.id}`, `/pads/${first.pad.id}`],
    ...results.slice(0, 16).map(({ id }) => `/launches/${id}`),
  ];
  for (const path of paths) {
    await open(page, path);
    await walk(page);
    expect(await foreign(page), path).toEqual([]);
    // Charts are drawn, whatever their names contain.
    await expect(page.getByText("This chart could not be drawn.").filter({ visible: true }), path).toHaveCount(0);
  }
  expect(wrongs).toEqual([]);
});

test("the title is the name of the launch, before and after hydration", async ({ page }) => {
  test.slow();
  const { results } = (await (await page.request.get(`${own.base}/api/v1/launches?limit=12`)).json()) as { results: { id: string; name: string; mission: { name: string } | null }[] };
  // Text that is written from right to left, or changes direction, is between invisible isolates.
  const bare = (text: string) => text.replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ");
  for (const { id, name, mission } of results) {
    const title = bare(`${mission?.name ?? name} · Mooncoon`);
    await page.goto(`${own.base}/launches/${id}`, { waitUntil: "commit" });
    await expect.poll(async () => bare(await page.title())).toBe(title);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    expect(bare(await page.title())).toBe(title);
  }
});

test("views, filters, palette and pages rendered in the browser contain no foreign elements", async ({ page, board }) => {
  test.slow();
  const wrongs = watch(page);
  await open(page, "/");
  for (const name of ["Table", "Timeline", "Map", "Calendar", "Agenda"]) {
    await page.getByRole("navigation", { name: "View" }).or(page.getByRole("group", { name: "View" })).first().getByRole("link", { name }).click();
    await expect(page).toHaveURL(new RegExp(`view=${name.toLowerCase()}`));
    await expect(page.getByRole("region", { name: "Loading" })).toHaveCount(0);
    expect(await foreign(page), name).toEqual([]);
  }
  await open(page, "/");
  for (const menu of await board.filters.locator("summary").all()) await menu.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  const found = page.waitForResponse(/\/api\/v1\/launches\?/);
  await page.getByRole("combobox", { name: "Command" }).fill("img");
  await found;
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: /^Search the board for .* \d+ launch/ })).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.locator("a[href^='/launches/']").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  expect(wrongs).toEqual([]);
});

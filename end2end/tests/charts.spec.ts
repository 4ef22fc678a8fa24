import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

// The page's clock does not move, so ECharts' animations would never end.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const NAMES = ["Launches by listed month", "Launches by provider", "Launches by orbit"];
/** Charts of the board's launches after the first three. */
const MORE = ["Launches by day", "Launches by how exactly", "Launches by country", "Launches by pad and hour"];
/** Charts of flown launches. */
const FLOWN = ["Share of known flights", "Days between known launches"];

/** The figure whose unit line starts like this. */
function chart(page: Page, unit: string) {
  return page.getByRole("figure").filter({ hasText: unit });
}

/** The content of the canvas as bytes: the only way to know that it was drawn again. */
async function pixels(figure: Locator) {
  await expect(figure.locator("canvas")).toBeVisible();
  return figure.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
}

async function openMore(page: Page) {
  // Nine charts, drawn without a graphics card.
  test.slow();
  await page.getByText("More charts", { exact: true }).click();
  await expect(page.getByRole("figure")).toHaveCount(NAMES.length + MORE.length + FLOWN.length);
}

/** The drawing of a figure, once it has a keyboard cursor. */
async function drawn(figure: Locator) {
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("canvas")).toBeVisible();
  return figure.getByRole("application");
}

/** The sum of the last column of a figure's table. */
async function sum(figure: Locator) {
  return figure
    .locator("tbody tr")
    .evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.lastElementChild?.textContent), 0));
}

const content = async (download: Download) => readFile(await download.path());

test("each chart has a finding, a canvas and a table", async ({ page, board }) => {
  await board.open();
  for (const unit of NAMES) {
    const figure = chart(page, unit);
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.getByRole("heading", { level: 3 })).toHaveText(/\d/);
    await expect(figure.locator("canvas")).toBeVisible();
    await figure.getByText("Table", { exact: true }).click();
    await expect(figure.getByRole("table")).toBeVisible();
    await expect(figure.getByRole("row")).not.toHaveCount(1);
  }
});

test("the table of each chart adds up to the number of launches", async ({ page, board }) => {
  await board.open();
  const { count } = await (await page.request.get("/api/v1/launches?limit=1")).json();
  for (const unit of NAMES) {
    const sum = await chart(page, unit)
      .locator("tbody tr")
      .evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.lastElementChild?.textContent), 0));
    expect(sum, unit).toBe(count);
  }
});

test("a filter redraws every chart in its canvas", async ({ page, board }) => {
  await board.open();
  const figures = NAMES.map((unit) => chart(page, unit));
  await figures[0].scrollIntoViewIfNeeded();
  const before: string[] = [];
  for (const figure of figures) before.push(await pixels(figure));
  const titles = await Promise.all(figures.map((figure) => figure.getByRole("heading").textContent()));

  await board.chip("Status", "Go").click();
  await expect(page).toHaveURL(/status=go/);

  for (const [at, figure] of figures.entries()) {
    await expect(figure.getByRole("heading")).not.toHaveText(titles[at] ?? "");
    await expect.poll(() => pixels(figure)).not.toBe(before[at]);
    await expect(figure.locator("canvas")).toHaveCount(1);
  }
});

test("a row of a chart's table filters the board, and a second click removes the filter", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by provider");
  await figure.scrollIntoViewIfNeeded();
  await figure.getByText("Table", { exact: true }).click();
  const first = figure.getByRole("row").nth(1);
  const count = await first.getByRole("cell").last().textContent();

  await first.getByRole("link").click();
  await expect(page).toHaveURL(/provider=\d+/);
  await expect(figure.getByRole("heading")).toContainText(`${count} of`);
  // The other choices remain next to it, dimmed: the chart still offers a choice.
  await expect(figure.getByRole("row")).not.toHaveCount(2);

  await expect(first.getByRole("link")).toHaveAttribute("aria-current", "true");
  await first.getByRole("link").click();
  await expect(page).not.toHaveURL(/provider=/);
});

test("a click on a bar filters the board", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by provider");
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("canvas")).toBeVisible();
  const box = (await figure.locator("canvas").boundingBox())!;
  // The first bar starts next to the names, in the first of the rows.
  await expect(async () => {
    await page.mouse.click(box.x + 150, box.y + box.height / 14);
    await expect(page).toHaveURL(/provider=\d+/, { timeout: 500 });
  }).toPass();
});

test("the theme switch redraws the charts", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by orbit");
  await figure.scrollIntoViewIfNeeded();
  const before = await pixels(figure);
  await page.getByRole("button", { name: /dark and light/ }).click();
  await expect.poll(() => pixels(figure)).not.toBe(before);
});

test("each chart shows source and time of its data", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  for (const unit of [...NAMES, ...MORE, ...FLOWN]) {
    await expect(chart(page, unit).getByText(/^Simulated data, as of \d+ \w{3} 2026, \d\d:\d\d UTC$/)).toBeVisible();
  }
});

test("\"More charts\" draws the other charts, whose tables add up, with one request", async ({ page, board }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/flown")) asked.push(request.url());
  });
  await board.open();
  await expect(page.getByRole("figure")).toHaveCount(NAMES.length);
  expect(asked).toEqual([]);
  await openMore(page);
  const { count } = await (await page.request.get("/api/v1/launches?limit=1")).json();
  for (const unit of MORE) {
    const figure = chart(page, unit);
    await drawn(figure);
    await expect(figure.getByRole("heading", { level: 3 })).not.toHaveText("");
    await figure.getByText("Table", { exact: true }).click();
    await expect(figure.getByRole("table")).toBeVisible();
    expect(await sum(figure), unit).toBe(count);
  }
  for (const unit of FLOWN) {
    const figure = chart(page, unit);
    await drawn(figure);
    await figure.getByText("Table", { exact: true }).click();
    await expect(figure.getByRole("row")).not.toHaveCount(1);
  }
  expect(asked).toHaveLength(1);

  await page.getByText("More charts", { exact: true }).click();
  await expect(page.getByRole("figure")).toHaveCount(NAMES.length);
});

test("the record of a rocket matches the API's count of its flights", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  const figure = chart(page, "Share of known flights");
  await figure.getByText("Table", { exact: true }).click();
  const row = figure.getByRole("row").nth(1);
  const [flights, success, partial, failure] = (await row.getByRole("cell").allInnerTexts()).map(Number);
  const href = (await row.getByRole("link").getAttribute("href")) ?? "";
  const rocket = new URLSearchParams(href.slice(href.indexOf("?"))).get("rocket");
  const known = async (status: string) =>
    (await (await page.request.get(`/api/v1/launches?past=true&limit=1&rocket=${rocket}&status=${status}`)).json()).count;
  expect([success, partial, failure]).toEqual([await known("success"), await known("partial"), await known("failure")]);
  expect(flights).toBe(success + partial + failure);
});

test("a filter redraws the charts under \"More charts\"", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  const figures = MORE.map((unit) => chart(page, unit));
  const before: string[] = [];
  for (const figure of figures) {
    await drawn(figure);
    before.push(await pixels(figure));
  }
  await board.chip("Status", "Go").click();
  await expect(page).toHaveURL(/status=go/);
  for (const [at, figure] of figures.entries()) {
    await figure.scrollIntoViewIfNeeded();
    await expect.poll(() => pixels(figure)).not.toBe(before[at]);
  }
});

test("arrow keys move over the marks, and Enter toggles the filter", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by provider");
  const area = await drawn(figure);
  const said = figure.getByRole("status");
  await area.focus();
  await expect(said).toBeEmpty();
  const still = await pixels(figure);
  await page.keyboard.press("ArrowDown");
  await expect(said).toHaveText(/^.+: \d+ launch(es)?$/);
  const first = await said.textContent();
  await expect.poll(() => pixels(figure)).not.toBe(still);
  await page.keyboard.press("ArrowDown");
  await expect(said).not.toHaveText(first ?? "");
  await page.keyboard.press("Home");
  await expect(said).toHaveText(first ?? "");

  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/provider=\d+/);
  await expect(said).toHaveText(`${first}, selected`);
  await expect(area).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/provider=/);
  await page.keyboard.press("Escape");
  await expect(said).toBeEmpty();
  await expect.poll(() => pixels(figure)).toBe(still);
});

test("a day of the chart by day filters by that day", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  const figure = chart(page, "Launches by day");
  const area = await drawn(figure);
  const said = figure.getByRole("status");
  await area.focus();
  await page.keyboard.press("Home");
  // Columns are weeks: a step sideways is a week, one down is a day.
  const day = async () => Date.parse(((await said.textContent()) ?? "").replace(/[,:].*/, ""));
  await expect(said).not.toBeEmpty();
  const start = await day();
  await page.keyboard.press("ArrowRight");
  await expect.poll(day).toBe(start + 7 * 86_400_000);
  await page.keyboard.press("ArrowDown");
  await expect.poll(day).toBe(start + 8 * 86_400_000);
  await figure.getByText("Table", { exact: true }).click();
  const row = figure.getByRole("row").nth(1);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/from=(\d{4}-\d\d-\d\d)&to=\1/);
  await expect(figure.getByRole("heading")).toHaveText(/may go on \d+ \w+ 2026$/);
  await expect(row.getByRole("link")).toHaveAttribute("aria-current", "true");
});

test("a bar of several precisions filters by all of them", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  const figure = chart(page, "Launches by how exactly");
  await figure.getByText("Table", { exact: true }).click();
  const row = figure.getByRole("row").filter({ hasText: "to the quarter" });
  const count = Number(await row.getByRole("cell").innerText());
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/precision=q\d/);
  await board.expectCount(count);
  await row.getByRole("link").click();
  await expect(page).not.toHaveURL(/precision=/);
});

test("the hours follow the chosen time zone", async ({ page, board }) => {
  await board.open();
  await openMore(page);
  const figure = chart(page, "Launches by pad and hour");
  await drawn(figure);
  await expect(figure.getByText(/^Launches by pad and hour .* in UTC\b/)).toBeVisible();
  const before = await pixels(figure);
  await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Pad" }).click();
  await expect(figure.getByText(/^Launches by pad and hour .* in each pad's zone\b/)).toBeVisible();
  await expect.poll(() => pixels(figure)).not.toBe(before);
});

test("a chart's table is saved as CSV", async ({ page, board }) => {
  await board.open();
  await board.chip("Status", "Go").click();
  await expect(page).toHaveURL(/status=go/);
  const figure = chart(page, "Launches by provider");
  const saving = page.waitForEvent("download");
  await figure.getByRole("button", { name: "CSV" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("mooncoon-launches-per-provider.csv");
  const lines = (await content(download)).toString("utf8").split("\r\n");
  // Without this mark Excel reads the file in a legacy code page.
  expect(lines[0]).toBe("\ufeffProvider,Launches");
  expect(lines.at(-1)).toBe("");
  const rows = lines.slice(1, -1);
  expect(rows.reduce((sum, row) => sum + Number(row.slice(row.lastIndexOf(",") + 1)), 0)).toBe(await board.counted());
  await expect(page).toHaveURL(/\?status=go$/);
});

test("a chart is saved as a PNG with its texts", async ({ page, board }) => {
  await board.open();
  const figure = chart(page, "Launches by orbit");
  await drawn(figure);
  const saving = page.waitForEvent("download");
  await figure.getByRole("button", { name: "PNG" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("mooncoon-launches-per-orbit.png");
  const bytes = await content(download);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  const canvas = (await figure.locator("canvas").boundingBox())!;
  // Twice the size on the screen, with room for text above and below.
  expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(Math.floor(canvas.width) * 2);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(canvas.height * 2 + 100);
});

for (const [what, isRefused] of [
  ["the whole screen", false],
  ["the whole window where a browser has no full screen", true],
] as const) {
  test(`a chart fills ${what}`, async ({ page, board }) => {
    if (isRefused) await page.addInitScript("delete Element.prototype.requestFullscreen");
    await board.open();
    const figure = chart(page, "Launches by provider");
    await drawn(figure);
    const height = (await figure.locator("canvas").boundingBox())!.height;
    const button = figure.getByRole("button", { name: "Full screen" });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect.poll(async () => (await figure.locator("canvas").boundingBox())!.height).toBeGreaterThan(height * 1.5);
    if (isRefused) {
      const box = (await figure.boundingBox())!;
      expect([box.x, box.y, box.width, box.height]).toEqual([0, 0, 1440, 900]);
      await figure.getByRole("application").focus();
      await page.keyboard.press("Shift+Tab");
      await expect(button).toBeFocused();
      await page.keyboard.press("Escape");
    } else {
      await button.click();
    }
    await expect(button).toHaveAttribute("aria-pressed", "false");
    await expect.poll(async () => (await figure.locator("canvas").boundingBox())!.height).toBe(height);
  });
}

test.describe("without the chart script", () => {
  test.use({ expectedStatus: 404 });

  test("a chart shows an error, and its table still works", async ({ page, board }) => {
    await page.route(/\/pkg\/charts\./, (route) => route.fulfill({ status: 404 }));
    await board.open();
    const figure = chart(page, "Launches by provider");
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.getByText("This chart could not be drawn.")).toBeVisible();
    await expect(figure.getByRole("button")).toHaveText(["CSV"]);
    await figure.getByText("Table", { exact: true }).click();
    await expect(figure.getByRole("table")).toBeVisible();
  });
});

test("flown launches that cannot be read show an error with a retry", async ({ page, board }) => {
  let fails = true;
  await page.route(/\/api\/flown/, (route) => (fails ? route.fulfill({ body: "not JSON" }) : route.continue()));
  await board.open();
  await page.getByText("More charts", { exact: true }).click();
  const note = page.getByText("The launches that have flown could not be read");
  await expect(note).toBeVisible();
  fails = false;
  await note.getByRole("button", { name: "Try again" }).click();
  await expect(chart(page, "Share of known flights")).toBeVisible();
});

/** Opens a launch from the board with a history, which the invented world cannot have because its clock does not move. */
async function openWithHistory(page: Page) {
  await page.route(/\/api\/launch\?/, async (route) => {
    const answer = await route.fetch();
    const view = await answer.json();
    const { detail } = view;
    const precision = (id: number) => ({ id, abbrev: "", name: "" });
    const change = (observed_at: string, kind: string, before: [string, number], after: [string, number], days: number) => ({
      observed_at,
      kind,
      direction: days > 0 ? "later" : "none",
      precision_change: "finer",
      is_after_old_date: false,
      is_slip: kind === "slip",
      is_recycle: false,
      net_before: before[0],
      net_precision_before: precision(before[1]),
      net_after: after[0],
      net_precision_after: precision(after[1]),
      shift_seconds: days * 86_400,
      shift_min_seconds: days * 86_400,
      shift_max_seconds: days * 86_400,
      observed_live: true,
    });
    detail.first_seen_at = "2025-10-01T00:00:00Z";
    detail.changes = [
      change("2026-02-10T00:00:00Z", "firmed", ["2026-04-30T00:00:00Z", 7], ["2026-04-20T10:00:00Z", 1], 0),
      change("2025-12-01T00:00:00Z", "slip", ["2026-03-31T00:00:00Z", 8], ["2026-04-30T00:00:00Z", 7], 30),
    ];
    await route.fulfill({ response: answer, json: view });
  });
  await page.getByRole("main").getByRole("listitem").getByRole("link").and(page.locator('[href^="/launches/"]')).first().click();
  await expect(page).toHaveURL(/\/launches\//);
  const figure = chart(page, "Listed date over the time it was listed");
  await drawn(figure);
  return figure;
}

test("the history of a date has a table row per change and is accessible by keyboard", async ({ page, board }) => {
  await board.open();
  const figure = await openWithHistory(page);
  await expect(figure.getByRole("heading")).toHaveText("It slipped once, by 30 days");
  await figure.getByText("Table", { exact: true }).click();
  await expect(figure.getByRole("row")).toHaveText([/Listed for/, /20 Apr 2026.*now.*firmed up/, /April 2026.*slipped30 days later/, /Q1 2026.*first seen/]);
  await figure.getByRole("application").focus();
  await page.keyboard.press("End");
  await expect(figure.getByRole("status")).toHaveText(/^Mon 20 Apr 2026, 10:00, listed from 10 Feb 2026 until now, firmed up$/);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the charts pass the axe audit, ${colorScheme}`, async ({ page, board }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await board.open();
    await openMore(page);
    for (const unit of [...MORE, ...FLOWN]) await drawn(chart(page, unit));
    await chart(page, "Launches by how exactly").getByText("Table", { exact: true }).click();
    const audit = async (part: string) => {
      const { violations } = await new AxeBuilder({ page })
        .include(part)
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
    };
    await audit("main");
    await openWithHistory(page);
    await audit("figure");
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the charts are in one column, within the screen, with large targets", async ({ page, board }) => {
    await board.open();
    await openMore(page);
    for (const unit of [...MORE, ...FLOWN]) {
      const figure = chart(page, unit);
      await drawn(figure);
      const box = (await figure.boundingBox())!;
      expect(box.x, unit).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, unit).toBeLessThanOrEqual(390);
      for (const tool of [figure.getByRole("button", { name: "CSV" }), figure.getByRole("button", { name: "PNG" }), figure.locator("summary")]) {
        expect((await tool.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test("a chart fills the window", async ({ page, board }) => {
    await page.addInitScript("delete Element.prototype.requestFullscreen");
    await board.open();
    await openMore(page);
    const figure = chart(page, "Launches by country");
    await drawn(figure);
    await figure.getByRole("button", { name: "Full screen" }).click();
    const box = (await figure.boundingBox())!;
    expect([box.x, box.y, box.width]).toEqual([0, 0, 390]);
    await figure.getByRole("button", { name: "Full screen" }).click();
    await expect(figure.getByRole("button", { name: "Full screen" })).toHaveAttribute("aria-pressed", "false");
    await expect.poll(async () => (await figure.boundingBox())!.width).toBeLessThan(390);
  });
});

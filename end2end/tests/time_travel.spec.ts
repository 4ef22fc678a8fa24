import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { dated, inventedLaunches, type Ll2Launch, OwnProgram, PRECISION, STATUS } from "./program";

/** Four states of the same launches: the first slips on the 10th, the second is confirmed on the 20th, the last is deleted on the 25th. */
let own: OwnProgram;
let launches: Ll2Launch[];
let slipping: string;

const TITLE = /^.*\| /;
const LOOKS = ["2026-02-05T06:00:00Z", "2026-02-10T06:00:00Z", "2026-02-20T06:00:00Z", "2026-02-25T06:00:00Z"];

test.beforeAll(async () => {
  test.setTimeout(240_000);
  own = await OwnProgram.start("travel");
  launches = await inventedLaunches(12);
  slipping = launches[0].name.replace(TITLE, "");
  const [first, second, ...others] = launches;
  const planned = { ...first, ...dated("2026-04-02T10:00:00Z"), net_precision: PRECISION.minute, status: STATUS.go };
  const slipped = { ...planned, ...dated("2026-05-31T00:00:00Z"), net_precision: PRECISION.month, status: STATUS.tbd };
  const confirmed = { ...second, status: STATUS.go };
  await own.import(LOOKS[0], [planned, second, ...others]);
  await own.import(LOOKS[1], [slipped, second, ...others]);
  await own.import(LOOKS[2], [slipped, confirmed, ...others]);
  await own.import(LOOKS[3], [slipped, confirmed, ...others.slice(0, -1)]);
});

test.afterAll(async () => own?.end());

test("the slider moves from change to change, and the board shows that state", async ({ page, board }) => {
  await page.goto(own.base);
  await board.ready();
  await board.expectCount(11);
  await page.getByText("Time travel").click();
  const slider = page.getByRole("slider", { name: "Show the board as of" });
  await expect(slider).toHaveAttribute("aria-valuetext", "now");
  await slider.focus();

  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/[?&]as_of=2026-02-20T06:00:0\dZ/);
  await expect(page.getByText("The board as of 20 Feb 2026, 06:00 UTC.")).toBeVisible();
  await board.expectCount(12);
  // It is still there with the focus: the page was not rendered again.
  await expect(slider).toBeFocused();

  await page.keyboard.press("Home");
  await expect(page.getByText("The board as of 5 Feb 2026, 06:00 UTC.")).toBeVisible();
  const card = board.cards.filter({ hasText: slipping }).first();
  await expect(card).toContainText("2 Apr 2026, 10:00");
  await expect(card).not.toContainText("May 2026");

  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("The board as of 10 Feb 2026, 06:00 UTC.")).toBeVisible();
  await expect(board.cards.filter({ hasText: slipping }).first()).toContainText("May 2026");

  await page.goBack();
  await expect(page.getByText("The board as of 5 Feb 2026, 06:00 UTC.")).toBeVisible();
  await page.getByRole("link", { name: "Back to now" }).first().click();
  await expect(page).not.toHaveURL(/as_of/);
  await expect(page.getByText(/^The board as of \d/)).toHaveCount(0);
  await board.expectCount(11);
});

test("a past board has no countdown", async ({ page, board }) => {
  await page.goto(`${own.base}/?as_of=2026-02-06`);
  await board.ready();
  await expect(page.getByText("Next launch, as of then")).toBeVisible();
  await expect(page.getByRole("timer")).toHaveCount(0);
  await expect(page.getByText(/T−/)).toHaveCount(0);
});

test("a shared link opens a past board without a script, and the date field works", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${own.base}/?as_of=2026-02-06&status=go`);
  await expect(page.getByText("The board as of 7 Feb 2026, 00:00 UTC.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Launches", exact: true })).toContainText(slipping);
  const day = page.getByLabel("End of day (UTC)");
  await expect(day).toHaveValue("2026-02-06");
  await day.fill("2026-02-15");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/status=go/);
  await expect(page.getByText("The board as of 16 Feb 2026, 00:00 UTC.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Launches", exact: true })).not.toContainText(slipping);
  await context.close();
});

test("the exports keep the chosen time", async ({ page, board, request }) => {
  await page.goto(`${own.base}/?as_of=2026-02-06&status=go`);
  await board.ready();
  for (const name of ["CSV", "JSON", "ICS", "Atom"]) {
    const href = await page.getByRole("link", { name, exact: true }).first().getAttribute("href");
    expect(href).toMatch(/status=go&as_of=2026-02-07/);
    const text = await (await request.get(own.base + href)).text();
    expect(text).toContain(slipping);
  }
  const json = await (await request.get(`${own.base}/api/v1/launches?as_of=2026-02-06&status=go`)).json();
  expect(json.as_of).toMatch(/^2026-02-05T06:00:00/);
  expect(json.results.map(({ name }: { name: string }) => name)).toEqual([launches[0].name]);
});

test("before the first observation the board says that nothing was observed", async ({ page, board }) => {
  await page.goto(`${own.base}/?as_of=2026-02-01`);
  await board.ready();
  await expect(page.getByRole("heading", { name: "Nothing was observed then" })).toBeVisible();
  await page.getByRole("link", { name: "Back to now" }).first().click();
  await board.expectCount(11);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`a past board passes the axe audit, ${colorScheme}`, async ({ page, board }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${own.base}/?as_of=2026-02-06`);
    await board.ready();
    await expect(page.getByRole("slider")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the controls fit the screen and have large targets", async ({ page, board }) => {
    await page.goto(`${own.base}/?as_of=2026-02-20T06:00:00Z`);
    await board.ready();
    const slider = page.getByRole("slider");
    await expect(slider).toBeVisible();
    expect((await slider.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    // A panel clips its overflow, so the width of the page does not reveal it.
    for (const name of ["To the change before", "To the change after", "Show"]) {
      const box = (await page.getByRole("button", { name, exact: true }).boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(374);
    }
    await page.getByRole("button", { name: "To the change before" }).click();
    await expect(page.getByText("The board as of 10 Feb 2026, 06:00 UTC.")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

import { expect, test } from "./fixtures";
import { type BoardPage, numberIn } from "./pages/board_page";

/** Every facet that is a list, in its place on a wide screen, with the format of its key. */
const LISTS = [
  ["Provider", "provider", /^\d+$/],
  ["Rocket", "rocket", /^\d+$/],
  ["Location", "location", /^\d+$/],
  ["Orbit", "orbit", /^\d+$/],
  ["Rocket family", "family", /./],
  ["Pad", "pad", /^\d+$/],
  ["Mission type", "mission_type", /./],
  ["Program", "program", /^(\d+|none)$/],
  ["Country", "country", /^([A-Z]{3}|none)$/],
  ["Crew", "crewed", /^(true|false|unknown)$/],
  ["Reach", "suborbital", /^(true|false|unknown)$/],
  ["Precision", "precision", /^[a-z0-9]+$/],
] as const;

const MENUS = ["Provider", "Rocket", "Location", "Orbit"];

/** Opens the list of a facet on a wide screen. */
async function open({ filters }: BoardPage, label: string) {
  const summary = (text: string) => filters.locator("summary").filter({ hasText: new RegExp(`^${text}\\s*\\d*$`) });
  if (MENUS.includes(label)) await summary(label).first().click();
  else {
    await summary("More").click();
    await summary(label).last().click();
  }
  return filters.getByRole("group", { name: label, exact: true });
}

for (const [label, key, value] of LISTS) {
  test(`${label}: the result has as many launches as the option says, and its chip removes the filter`, async ({ page, board }) => {
    await board.open();
    const all = await board.counted();
    const options = await open(board, label);
    const first = options.locator("label").first();
    const count = numberIn(await first.innerText());
    await first.getByRole("checkbox").check();
    await expect.poll(() => new URL(page.url()).searchParams.get(key) ?? "").toMatch(value);
    await board.expectCount(count);
    // The same query to the API, and to the server's first view.
    const { search } = new URL(page.url());
    const answer = await (await page.request.get(`/api/v1/launches${search}`)).json();
    expect(answer.count).toBe(count);
    await board.open(search);
    await board.expectCount(count);
    await page.getByRole("link", { name: new RegExp(`^Remove filter ${label}: `) }).click();
    await expect(page).toHaveURL(/\/$/);
    await board.expectCount(all);
  });
}

test("the counts of options respect the other filters", async ({ page, board }) => {
  await board.open("?status=go");
  const options = await open(board, "Provider");
  const labels = await options.locator("label:visible").all();
  for (const label of labels.slice(0, 3)) {
    const count = numberIn(await label.innerText());
    const id = await label.getByRole("checkbox").getAttribute("value");
    const answer = await (await page.request.get(`/api/v1/launches?limit=1&status=go&provider=${id}`)).json();
    expect(answer.count).toBe(count);
  }
});

test("a long list shows its most used options first, all on request, and has a search", async ({ page, board }) => {
  await board.open();
  const options = await open(board, "Provider");
  await expect(options.locator("label:visible")).toHaveCount(8);
  const counts = (await options.locator("label:visible").allInnerTexts()).map(numberIn);
  expect(counts).toEqual([...counts].sort((left, right) => right - left));
  const all = options.getByRole("button", { name: /^Show all \d+$/ });
  const count = numberIn(await all.innerText());
  await all.click();
  await expect(options.locator("label:visible")).toHaveCount(count);
  await options.getByRole("button", { name: "Show fewer" }).click();
  const find = options.getByLabel("Find in provider");
  await find.fill("rocket lab");
  await expect(options.locator("label:visible")).toHaveCount(1);
  await find.fill("nobody is called this");
  await expect(options).toContainText("No choice contains this.");
  // Enter neither reloads the page nor sends a query.
  await find.press("Enter");
  await expect(page).toHaveURL(/\/$/);
});

test("\"Clear all\" removes every filter, and one step back restores them", async ({ page, board }) => {
  await board.open("?q=falcon&status=go,tbc&crewed=false,unknown&from=2026-03-01&view=table");
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(4);
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/\/\?view=table$/);
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toHaveCount(4);
});

test("search words are highlighted in cards and table while typing", async ({ page, board }) => {
  await board.open();
  await expect(page.locator("mark")).toHaveCount(0);
  await board.search.fill("falcon heavy");
  const marks = board.cards.first().locator("mark");
  await expect(marks.filter({ hasText: /^Falcon$/ }).first()).toBeVisible();
  await expect(marks.filter({ hasText: /^Heavy$/ }).first()).toBeVisible();
  await board.search.fill("starlink");
  await expect(marks.filter({ hasText: /^Falcon$/ })).toHaveCount(0);
  await expect(marks.filter({ hasText: /^Starlink$/i }).first()).toBeVisible();
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Table" }).click();
  await expect(page.getByRole("table").locator("mark").first()).toHaveText(/starlink/i);
});

test("a status of the chart of months toggles its filter", async ({ page, board }) => {
  await board.open();
  const figure = page.getByRole("figure").filter({ hasText: "Launches by listed month" });
  const go = figure.getByRole("listitem").getByRole("link", { name: /^Go/ });
  await go.click();
  await expect(page).toHaveURL(/\/\?status=go$/);
  await expect(go).toHaveAttribute("aria-current", "true");
  await go.click();
  await expect(page).toHaveURL(/\/$/);
});

test("a month in the chart's table sets the dates", async ({ page, board }) => {
  await board.open();
  const figure = page.getByRole("figure").filter({ hasText: "Launches by listed month" });
  await figure.getByText("Table", { exact: true }).click();
  await figure.getByRole("link", { name: "April 2026" }).click();
  await expect(page).toHaveURL(/\/\?from=2026-04-01&to=2026-04-30$/);
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the sheet has every facet, and long lists have a search", async ({ page, board }) => {
    await board.open();
    await page.getByRole("button", { name: /^Filters/ }).click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    for (const group of ["Status", "Moon", "Crew", "Reach"]) await expect(sheet.getByRole("group", { name: group })).toBeVisible();
    for (const [label] of LISTS.filter(([label]) => !["Crew", "Reach"].includes(label))) {
      await sheet.locator("summary").filter({ hasText: new RegExp(`^${label}$`) }).click();
      await expect(sheet.getByRole("group", { name: label, exact: true }).locator("label:visible").first()).toBeVisible();
      await sheet.locator("summary").filter({ hasText: new RegExp(`^${label}$`) }).click();
    }
    await sheet.locator("summary").filter({ hasText: /^Provider$/ }).click();
    await sheet.getByLabel("Find in provider").fill("rocket lab");
    const option = sheet.getByRole("group", { name: "Provider", exact: true }).locator("label:visible");
    await expect(option).toHaveCount(1);
    await option.getByRole("checkbox").check();
    await expect(page).toHaveURL(/\?provider=\d+$/);
    expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });

  test("the table keeps its column heads in view and renders only visible rows", async ({ page, board }) => {
    await board.open("?view=table");
    const region = page.getByRole("region", { name: "Launches as a table" });
    await region.evaluate((element) => {
      element.scrollIntoView({ block: "center" });
      element.scrollTo(0, 4000);
    });
    await expect.poll(() => board.rows.count()).toBeLessThan(90);
    await expect(region.getByRole("columnheader", { name: /^Launch/ })).toBeInViewport();
  });

  test("columns and sort keys of the table are chosen by touch", async ({ page, board }) => {
    await board.open("?view=table");
    const heads = page.getByRole("region", { name: "Launches as a table" }).getByRole("columnheader");
    const columns = await board.menu("Columns");
    await columns.getByRole("checkbox", { name: "Provider" }).uncheck();
    await expect(heads.nth(1)).toContainText("Rocket");
    await expect(page).toHaveURL(/columns=rocket,net,status,moon,delta_v,orbit,location$/);
    await page.getByLabel("Sort by").selectOption("rocket");
    await page.getByLabel("Then by").selectOption("name");
    await expect(page).toHaveURL(/sort=rocket,name$/);
    await expect(heads.nth(0)).toContainText("2");
  });
});

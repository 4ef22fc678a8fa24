import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

interface Listed {
  id: string;
  name: string;
  mission: { name: string } | null;
}

async function listed(page: Page, query: string): Promise<Listed[]> {
  return (await (await page.request.get(`/api/v1/launches?${query}`)).json()).results;
}

function title({ name, mission }: Listed): string {
  return mission?.name ?? name.split(" | ")[1];
}

async function openTable(page: Page, launches: Listed[]): Promise<void> {
  await page.goto(`/compare?ids=${launches.map(({ id }) => id).join(",")}`);
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

test("check boxes on cards fill the tray, which links to the comparison", async ({ page, board }) => {
  await board.open();
  const names: string[] = [];
  for (const at of [0, 2]) {
    const card = board.cards.nth(at);
    names.push(await card.getByRole("heading").innerText());
    await card.getByRole("checkbox", { name: /^Compare / }).check();
  }
  const tray = page.getByRole("region", { name: "Launches to compare" });
  await expect(tray.getByRole("status")).toHaveText("2 launches chosen.");
  // The choice survives a reload.
  await page.reload();
  await expect(tray.getByRole("status")).toHaveText("2 launches chosen.");
  await expect(board.cards.first().getByRole("checkbox", { name: /^Compare / })).toBeChecked();
  await tray.getByRole("link", { name: "Compare 2" }).click();
  await expect(page).toHaveURL(/\/compare\?ids=[0-9a-f-]{36},[0-9a-f-]{36}$/);
  for (const name of names) await expect(page.getByRole("columnheader", { name })).toBeVisible();
  await expect(tray).toBeHidden();
});

test("a row of the table has a check box, and links to the provider", async ({ page, board }) => {
  await board.open("?view=table");
  const row = board.rows.first();
  await row.getByRole("checkbox", { name: /^Compare / }).check();
  await expect(page.getByRole("region", { name: "Launches to compare" }).getByRole("status")).toHaveText(
    "1 launch chosen. Choose another to compare.",
  );
  await row.locator('a[href^="/providers/"]').click();
  await expect(page).toHaveURL(/\/providers\/\d+$/);
  await expect(page.getByRole("region", { name: "Launches to compare" })).toBeVisible();
});

test("a fifth launch cannot be chosen, and the tray gives the reason", async ({ page, board }) => {
  await board.open();
  for (const at of [0, 1, 2, 3]) await board.cards.nth(at).getByRole("checkbox", { name: /^Compare / }).check();
  const tray = page.getByRole("region", { name: "Launches to compare" });
  await expect(tray.getByRole("status")).toHaveText("4 launches chosen, which is the maximum.");
  await expect(board.cards.nth(4).getByRole("checkbox", { name: /^Compare / })).toBeDisabled();
  await tray.getByRole("button", { name: /^Remove / }).first().click();
  await expect(board.cards.nth(4).getByRole("checkbox", { name: /^Compare / })).toBeEnabled();
  await tray.getByRole("button", { name: "Clear" }).click();
  await expect(tray).toBeHidden();
});

test("rows that differ are marked, and equal rows can be hidden", async ({ page }) => {
  const [one] = await listed(page, "precision=min&limit=1");
  const [other] = await listed(page, "precision=y&limit=1");
  await openTable(page, [one, other]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2 launches side by side");
  const known = page.getByRole("row", { name: /^Date known/ });
  await expect(known).toContainText("differs");
  await expect(known.getByRole("cell")).toHaveText(["to the minute", "to the year"]);
  await expect(page.getByRole("row", { name: /^Time left/ }).getByRole("cell").last()).toHaveText("no countdown: the date is vague");
  const equal = page.getByRole("row").filter({ has: page.getByRole("rowheader"), hasNotText: "differs" });
  const same = page.getByRole("rowheader", { name: (await equal.first().getByRole("rowheader").textContent())!, exact: true });
  await expect(same).toBeVisible();
  await page.getByRole("checkbox", { name: "Only differences" }).check();
  await expect(same).toBeHidden();
  await expect(equal).toHaveCount(0);
  await expect(known).toBeVisible();
});

test("a launch is removed by its column, also from the address", async ({ page }) => {
  const launches = await listed(page, "limit=3");
  await openTable(page, launches);
  await page.getByRole("link", { name: `Remove ${title(launches[1])}` }).first().click();
  await expect(page).toHaveURL(`/compare?ids=${launches[0].id},${launches[2].id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2 launches side by side");
});

test("the same launch twice counts as one, which is not compared", async ({ page }) => {
  const [one] = await listed(page, "limit=1");
  const answer = await page.goto(`/compare?ids=${one.id},${one.id}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a second launch");
});

test("without ids the page says that nothing is chosen", async ({ page }) => {
  expect((await page.goto("/compare"))?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No launches chosen");
});

test("an unknown launch among known ones is reported by its id", async ({ page }) => {
  const launches = await listed(page, "limit=2");
  const unknown = "00000000-0000-4000-8000-000000000000";
  const answer = await page.goto(`/compare?ids=${launches.map(({ id }) => id).join(",")},${unknown}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByText(`Unknown: ${unknown}.`)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: title(launches[0]) }).first()).toBeVisible();
});

test.describe("only unknown launches", () => {
  test.use({ expectedStatus: 404 });
  test("return 404", async ({ page }) => {
    const ids = ["00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-000000000001"];
    expect((await page.goto(`/compare?ids=${ids.join(",")}`))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Unknown launches");
  });
});

test.describe("an invalid list of ids", () => {
  test.use({ expectedStatus: 400 });
  test("names the value that is not an id", async ({ page }) => {
    expect((await page.goto("/compare?ids=moon,sun"))?.status()).toBe(400);
    await expect(page.getByText('"moon" is not the id of a launch.', { exact: false })).toBeVisible();
  });
  test("with five launches is refused", async ({ page }) => {
    const launches = await listed(page, "limit=5");
    expect((await page.goto(`/compare?ids=${launches.map(({ id }) => id).join(",")}`))?.status()).toBe(400);
    await expect(page.getByText("5 launches are too many to compare", { exact: false })).toBeVisible();
  });
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the comparison passes the axe audit, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await openTable(page, await listed(page, "limit=4"));
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the names stay in view, and only the table scrolls sideways", async ({ page }) => {
    const launches = await listed(page, "limit=3");
    await openTable(page, launches);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const table = page.getByRole("region", { name: "Comparison" });
    await page.getByRole("row", { name: /^Country/ }).scrollIntoViewIfNeeded();
    await expect(page.getByRole("columnheader", { name: title(launches[0]) }).first()).toBeInViewport();
    await table.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await expect(page.getByRole("columnheader", { name: title(launches[2]) }).last()).toBeInViewport();
    await expect(page.getByRole("rowheader", { name: /^Country/ })).toBeInViewport();
  });

  test("the check box has a target of at least 44 px", async ({ board }) => {
    await board.open();
    const label = board.cards.first().locator("label", { hasText: "Compare" });
    expect((await label.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  });
});

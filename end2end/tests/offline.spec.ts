import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { inventedLaunches, type Ll2Launch, OwnProgram, STATUS, title } from "./program";

test.use({ serviceWorkers: "allow", goesAway: true });
test.describe.configure({ mode: "serial" });

let own: OwnProgram;
let launches: Ll2Launch[];

test.beforeAll(async () => {
  test.setTimeout(240_000);
  own = await OwnProgram.start("offline");
  launches = await inventedLaunches(12);
  launches[0].status = STATUS.go;
  await own.import("2026-02-20T06:00:00Z", launches);
});

test.afterAll(async () => own?.end());

/** Waits until the service worker has everything that it needs without the network. */
async function kept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(async () => Boolean(navigator.serviceWorker.controller) && Boolean(await caches.match("/kept/page/")) && Boolean(await caches.match("/companion.js"))), {
      timeout: 30_000,
    })
    .toBe(true);
}

const banner = (page: Page) => page.getByText("No connection. Showing the data of 20 Feb 2026, 06:00 UTC. Dates may have changed since.");

for (const device of ["desktop", "phone"] as const) {
  test(`without a connection the last board is shown with its date, and its filters work, ${device}`, { tag: device === "phone" ? "@phone" : [] }, async ({ page, board }) => {
    test.setTimeout(120_000);
    await page.goto(own.base);
    await board.ready();
    await kept(page);
    await expect(banner(page)).toHaveCount(0);
    await own.stop();
    try {
      await page.reload();
      await board.ready();
      await expect(banner(page)).toBeVisible();
      await board.expectCount(12);
      await expect(board.cards.filter({ hasText: title(launches[0]) }).first()).toBeVisible();
      await board.search.fill(title(launches[1]));
      await expect(page).toHaveURL(/q=/);
      await expect(board.cards.filter({ hasText: title(launches[1]) }).first()).toBeVisible();
      // A query that was never sent here is evaluated on the kept board.
      await page.goto(`${own.base}/?status=go&sort=name`);
      await expect(banner(page)).toBeVisible();
      await page.goto(`${own.base}/dictionary`);
      await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
      await page.getByRole("link", { name: "Open the stored board" }).click();
      await board.ready();
      await board.expectCount(12);
    } finally {
      await own.startAgain();
    }
    // The stream reconnects, and the page is one of the present.
    await expect(banner(page)).toHaveCount(0, { timeout: 60_000 });
  });
}

test("the second visit stores the other views for use without a connection", async ({ page, board }) => {
  test.slow();
  await page.goto(own.base);
  await board.ready();
  await kept(page);
  const views = (await page.locator("#boot").getAttribute("data-views"))!.split(" ");
  expect(views.length).toBeGreaterThan(0);
  const missing = () => page.evaluate(async (files) => (await Promise.all(files.map((file) => caches.match(file)))).filter((file) => !file).length, views);
  expect(await missing()).toBe(views.length);
  await page.reload();
  await board.ready();
  await expect.poll(missing, { timeout: 30_000 }).toBe(0);
  await own.stop();
  try {
    await page.reload();
    await board.ready();
    await page.getByRole("navigation", { name: "View" }).or(page.getByRole("group", { name: "View" })).first().getByRole("link", { name: "Table" }).click();
    await expect(page.getByRole("region", { name: "Launches", exact: true }).getByRole("table").first()).toBeVisible();
  } finally {
    await own.startAgain();
  }
});

test("with a connection the page shows current data", async ({ page, board }) => {
  test.slow();
  await page.goto(own.base);
  await board.ready();
  await kept(page);
  await own.import("2026-02-25T06:00:00Z", launches.slice(0, -1));
  await page.reload();
  await board.ready();
  await board.expectCount(11);
  await expect(page.getByText("No connection.")).toHaveCount(0);
});

test("the application can be installed", async ({ page, context, board }) => {
  await page.goto(own.base);
  await board.ready();
  await kept(page);
  const client = await context.newCDPSession(page);
  const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  const { errors } = await client.send("Page.getAppManifest");
  expect(errors).toEqual([]);
});

import type { Page } from "@playwright/test";
import { Days } from "./days";
import { expect, test } from "./fixtures";
import { collectMarks } from "./marks";
import { dated, PRECISION, STATUS, title } from "./program";

const own = Days.ofSpec("live");

for (const view of ["", "?view=table", "?view=timeline", "?view=agenda&day=2026-05-10", "?view=calendar&month=2026-05", "?view=map"]) {
  test(`a published change updates the launch in place: ${view || "cards"}`, async ({ page, board }) => {
    test.slow();
    await page.goto(`${own.base}/${view}`);
    await board.ready();
    const marks = await collectMarks(page);
    const results = page.getByRole("region", { name: "Launches", exact: true });
    const launch = own.launches[0];
    const to = launch.status.id === STATUS.go.id ? STATUS.tbd : STATUS.go;
    await expect(results.getByRole("link", { name: title(launch) }).first()).toBeVisible();
    // Scrolled down, and with the focus on the launch that will change.
    await results.getByRole("link", { name: title(launch) }).first().evaluate((link) => (link as HTMLElement).focus({ preventScroll: true }));
    await page.evaluate(() => scrollTo(0, 400));
    const before = await page.evaluate(() => scrollY);
    await page.evaluate(() => Object.assign(window, { isTheSame: true }));

    await own.publish({ ...launch, status: to });
    await expect(page.getByRole("status").filter({ hasText: "Newer data: 1 changed." })).toBeAttached();
    await expect(results).toContainText(to.abbrev);
    await expect.poll(async () => (await marks()).filter((text) => text.includes(title(launch))).length).toBeGreaterThan(0);
    expect(await page.evaluate(() => [scrollY, "isTheSame" in window])).toEqual([before, true]);
    await expect(results.getByRole("link", { name: title(launch) }).first()).toBeFocused();
  });
}

test("a slip moves the launch on the timeline, and removed and new launches are announced", async ({ page, board }) => {
  await page.goto(`${own.base}/?view=timeline`);
  await board.ready();
  const results = page.getByRole("region", { name: "Launches", exact: true });
  const slipping = own.launches[3];
  await own.publish({ ...slipping, ...dated("2026-11-30T00:00:00Z"), net_precision: PRECISION.month });
  await expect(results.getByRole("link", { name: new RegExp(`^${title(slipping)}, .*: November 2026`) }).first()).toBeAttached();

  const gone = own.launches.pop()!;
  await own.publish();
  await expect(page.getByRole("status").filter({ hasText: "Newer data: 1 no longer listed." })).toBeAttached();
  own.launches.push(gone);
  await own.publish();
  await expect(page.getByRole("status").filter({ hasText: "Newer data: 1 new." })).toBeAttached();
});

test("the palette offers a provider that was published after the page was loaded", async ({ page, board }) => {
  await page.goto(own.base);
  await board.ready();
  await expect(page.locator("html[data-keys]")).toBeAttached();
  const provider = { ...own.launches[4].launch_service_provider, id: 90_001, name: "Nightjar Freight", abbrev: "NJF" };
  await own.publish({ ...own.launches[4], launch_service_provider: provider });
  await expect(page.getByRole("status").filter({ hasText: "Newer data: 1 changed." })).toBeAttached();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("provider: nightjar fr");
  await expect(page.getByRole("option", { name: /^Provider: Nightjar Freight/ })).toBeVisible();
});

test("the tabs of a browser share one stream, also after its tab is closed", async ({ context, page }) => {
  test.slow();
  let streams = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/api/v1/events")) streams++;
  });
  const pages = [page, await context.newPage(), await context.newPage()];
  const ready = async (one: Page) => {
    await one.clock.setFixedTime("2026-03-01T12:00:00Z");
    await one.goto(own.base);
    await expect(one.locator("html[data-ready]")).toBeAttached();
  };
  for (const one of pages) await ready(one);
  await expect.poll(() => streams).toBe(1);
  const told = (one: Page) => expect(one.getByRole("banner").getByRole("link", { name: /as of/ })).toContainText(`${own.day} Feb`);

  await own.publish({ ...own.launches[1], status: STATUS.go });
  // Hidden tabs catch up when they become visible.
  for (const one of pages) {
    await one.bringToFront();
    await told(one);
  }
  expect(streams).toBe(1);

  await page.close();
  await expect.poll(() => streams).toBe(2);
  await own.publish({ ...own.launches[1], status: STATUS.tbd });
  for (const one of pages.slice(1)) {
    await one.bringToFront();
    await told(one);
  }
  expect(streams).toBe(2);
});

/** The events of a stream, one by one; null when it has ended. */
async function listen(): Promise<() => Promise<{ name: string; data: { run_id: number; as_of: string } } | null>> {
  const answer = await fetch(`${own.base}/api/v1/events`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  expect(answer.headers.get("content-encoding")).toBeNull();
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async () => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        if (field("event")) return { name: field("event")!, data: JSON.parse(field("data")!) };
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += value;
    }
  };
}

test("the stream sends the current state, then each publication, and ends with the program", async () => {
  test.setTimeout(120_000);
  const next = await listen();
  const first = await next();
  expect(first).toMatchObject({ name: "published", data: { as_of: expect.stringMatching(new RegExp(`^2026-02-${String(own.day).padStart(2, "0")}`)) } });
  await own.publish({ ...own.launches[2], status: STATUS.go });
  const second = await next();
  expect(second?.name).toBe("published");
  expect(second!.data.run_id).toBeGreaterThan(first!.data.run_id);
  await own.stop();
  expect(await next()).toBeNull();
  await own.startAgain();
  expect((await (await listen())())?.data.run_id).toBe(second!.data.run_id);
});

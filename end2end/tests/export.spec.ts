import type { APIRequestContext } from "@playwright/test";
import { parseFeed } from "@rowanmanning/feed-parser";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import ICAL from "ical.js";
import { NOW } from "../playwright.config";
import { expect, test } from "./fixtures";
import { dated, inventedLaunches, OwnProgram, PRECISION, STATUS } from "./program";

/** The fields of a launch in the API that the files also have. */
type Launch = {
  id: string;
  name: string;
  net: string;
  net_precision: { id: number } | null;
  window_end: string | null;
  status: { abbrev: string };
  provider: { name: string };
  pad: { latitude: number | null };
  mission: { name: string } | null;
  moon: { tier: string };
  score: number | null;
  date_p50: string | null;
  date_p80: string | null;
};

async function listed(request: APIRequestContext, base: string, query = ""): Promise<Launch[]> {
  const rows: Launch[] = [];
  let next: string | null = `/api/v1/launches?limit=500${query && `&${query}`}`;
  while (next) {
    const page: { next: string | null; results: Launch[] } = await (await request.get(base + next)).json();
    rows.push(...page.results);
    next = page.next;
  }
  return rows;
}

const TICKS = [0, 1, 2];

test("another parser reads the calendar: every launch once, with a length that matches its precision", async ({ request }) => {
  const launches = await listed(request, "");
  const answer = await request.get("/api/v1/launches.ics");
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);

  const calendar = new ICAL.Component(ICAL.parse(text));
  expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
  expect(String(calendar.getFirstPropertyValue("x-wr-calname"))).toContain("(simulated)");
  expect(String(calendar.getFirstPropertyValue("refresh-interval"))).toBe("PT1H");
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  expect(events.map(({ uid }) => uid).sort()).toEqual(launches.map(({ id }) => `${id}@mooncoon`).sort());

  // One list of failures: an expectation per event and property takes a minute.
  const byId = new Map(events.map((event) => [event.uid.replace("@mooncoon", ""), event]));
  const wrong = launches.flatMap((launch) => {
    const event = byId.get(launch.id)!;
    const [start, end] = [event.startDate, event.endDate];
    const value = (name: string) => String(event.component.getFirstPropertyValue(name));
    const claims: Record<string, boolean> = {
      "says that it is simulated": event.summary.startsWith("[simulated] "),
      "leads to its page": new RegExp(`^http://[^/]+/launches/${launch.id}$`).test(value("url")),
      "is stamped": /^2026-/.test(value("dtstamp")),
    };
    if (launch.net_precision && TICKS.includes(launch.net_precision.id)) {
      const net = Date.parse(launch.net);
      claims["is an instant or a window around its NET"] =
        !start.isDate && !end.isDate && start.toJSDate().getTime() <= net && end.toJSDate().getTime() > net;
    } else {
      // Whole days that contain the NET: the end is the first day that is not included.
      const day = launch.net.slice(0, 10);
      claims["is days with the NET in them"] = start.isDate && end.isDate && start.toString() <= day && day < end.toString();
    }
    if (launch.net_precision?.id === 7) {
      claims["is its whole month"] = start.toString() === `${launch.net.slice(0, 7)}-01` && end.day === 1 && event.duration.toSeconds() >= 28 * 86_400;
      claims["is tentative"] = value("status") === "TENTATIVE";
    }
    return Object.entries(claims).filter(([, holds]) => !holds).map(([claim]) => `${launch.name}: not so: ${claim}`);
  });
  expect(wrong).toEqual([]);
  expect(launches.filter((launch) => launch.net_precision?.id === 7).length).toBeGreaterThan(0);
});

test("calendar and feed have no row limit unless the query sets one", async ({ request }) => {
  const { length } = await listed(request, "");
  expect(length).toBeGreaterThan(100);
  const ics = async (query: string) => (await (await request.get(`/api/v1/launches.ics${query}`)).text()).match(/BEGIN:VEVENT/g)?.length;
  const atom = async (query: string) => (await (await request.get(`/api/v1/launches.atom${query}`)).text()).match(/<entry>/g)?.length;
  expect([await ics(""), await atom("")]).toEqual([length, length]);
  expect([await ics("?limit=7"), await atom("?limit=7")]).toEqual([7, 7]);
});

test("another parser reads the feed: newest change first, stable ids", async ({ request }) => {
  const answer = await request.get("/api/v1/launches.atom?status=go&q=%22%3C%26");
  expect(answer.status()).toBe(200);
  expect(parseFeed(await answer.text()).items).toEqual([]);

  const go = await listed(request, "", "status=go");
  const response = await request.get("/api/v1/launches.atom?status=go");
  expect(response.headers()["content-type"]).toBe("application/atom+xml; charset=utf-8");
  const feed = parseFeed(await response.text());
  expect(feed.meta).toMatchObject({ type: "atom", version: "1.0" });
  expect(feed.title).toBe("Mooncoon: Upcoming launches: status Go for Launch (simulated)");
  expect(feed.self).toMatch(/\/api\/v1\/launches\.atom\?status=go$/);
  expect(feed.url).toMatch(/\/\?status=go$/);
  expect(feed.items.map(({ id }) => id).sort()).toEqual(go.map(({ id }) => `urn:uuid:${id}`).sort());
  const updated = feed.items.map((item) => item.updated?.getTime() ?? 0);
  expect(updated).toEqual([...updated].sort((left, right) => right - left));
  expect(feed.updated?.getTime()).toBe(updated[0]);
  const isWhole = ({ title, description, url }: (typeof feed.items)[number]) =>
    /^\[simulated\] /.test(title ?? "") && /^Go for Launch\. /.test(description ?? "") && /\/launches\/[0-9a-f-]{36}$/.test(url ?? "");
  expect(feed.items.filter((item) => !isWhole(item))).toEqual([]);
  const again = parseFeed(await (await request.get("/api/v1/launches.atom?status=go&sort=net")).text());
  expect(again.items.map(({ id }) => id)).toEqual(feed.items.map(({ id }) => id));
});

test("another parser reads and writes the CSV without a change", async ({ request }) => {
  const launches = await listed(request, "");
  const response = await request.get("/api/v1/launches.csv");
  expect(response.headers()["content-disposition"]).toContain("attachment");
  // Without this mark Excel reads the file in a legacy code page.
  const bytes = await response.body();
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.subarray(3).toString("utf8");
  const records = parse(bytes, { record_delimiter: "\r\n", relax_column_count: false, bom: true }) as string[][];
  // RFC 4180: serializing gives the same bytes again.
  expect(stringify(records, { record_delimiter: "windows" })).toBe(text);
  const [head, ...rows] = records;
  const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
  expect(column("id")).toEqual(launches.map(({ id }) => id));
  const plain = (value: string) => (/^['=+\-@]/.test(value) ? value.replace(/^'(?=[=+\-@])/, "") : value);
  expect(column("name").map(plain)).toEqual(launches.map(({ name }) => name));
  expect(column("provider").map(plain)).toEqual(launches.map(({ provider }) => provider.name));
  expect(column("net").map((net) => Date.parse(net))).toEqual(launches.map(({ net }) => Date.parse(net)));
  // Numbers stay numbers, negative ones too; an unknown value is empty and not zero.
  expect(column("latitude")).toEqual(launches.map(({ pad }) => (pad.latitude === null ? "" : String(pad.latitude))));
  expect(column("latitude").some((latitude) => latitude.startsWith("-"))).toBe(true);
  expect(new Set(column("source"))).toEqual(new Set(["simulated"]));
  expect(column("moon_tier")).toEqual(launches.map(({ moon }) => moon.tier));
  expect(column("score")).toEqual(launches.map(({ score }) => (score === null ? "" : String(score))));
  for (const name of ["date_p50", "date_p80"] as const) {
    expect(column(name).map(Date.parse)).toEqual(launches.map((launch) => Date.parse(launch[name] ?? "")));
  }
  // Each of the three kinds occurs: no ride, a ride, and unknown.
  const kinds = column("score").map((score) => (score === "" ? "unknown" : score === "0" ? "none" : "some"));
  expect(new Set(kinds)).toEqual(new Set(["unknown", "none", "some"]));
});

test("the score follows the query, as on the page /choose, and is in no calendar and no feed", async ({ request }) => {
  const own = "prepare=20&nearness=2&success=0.5";
  const days = "from=2026-04-01&to=2026-12-31";
  const { ranked } = await (await request.get(`/api/v1/decision?${days}&${own}`)).json();
  const scores = new Map<string, number>(ranked.map(({ id, score }: { id: string; score: { estimate: number } }) => [id, score.estimate]));
  const weighed = (await listed(request, "", `moon=surface,lunar_orbit,lunar_transfer&${days}&${own}`)).filter(({ score }) => score !== null);
  expect(weighed.length).toBeGreaterThan(0);
  expect(weighed.map(({ id, score }) => [id, score])).toEqual(weighed.map(({ id }) => [id, scores.get(id)]));
  const plain = await listed(request, "", `moon=surface,lunar_orbit,lunar_transfer&${days}`);
  expect(plain.map(({ score }) => score)).not.toEqual(weighed.map(({ score }) => score));

  // The link to the next page has the same query.
  const first = await (await request.get(`/api/v1/launches?limit=1&${own}`)).json();
  expect(first.next).toContain(own);
  // Values that depend on the clock are in no calendar and in no feed: those change only when a launch has changed. A calendar repeats the
  // predicted dates, with the time at which they last changed.
  const best = weighed.reduce((one, other) => (other.score! > one.score! ? other : one));
  const asked = `moon=surface,lunar_orbit,lunar_transfer&${days}&${own}`;
  const feed = parseFeed(await (await request.get(`/api/v1/launches.atom?${asked}`)).text());
  expect(feed.self).toContain(own);
  expect(feed.url).not.toContain("nearness");
  expect(feed.items.find(({ id }) => id === `urn:uuid:${best.id}`)?.description).not.toMatch(/Score|Median/);
  const calendar = new ICAL.Component(ICAL.parse(await (await request.get(`/api/v1/launches.ics?${asked}`)).text()));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  const { description } = events.find(({ uid }) => uid === `${best.id}@mooncoon`)!;
  expect(description).toContain("Median date: ");
  expect(description).not.toContain("Score");

  for (const [query, key] of [["bar=20", "bar"], ["lift=heavy", "lift"], ["nearness=4", "nearness"]]) {
    const bad = await request.get(`/api/v1/launches.csv?${query}`);
    expect([bad.status(), (await bad.json()).key]).toEqual([400, key]);
  }
  // A window in the past has no answer and no score.
  const past = await listed(request, "", "moon=surface&past=true&from=2025-01-01&to=2025-12-31");
  expect(new Set(past.map(({ score }) => score))).toEqual(new Set(past.length ? [null] : []));
});

test("an unchanged file returns 304, and an invalid query returns a problem in every format", async ({ request }) => {
  for (const file of ["launches", "launches.json", "launches.csv", "launches.ics", "launches.atom"]) {
    const first = await request.get(`/api/v1/${file}?status=go`);
    const tag = first.headers().etag;
    expect(tag).toMatch(/^W\/"[0-9a-f]+"$/);
    expect(first.headers()["cache-control"]).toBe("no-cache");
    const second = await request.get(`/api/v1/${file}?status=go`, { headers: { "if-none-match": tag } });
    expect([second.status(), (await second.body()).length]).toEqual([304, 0]);
    const other = await request.get(`/api/v1/${file}?status=tbd`, { headers: { "if-none-match": tag } });
    expect(other.status()).toBe(200);

    const bad = await request.get(`/api/v1/${file}?colour=red`);
    expect(bad.status()).toBe(400);
    expect(bad.headers()["content-type"]).toContain("application/problem+json");
    expect(JSON.stringify(await bad.json())).toContain("colour");
  }
});

test("the calendar of one launch has one event, and an unknown launch returns 404", async ({ request }) => {
  const [launch] = await listed(request, "", "status=go");
  const answer = await request.get(`/api/v1/launches/${launch.id}.ics`);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const events = calendar.getAllSubcomponents("vevent");
  expect(events.map((event) => event.getFirstPropertyValue("uid"))).toEqual([`${launch.id}@mooncoon`]);
  expect((await request.get("/api/v1/launches/00000000-0000-0000-0000-000000000000.ics")).status()).toBe(404);
  expect((await request.get("/api/v1/launches/x.ics")).status()).toBe(404);
});

test("a launch that moves is the same event with a higher sequence", async () => {
  test.setTimeout(240_000);
  const own = await OwnProgram.start("calendar");
  try {
    const [first, second, ...others] = await inventedLaunches(12);
    const planned = { ...first, ...dated("2026-04-02T10:00:00Z"), net_precision: PRECISION.minute, status: STATUS.go };
    await own.import("2026-02-20T06:00:00Z", [planned, second, ...others]);
    const read = async () => {
      const text = await (await fetch(`${own.base}/api/v1/launches.ics`)).text();
      const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
      return (id: string) => {
        const found = events.filter(({ uid }) => uid === `${id}@mooncoon`);
        expect(found).toHaveLength(1);
        const [event] = found;
        const value = (name: string) => String(event.component.getFirstPropertyValue(name));
        const { description, sequence } = event;
        return { description, sequence, start: event.startDate.toString(), status: value("status"), modified: value("last-modified") };
      };
    };
    const before = await read();
    expect(before(first.id)).toMatchObject({ sequence: 0, start: "2026-04-02T10:00:00Z", status: "CONFIRMED", modified: "2026-02-20T06:00:00Z" });

    await own.import("2026-02-25T06:00:00Z", [{ ...planned, ...dated("2026-05-31T00:00:00Z"), net_precision: PRECISION.month, status: STATUS.tbd }, second, ...others]);
    const after = await read();
    expect(after(first.id)).toMatchObject({ sequence: 1, start: "2026-05-01", status: "TENTATIVE", modified: "2026-02-25T06:00:00Z" });
    // Meanwhile there is another forecast for the other launch: it is modified only if its dates are.
    const isSame = after(second.id).description === before(second.id).description;
    const modified = isSame ? "2026-02-20T06:00:00Z" : "2026-02-25T06:00:00Z";
    expect(after(second.id)).toEqual({ ...before(second.id), description: after(second.id).description, modified });

    const feed = parseFeed(await (await fetch(`${own.base}/api/v1/launches.atom`)).text());
    expect(feed.items[0].id).toBe(`urn:uuid:${first.id}`);
    expect(feed.items[0].description).toContain("The date was Thu 2 Apr 2026, 10:00 UTC. The status was Go for Launch.");
    expect(Date.parse(NOW)).toBeGreaterThan(feed.updated!.getTime());

    const flown = { ...planned, ...dated("2026-02-26T05:00:00Z"), net_precision: PRECISION.minute, status: STATUS.success };
    await own.import("2026-02-26T06:00:00Z", [flown, second, ...others]);
    const done = await read();
    expect(done(first.id)).toMatchObject({ sequence: 2, start: "2026-02-26T05:00:00Z", status: "CONFIRMED", modified: "2026-02-26T06:00:00Z" });
    const alarmed = await (await fetch(`${own.base}/api/v1/launches.ics?alarm=PT1H`)).text();
    expect(alarmed).not.toContain("VALARM");
  } finally {
    await own.end();
  }
});

test("calendar and feed have the same bytes while no launch has changed, after another run and at another time", async () => {
  test.setTimeout(240_000);
  const own = await OwnProgram.start("unchanged");
  try {
    const launches = await inventedLaunches(12);
    const files = ["launches.ics", "launches.atom", "launches.ics?status=success", "launches.atom?status=success", `launches/${launches[0].id}.ics`];
    const read = async (tags?: string[]) =>
      Promise.all(
        files.map(async (file, at) => {
          const answer = await fetch(`${own.base}/api/v1/${file}`, { headers: tags ? { "if-none-match": tags[at] } : {} });
          return { status: answer.status, tag: answer.headers.get("etag")!, text: await answer.text() };
        }),
      );
    await own.import("2026-02-20T06:00:00Z", launches);
    const before = await read();
    // Addresses contain the host, which stays the same; one of the feeds is empty.
    expect(before.map(({ status }) => status)).toEqual(files.map(() => 200));
    await own.import("2026-02-20T07:30:00Z", launches);
    await own.stop();
    await own.startAgain("2026-03-01T12:17:00Z");
    const freshness = await (await fetch(`${own.base}/api/v1/freshness`)).json();
    expect(freshness.as_of).toBe("2026-02-20T07:30:00Z");
    expect((await read()).map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect((await read(before.map(({ tag }) => tag))).map(({ status }) => status)).toEqual(files.map(() => 304));
  } finally {
    await own.end();
  }
});

test("only events with an instant have alarms, and another parser reads them", async ({ request }) => {
  const text = await (await request.get("/api/v1/launches.ics?alarm=PT1H,P1D&fbclid=x")).text();
  expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
  const alarms = (event: ICAL.Component) => event.getAllSubcomponents("valarm").map((alarm) => String(alarm.getFirstPropertyValue("trigger")));
  const isInstant = (event: ICAL.Component) => !new ICAL.Event(event).startDate.isDate;
  expect(new Set(events.filter((event) => !isInstant(event)).flatMap(alarms))).toEqual(new Set());
  const reminded = events.filter((event) => alarms(event).length > 0);
  expect(reminded.length).toBeGreaterThan(0);
  for (const event of reminded) expect(alarms(event)).toEqual(["-P1D", "-PT1H"]);
});

test.describe("on the page", () => {
  test("tracking parameters are removed from the address, from exports and from the copied link", async ({ page, board, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await board.open("?status=go&fbclid=canary&utm_source=canary#launches");
    await expect(page).toHaveURL(/\/\?status=go#launches$/);
    await expect(page.getByRole("link", { name: "CSV", exact: true })).toHaveAttribute("href", "/api/v1/launches.csv?status=go");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill("copy the link");
    await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("option", { selected: true })).toHaveText(/^Copy the link/);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/\?status=go#launches$/);
  });

  test.describe("a misspelt key", () => {
    test.use({ expectedStatus: 400 });

    test("is named, also next to a tracking parameter", async ({ page }) => {
      for (const [address, key] of [["/?statsu=go&fbclid=x", "statsu"], ["/pipeline?fbclid=x&rum=1", "rum"], ["/compare?id=x", "id"]]) {
        expect((await page.goto(address))?.status(), address).toBe(400);
        await expect(page.locator("html[data-ready]")).toBeAttached();
        await expect(page.getByRole("heading", { name: `The board does not accept this "${key}"` })).toBeVisible();
      }
    });
  });

  test("the exports have the filters in their addresses, which can be copied", async ({ page, board, context, baseURL }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await board.open("?status=go");
    for (const [name, extension] of [["CSV", "csv"], ["JSON", "json"], ["ICS", "ics"], ["Atom", "atom"]]) {
      await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute("href", `/api/v1/launches.${extension}?status=go`);
    }
    await page.getByText("Subscribe", { exact: true }).click();
    const host = new URL(baseURL!).host;
    await expect(page.getByRole("link", { name: "Add to a calendar" })).toHaveAttribute("href", `webcal://${host}/api/v1/launches.ics?status=go`);
    await expect(page.getByRole("textbox", { name: "Feed address" })).toHaveValue(`${baseURL}/api/v1/launches.atom?status=go`);
    await page.getByRole("button", { name: "Copy the calendar address" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${baseURL}/api/v1/launches.ics?status=go`);
  });

  test("the exports fit a phone", { tag: "@phone" }, async ({ page, board }) => {
    await board.open();
    await page.getByText("Subscribe", { exact: true }).click();
    const box = (await page.getByRole("textbox", { name: "Calendar address" }).boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect((await page.getByRole("link", { name: "CSV", exact: true }).boundingBox())?.height).toBeGreaterThanOrEqual(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

for (const device of ["desktop", "phone"] as const) {
  test(`a launch is added to the calendar from its page, ${device}`, { tag: device === "phone" ? "@phone" : [] }, async ({ page, request }) => {
    const [launch] = await listed(request, "", "status=go");
    await page.goto(`/launches/${launch.id}`);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Add to calendar" }).click();
    expect((await download).suggestedFilename()).toBe(`mooncoon-${launch.id}.ics`);
  });
}

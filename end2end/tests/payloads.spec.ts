import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";
import { inventedLaunches, type Ll2Launch, OwnProgram, PRECISION } from "./program";

type LadenLaunch = Ll2Launch & {
  rocket: { payloads: unknown[] };
  program: unknown[];
  updates: unknown[];
  pad: { location: { timezone_name: string } };
};

let own: OwnProgram;
let laden: LadenLaunch;
let empty: LadenLaunch;

const flight = (id: number, name: string, amount: number, mass: number | null) => ({
  id,
  destination: "Lunar surface",
  amount,
  payload: {
    id,
    name,
    type: { id: 4, name: "Lander" },
    manufacturer: { id: 1, name: "Den & Sons" },
    operator: { id: 2, name: "Night Shift <b>" },
    mass,
    description: "Carries raccoons.",
    wiki_link: "https://wiki.example/lander",
    info_link: "javascript:alert(1)",
  },
});

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  own = await OwnProgram.start("carried");
  const launches = (await inventedLaunches(6)) as LadenLaunch[];
  const program = { id: 901, name: "Trash Moon", description: "Three landings.", type: { id: 1, name: "Civil" }, start_date: "2024-05-01T00:00:00Z", end_date: null, info_url: "https://program.example/", wiki_url: null };
  laden = {
    ...launches[0],
    rocket: { ...launches[0].rocket, payloads: [flight(11, "Masked Lander", 1, 84.5), flight(12, "Cube", 12, 1.33)] },
    program: [program],
    updates: [{ id: 5, comment: "A remark.", created_on: "2026-02-20T21:30:00Z", created_by: "An editor", info_url: null }],
  };
  empty = { ...launches[1], program: [] };
  await own.import("2026-02-20T06:00:00Z", [laden, empty, { ...launches[2], program: [program] } as LadenLaunch]);
  // Another date: a second revision.
  laden = { ...laden, net: "2026-05-11T10:12:00Z", window_start: "2026-05-11T10:12:00Z", window_end: "2026-05-11T11:12:00Z", net_precision: PRECISION.minute };
  await own.import("2026-02-21T22:45:00Z", [laden, empty, { ...launches[2], program: [program] } as LadenLaunch]);
});

test.afterAll(async () => own?.end());

for (const tag of ["@desktop", "@phone"]) {
  test(`the page of a launch lists payloads and program: ${tag}`, { tag }, async ({ page }) => {
    await page.goto(`${own.base}/launches/${laden.id}`);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const payloads = page.getByRole("region", { name: "It carries 13 payloads" });
    await expect(payloads.getByRole("heading", { level: 3 })).toHaveText(["Masked Lander", "Cube"]);
    await expect(payloads).toContainText("Lander · 84.5 kg · to: Lunar surface · built by Den & Sons · operated by Night Shift <b>");
    await expect(payloads).toContainText("12 of them · 1.33 kg each");
    await expect(payloads.getByRole("link")).toHaveCount(2);
    await expect(payloads.getByRole("link").first()).toHaveAttribute("href", "https://wiki.example/lander");
    await payloads.getByText("About").first().click();
    await expect(payloads.getByText("Carries raccoons.").first()).toBeVisible();

    const program = page.getByRole("region", { name: "Part of Trash Moon" });
    await expect(program).toContainText("Civil · since 1 May 2024");
    await expect(program.getByRole("link", { name: "Website" })).toHaveAttribute("href", "https://program.example/");
    for (const theme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect((await new AxeBuilder({ page }).include("[aria-labelledby=payloads]").include("[aria-labelledby=programs]").analyze()).violations).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // A click filters the board.
    await program.getByRole("link", { name: "Its 2 upcoming launches on the board" }).click();
    await expect(page).toHaveURL(/\/\?program=901$/);
    await expect(page.getByText("2 launches", { exact: true }).first()).toBeVisible();
  });
}

test("a launch without payloads and programs has neither region", async ({ page }) => {
  await page.goto(`${own.base}/launches/${empty.id}`);
  await expect(page.getByRole("heading", { level: 2, name: /^Mission/ })).toBeVisible();
  await expect(page.getByRole("region", { name: /^(It carries|Part of) / })).toHaveCount(0);
});

test("the API returns payloads and programs", async ({ request }) => {
  const launch = await (await request.get(`${own.base}/api/v1/launches/${laden.id}`)).json();
  expect(launch.payloads).toMatchObject([
    { flight_id: 11, name: "Masked Lander", amount: 1, mass_kg: 84.5, info_url: null },
    { flight_id: 12, name: "Cube", amount: 12, mass_kg: 1.33 },
  ]);
  expect(launch.programs).toMatchObject([{ id: 901, name: "Trash Moon", upcoming_count: 2, info_url: "https://program.example/" }]);
});

test.describe("in another time zone", () => {
  test.use({ timezoneId: "Asia/Tokyo" });
  test("the dates of updates and revisions follow the chosen time zone", async ({ page }) => {
    await page.goto(`${own.base}/launches/${laden.id}`);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    const updates = page.getByRole("region", { name: "1 update" });
    const revisions = page.getByRole("region", { name: "2 revisions" });
    const newest = revisions.getByRole("row").nth(1);
    await expect(updates).toContainText("20 Feb 2026, 21:30 UTC");
    await expect(newest).toContainText("21 Feb 2026, 22:45 UTC");
    await expect(newest).toContainText(/11 May 2026, 10:12\s*UTC/);
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "Local" }).click();
    await expect(updates).toContainText("21 Feb 2026, 06:30 UTC+9");
    await expect(newest).toContainText("22 Feb 2026, 07:45 UTC+9");
    await expect(newest).toContainText("11 May 2026, 19:12 UTC+9");
    await page.getByRole("group", { name: "Time zone" }).getByRole("button", { name: "UTC", exact: true }).click();
    await expect(newest).toContainText("21 Feb 2026, 22:45 UTC");
  });
});

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { binary, environment } from "../playwright.config";
import { expect, test } from "./fixtures";

test("the page has a summary, and steps, tests, runs and budget of the newest run", async ({ page }) => {
  await page.goto("/pipeline");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/published|warning|rest/i);
  for (const title of ["Lineage", "Steps of this run", "Tests before publication", "Runs", "Next requests", "Drift", "Quarantine"]) {
    await expect(page.getByRole("heading", { name: title, exact: true })).toBeVisible();
  }
  for (const step of ["Fetch", "Stage", "Transform", "Test", "Publish"]) {
    await expect(page.getByRole("rowheader", { name: step, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("heading", { name: /^Requests: \d+ left this hour$/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /requests used in the last hour/ })).toBeVisible();
  await expect(page).toHaveTitle("Pipeline · Mooncoon");
});

test("a table of the lineage opens its columns by keyboard", async ({ page }) => {
  await page.goto("/pipeline");
  const fact = page.getByRole("link", { name: /^fact_launch: / });
  await expect(fact).toHaveAttribute("aria-label", /Depends on .*stg_ll2__launch/);
  await fact.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/dictionary#fact_launch$/);
  await expect(page.getByRole("heading", { name: "fact_launch", exact: true })).toBeInViewport();
});

test("a run opens by its number and is marked in the list", async ({ page, request }) => {
  const { results } = (await (await request.get("/api/v1/pipeline/runs")).json()) as { results: { id: number }[] };
  await page.goto("/pipeline");
  await page.getByRole("region", { name: "Runs" }).or(page.getByRole("group", { name: "Runs" })).getByRole("link").last().click();
  await expect(page).toHaveURL(new RegExp(`run=${results.at(-1)?.id}$`));
  await expect(page.getByRole("row").and(page.locator("[aria-current]"))).toContainText(String(results.at(-1)?.id));
});

test("the page updates itself, receives only changed panels, and keeps opened parts open", async ({ page }) => {
  await page.clock.install();
  await page.goto("/pipeline");
  await expect(page.locator("html")).toBeVisible();
  const passed = page.getByText(/^\d+ passed$/);
  if (!(await page.getByRole("list", { name: "Tests that passed" }).isVisible())) await passed.click();
  const list = page.getByRole("list", { name: "Tests that passed" });
  await expect(list).toBeVisible();
  const answer = page.waitForResponse(/\/api\/pipeline\?.*known=[0-9a-f]{16}/);
  await page.clock.runFor(20_000);
  const { panels } = (await (await answer).json()) as { panels: { stamp: string; html: string | null }[] };
  expect(panels).toHaveLength(11);
  expect(panels.filter(({ html }) => html === null).length).toBeGreaterThanOrEqual(8);
  await expect(list).toBeVisible();
});

test.describe("an invalid run", () => {
  for (const [address, status] of [["/pipeline?run=99999999", 404], ["/pipeline?run=newest", 400]] as const) {
    test.describe(address, () => {
      test.use({ expectedStatus: status });
      test(`returns ${status}`, async ({ page }) => {
        expect((await page.goto(address))?.status()).toBe(status);
        await expect(page.getByRole("link", { name: "Back to the board" })).toBeVisible();
      });
    });
  }
});

test("the list of runs is paged and refuses invalid keys", async ({ request }) => {
  const list = await (await request.get("/api/v1/pipeline/runs?limit=1")).json();
  expect(list.count).toBeGreaterThan(0);
  expect(list.results).toHaveLength(1);
  expect(list.source).toBe("simulated");
  expect(list.results[0].test_count).toBeGreaterThanOrEqual(30);
  for (const [query, key] of [["limit=0", "limit"], ["offset=x", "offset"], ["state=failed", "state"]]) {
    const response = await request.get(`/api/v1/pipeline/runs?${query}`);
    expect(response.status(), query).toBe(400);
    expect(response.headers()["content-type"]).toBe("application/problem+json");
    expect((await response.json()).key).toBe(key);
  }
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the pipeline passes the axe audit, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/pipeline");
    await page.locator("details").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the lineage is a list, and the page does not scroll sideways", async ({ page }) => {
    await page.goto("/pipeline");
    await expect(page.getByRole("group", { name: "Lineage", exact: true })).toBeHidden();
    const facts = page.locator("#ln-facts");
    if ((await facts.getAttribute("open")) === null) await facts.getByText("Facts").click();
    await expect(facts.getByRole("link", { name: "fact_launch", exact: true })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test("the freshness badge links to the page", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("banner").getByRole("link", { name: /just now|ago/ }).click();
    await expect(page).toHaveURL(/\/pipeline$/);
    await expect(page.getByRole("heading", { name: "Lineage" })).toBeVisible();
  });
});

/** A separate program whose newest run was blocked by its tests: the sweep had a quarter of the launches of the previous one. */
test.describe("a blocked publication", () => {
  test.describe.configure({ mode: "serial" });
  let program: ChildProcess;
  let base: string;
  let env: NodeJS.ProcessEnv;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "mooncoon-blocked-"));
    chmodSync(folder, 0o755);
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, "127.0.0.1", () => {
        const { port } = probe.address() as { port: number };
        probe.close(() => resolve(port));
      });
    });
    base = `http://127.0.0.1:${port}`;
    env = { ...process.env, ...environment, MOONCOON_ADDR: `127.0.0.1:${port}`, MOONCOON_DATA_DIR: join(folder, "data") };
    await promisify(execFile)(binary, ["ingest", "--once", "--upcoming", "120", "--past", "40"], { env, cwd: tmpdir() });
    // The second sweep fails and reports it; a job that starts now would not sweep again within the hour.
    await expect(promisify(execFile)(binary, ["ingest", "--once", "--upcoming", "30", "--past", "40"], { env, cwd: tmpdir() })).rejects.toThrow();
    program = spawn(binary, ["serve", "--upcoming", "30", "--past", "40"], { env, cwd: tmpdir(), stdio: "ignore" });
    await expect
      .poll(async () => (await fetch(`${base}/api/v1/freshness`).then((answer) => answer.json(), () => null))?.blocked, { timeout: 60_000 })
      .toBe(true);
  });

  test.afterAll(async () => {
    if (!program) return;
    const ended = new Promise((resolve) => program.once("exit", resolve));
    program.kill("SIGTERM");
    await ended;
  });

  test("keeps the published launches and is reported on every page", async ({ page, request }) => {
    const { count, results } = await (await request.get(`${base}/api/v1/launches?limit=1`)).json();
    expect(count).toBeGreaterThan(100);
    for (const path of ["/", `/launches/${results[0].id}`, "/pipeline", "/dictionary"]) {
      await page.goto(base + path);
      await expect(page.getByText(/^The newest data did not pass its tests; showing data as of /)).toBeVisible();
      await expect(page.getByText(/^The run of .* failed\.$/)).toHaveCount(0);
    }
  });

  test("shows the blocking test first, with its rows", async ({ page }) => {
    await page.goto(`${base}/pipeline`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not published: one test failed.");
    const first = page.getByRole("listitem").filter({ hasText: "upcoming does not collapse" }).first();
    await expect(first).toContainText("Blocks");
    await expect(first.getByRole("list", { name: "Offending rows" })).toContainText("longest_count");
    await expect(page.getByText(/^Reason of failure:/)).toBeVisible();
    await expect(page.getByRole("row", { name: /Not published/ })).toBeVisible();
  });

  test("is published once its rows are acknowledged, and the page says why", async ({ page }) => {
    test.setTimeout(120_000);
    const run = (...options: string[]) => promisify(execFile)(binary, options, { env, cwd: tmpdir() });
    const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const reason = "LL2 has removed the launches of one provider";
    await run("acknowledge", "assert_upcoming_does_not_collapse", "--reason", reason, "--rows", "1", "--until", `${until}T23:59:00Z`);
    await run("ingest", "--once", "--upcoming", "30", "--past", "40");
    await page.goto(`${base}/pipeline`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("published");
    const first = page.getByRole("listitem").filter({ hasText: "upcoming does not collapse" }).first();
    await expect(first).toContainText("Acknowledged");
    await expect(first).toContainText(`for up to 1 row, until`);
    await expect(first).toContainText(reason);
    await expect(page.getByText(/^\d+ of \d+ passed, 1 acknowledged\./)).toBeVisible();
  });
});

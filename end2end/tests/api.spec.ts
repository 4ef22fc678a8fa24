import { expect, test, type APIRequestContext } from "@playwright/test";

type Launch = { id: string; name: string; net: string; status: { abbrev: string }; moon: { tier: string } };
type Page = { count: number; next: string | null; previous: string | null; as_of: string | null; source: string; results: Launch[] };

async function everyPage(request: APIRequestContext, query: string): Promise<Launch[]> {
  const rows: Launch[] = [];
  let next: string | null = `/api/v1/launches?${query}`;
  while (next) {
    const response = await request.get(next);
    expect(response.status()).toBe(200);
    const page = (await response.json()) as Page;
    expect(page.source).toBe("simulated");
    rows.push(...page.results);
    next = page.next;
  }
  return rows;
}

/** Parses RFC 4180 by hand: fields in quotes may contain commas, line breaks and doubled quotes. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '"' && text[at + 1] === '"') {
      field += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") {
      record.push(field);
      field = "";
    } else if (!quoted && character === "\n") {
      records.push([...record, field.replace(/\r$/, "")]);
      record = [];
      field = "";
    } else field += character;
  }
  expect(quoted).toBe(false);
  expect(field).toBe("");
  return records;
}

test("the pages of a list contain every launch once, in NET order", async ({ request }) => {
  const rows = await everyPage(request, "limit=50");
  const first = (await (await request.get("/api/v1/launches?limit=50")).json()) as Page;
  expect(rows).toHaveLength(first.count);
  expect(new Set(rows.map((row) => row.id)).size).toBe(first.count);
  const nets = rows.map((row) => row.net);
  expect(nets).toEqual([...nets].sort());
  expect(first.previous).toBeNull();
});

test("as_of in the future returns the current list, before the first observation an empty one; the page reports it", async ({ request, page }) => {
  const ask = async (query: string) => (await (await request.get(`/api/v1/launches?${query}`)).json()) as Page;
  const now = await ask("limit=1");
  expect((await ask("limit=1&as_of=2999-12-31")).count).toBe(now.count);
  const before = await ask("as_of=2000-01-01");
  expect(before.count).toBe(0);
  expect(before.as_of).toBeNull();
  await page.goto("/?as_of=2000-01-01");
  await expect(page.getByRole("heading", { name: "Nothing was observed then" })).toBeVisible();
});

test("a filter selects the same number of launches in the API and on the page", async ({ request, page }) => {
  const query = "status=go,tbc&sort=provider";
  const { count } = (await (await request.get(`/api/v1/launches?${query}`)).json()) as Page;
  expect(count).toBeGreaterThan(0);
  await page.goto(`/?${query}`);
  await expect(page.getByText(new RegExp(`^${count} launch(es)? of \\d+ upcoming$`)).first()).toBeVisible();
});

test("the CSV has the rows of the JSON, and no cell starts a formula", async ({ request }) => {
  const rows = await everyPage(request, "moon=lunar_orbit,stepping_stone");
  const response = await request.get("/api/v1/launches.csv?moon=lunar_orbit,stepping_stone&bom=0");
  expect(response.headers()["content-type"]).toContain("text/csv");
  const [head, ...records] = parseCsv(await response.text());
  expect(records.map((record) => record[head.indexOf("id")])).toEqual(rows.map((row) => row.id));
  for (const record of records) {
    expect(record).toHaveLength(head.length);
    expect(record[head.indexOf("source")]).toBe("simulated");
    for (const cell of record) expect(cell).not.toMatch(/^[=+@\t]|^-(?![\d.]+$)/);
  }
});

test("an invalid query returns a problem that names the key", async ({ request }) => {
  for (const [query, key] of [
    ["colour=red", "colour"],
    ["provider=spacex", "provider"],
    ["from=2026-02-30", "from"],
    ["limit=1000000000", "limit"],
    ["as_of=yesterday", "as_of"],
  ]) {
    for (const path of ["/api/v1/launches", "/api/v1/launches.csv"]) {
      const response = await request.get(`${path}?${query}`);
      expect(response.status(), query).toBe(400);
      expect(response.headers()["content-type"]).toBe("application/problem+json");
      expect((await response.json()).key).toBe(key);
    }
  }
});

test("a launch is returned with its revisions, an unknown one as a problem", async ({ request }) => {
  const [launch] = await everyPage(request, "limit=1&q=falcon").then((rows) => rows.slice(0, 1));
  const detail = await (await request.get(`/api/v1/launches/${launch.id}`)).json();
  expect(detail.launch.name).toBe(launch.name);
  expect(detail.revisions.length).toBeGreaterThan(0);
  for (const [id, status] of [["00000000-0000-0000-0000-000000000000", 404], ["not-an-id", 404], ["..%2f..%2fetc%2fpasswd", 400]] as const) {
    const response = await request.get(`/api/v1/launches/${id}`);
    expect(response.status(), id).toBe(status);
    expect(response.headers()["content-type"]).toBe("application/problem+json");
  }
});

test("the freshness and health endpoints respond", async ({ request }) => {
  const freshness = await (await request.get("/api/v1/freshness")).json();
  expect(freshness.source).toBe("simulated");
  expect(freshness.failed_at).toBeNull();
  expect(freshness.upcoming_count).toBeGreaterThan(300);
  for (const path of ["/healthz", "/readyz"]) expect((await request.get(path)).status()).toBe(200);
});

test("every kind of response has the security headers", async ({ request }) => {
  for (const path of ["/", "/nowhere", "/api/v1/launches", "/api/nothing", "/favicon.svg", "/media/0123456789abcdef"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBeTruthy();
  }
});

test("a cross-site write is refused", async ({ request }) => {
  const response = await request.post("/api/v1/launches", { headers: { "sec-fetch-site": "cross-site" } });
  expect(response.status()).toBe(403);
});

import { expect, test } from "./fixtures";

type Page = { count: number; next: string | null; results: { id: string; net: string }[] };

test("past launches are loaded on request, once, and filtered like the others", async ({ page, board }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/board")) asked.push(request.url());
  });
  await board.open();
  const upcoming = await board.counted();
  await page.getByRole("link", { name: "Include past launches" }).click();
  await expect(page).toHaveURL(/\/\?past=true$/);
  const { count } = (await (await page.request.get("/api/v1/launches?past=true&limit=1")).json()) as Page;
  await board.expectCount(count);
  expect(count).toBeGreaterThan(upcoming);
  const success = board.chip("Status", "Success");
  await expect(success).toBeVisible();
  await success.click();
  await expect(page).toHaveURL(/\?status=success&past=true$/);
  await expect(page.getByText(new RegExp(`of ${count} upcoming and past$`)).first()).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await board.expectCount(upcoming);
  await page.goForward();
  await board.expectCount(count);
  expect(asked).toHaveLength(1);
});

test("a shared link opens the same view, also without a script", async ({ page, board }) => {
  const query = "?status=success,failure&past=true&view=table&sort=provider,net&order=asc,desc";
  let count = 0;
  // The job reads past launches meanwhile: the compared values must be read between two of its pages.
  await expect(async () => {
    count = ((await (await page.request.get(`/api/v1/launches${query}`)).json()) as Page).count;
    expect(await (await page.request.get(`/${query}`)).text()).toContain(`<b>${count} launches<`);
    await board.open(query);
    await board.expectCount(count);
  }).toPass();
  await expect(page.getByRole("table", { includeHidden: false }).last()).toHaveAttribute("aria-rowcount", String(count + 1));
});

test("the API returns every past launch, in pages and as one CSV", async ({ request }) => {
  const ids = new Set<string>();
  let next: string | null = "/api/v1/launches?past=true&limit=300";
  let count = 0;
  while (next) {
    const page = (await (await request.get(next)).json()) as Page;
    count = page.count;
    for (const { id } of page.results) ids.add(id);
    next = page.next;
  }
  expect(ids.size).toBe(count);
  const csv = await (await request.get("/api/v1/launches.csv?past=true")).text();
  expect(csv.trim().split("\r\n")).toHaveLength(count + 1);
  const upcoming = (await (await request.get("/api/v1/launches?limit=1")).json()) as Page;
  expect(count).toBeGreaterThan(upcoming.count);
});

test.describe("a failed request", () => {
  test.use({ expectedStatus: 503 });

  test("shows an error with a retry", async ({ page, board }) => {
    await page.route("**/api/board*", (route) => route.fulfill({ status: 503, body: "busy" }), { times: 1 });
    await board.open();
    const upcoming = await board.counted();
    await page.getByRole("link", { name: "Include past launches" }).click();
    await expect(page.getByText(/Past launches could not be read/)).toBeVisible();
    await board.expectCount(upcoming);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText(/Past launches could not be read/)).toHaveCount(0);
    await expect.poll(() => board.counted()).toBeGreaterThan(upcoming);
  });
});

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the sheet includes past launches", async ({ page, board }) => {
    await board.open();
    const upcoming = await board.counted();
    await page.getByRole("button", { name: /^Filters/ }).click();
    await page.getByRole("dialog", { name: "Filters" }).getByRole("link", { name: "Include past launches" }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => board.counted()).toBeGreaterThan(upcoming);
  });
});

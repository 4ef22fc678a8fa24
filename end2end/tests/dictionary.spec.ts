import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

test("every table has a comment, and its keys link to other tables", async ({ page }) => {
  await page.goto("/dictionary");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dictionary");
  await expect(page.getByText("No comment.")).toHaveCount(0);
  const fact = page.getByRole("region", { name: "fact_launch", exact: true });
  await expect(fact).toContainText("One row per launch");
  await expect(fact).toContainText(/table, [\d]+ rows/);
  await expect(fact.getByText(/^\d+ data tests$/)).toBeVisible();
  await fact.getByRole("row", { name: /^pad_id / }).getByRole("link", { name: "→ dim_pad" }).click();
  await expect(page).toHaveURL(/#dim_pad$/);
  await expect(page.getByRole("heading", { name: "dim_pad", exact: true })).toBeInViewport();
});

test("the search filters while typing, and its address works without a script", async ({ page, request }) => {
  await page.goto("/dictionary");
  const regions = page.getByRole("region");
  const all = await regions.count();
  const search = page.getByRole("searchbox");
  await search.pressSequentially("turnaround");
  await expect(page.getByRole("region", { name: "fact_launch", exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "dim_orbit", exact: true })).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: /^2 of \d+$/ })).toBeVisible();
  await search.fill("");
  await expect(regions).toHaveCount(all);
  await search.fill("turnaround");
  await search.press("Enter");
  await expect(page).toHaveURL(/\/dictionary\?q=turnaround$/);
  await expect(page.getByRole("region", { name: "dim_orbit", exact: true })).toBeHidden();
  const html = await (await request.get("/dictionary?q=turnaround")).text();
  expect(html).toMatch(/<section[^>]*id="dim_orbit"[^>]*hidden/);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the dictionary passes the axe audit, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Only a part: the audit of all six hundred columns takes a minute and finds nothing more.
    await page.goto("/dictionary?q=orbit");
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)).toEqual([]);
  });
}

test.describe("on a phone", { tag: "@phone" }, () => {
  test("the page does not scroll sideways, and the footer links to it", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "Dictionary" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dictionary");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

import { expect, test } from "./fixtures";
import { chartAreas } from "./pages/chart_areas";

// The content security policy: it allows what the pages do, including drawing, and forbids what injected markup would do.

const PATHS = ["/", "/?view=table", "/?view=timeline", "/?view=map", "/?view=calendar", "/?view=agenda", "/choose", "/compare", "/analysis", "/scorecard", "/pipeline", "/dictionary"];

for (const path of PATHS) {
  test(`${path} does not violate its content security policy`, async ({ page }) => {
    await page.addInitScript(() => {
      const broken: string[] = [];
      Object.assign(window, { broken });
      addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => broken.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`));
    });
    await page.goto(path);
    await expect(page.locator("html[data-ready]")).toBeAttached();
    // Charts, and the tooltip that the mouse opens.
    for (const chart of (await chartAreas(page.getByRole("figure")).all()).slice(0, 4)) {
      await chart.scrollIntoViewIfNeeded();
      await chart.hover().catch(() => {});
    }
    expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([]);
  });
}

test.describe("foreign markup", () => {
  test("has no effect with a style element, and its style attributes work", async ({ browser, baseURL }) => {
    const page = await (await browser.newContext({ baseURL, serviceWorkers: "block" })).newPage();
    const response = await page.goto("/");
    const policy = response!.headers()["content-security-policy"];
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("style-src-attr 'unsafe-inline'");
    const seen = await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "h1 { color: rgb(1, 2, 3) }";
      document.head.append(style);
      const part = document.createElement("p");
      part.setAttribute("style", "color: rgb(4, 5, 6)");
      document.body.append(part);
      return [getComputedStyle(document.querySelector("h1")!).color, getComputedStyle(part).color];
    });
    expect(seen[0]).not.toBe("rgb(1, 2, 3)");
    expect(seen[1]).toBe("rgb(4, 5, 6)");
    await page.context().close();
  });
});

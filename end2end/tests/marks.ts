import type { Page } from "@playwright/test";

/** Collects the text of everything that is marked as news from now on. */
export async function collectMarks(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const marked: string[] = [];
    Object.assign(window, { marked });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const part = target as Element;
        // The mark is a style, so that a class is all there is of it.
        if (part.classList.contains("news")) marked.push(part.textContent ?? "");
      }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
  });
  return () => page.evaluate(() => (window as unknown as { marked: string[] }).marked);
}

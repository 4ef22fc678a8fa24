import { expect, test as base } from "@playwright/test";
import { NOW } from "../playwright.config";
import { BoardPage } from "./pages/board_page";
import { ChoosePage } from "./pages/choose_page";

type Fixtures = {
  /** The expected status of the page under test; a browser reports any other status than 200 as an error. */
  expectedStatus: number;
  /** The spec stops the program: the browser's errors about a refused or lost connection are expected. */
  goesAway: boolean;
  board: BoardPage;
  choose: ChoosePage;
  quiet: void;
};

/** Every spec fails on an error in the console and on a failed request, whatever else it tests. */
export const test = base.extend<Fixtures>({
  expectedStatus: [200, { option: true }],
  goesAway: [false, { option: true }],
  board: async ({ page }, use) => use(new BoardPage(page)),
  choose: async ({ page }, use) => use(new ChoosePage(page)),
  quiet: [
    async ({ page, expectedStatus, goesAway, javaScriptEnabled }, use) => {
      const problems: string[] = [];
      const isGone = (text: string) => goesAway && /net::ERR_|Failed to fetch|NetworkError|status of 503/.test(text);
      // A browser's message about a missing program file; the program sees the error too, and handles it.
      const isCompiledFrom404 = (text: string) => expectedStatus === 404 && /WebAssembly.*HTTP status code is not ok/.test(text);
      page.on("console", (message) => {
        const announced = expectedStatus !== 200 && message.text().includes(`status of ${expectedStatus}`);
        // Blocked by the configuration, except in specs about it.
        const blocked = message.text() === "Service Worker registration blocked by Playwright";
        // Without scripts the page's preloads are not used; Chromium reports this if the page is left late enough.
        const unused = !javaScriptEnabled && message.text().includes("was preloaded using link preload but not used");
        const known = announced || blocked || unused || isGone(message.text()) || isCompiledFrom404(message.text());
        if (["error", "warning"].includes(message.type()) && !known) problems.push(message.text());
      });
      page.on("pageerror", (error) => {
        if (!isCompiledFrom404(String(error))) problems.push(String(error));
      });
      page.on("requestfailed", (request) => {
        // Leaving a page cancels its pictures, and a browser without scripts refuses to preload scripts.
        const isLeft = request.failure()?.errorText === "net::ERR_ABORTED";
        const isRefused = !javaScriptEnabled && request.url().endsWith(".js");
        if (!isLeft && !isRefused && !goesAway) problems.push(`${request.url()} failed`);
      });
      page.on("response", (response) => {
        if (response.status() >= 400 && response.status() !== expectedStatus && !goesAway) {
          problems.push(`${response.url()} answered ${response.status()}`);
        }
      });
      // The server's time is fixed, so the page's is too.
      await page.clock.setFixedTime(NOW);
      await use();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

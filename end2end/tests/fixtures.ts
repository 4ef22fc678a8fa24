import { expect, test as base } from "@playwright/test";
import { NOW } from "../playwright.config";
import { BoardPage } from "./pages/board_page";

type Fixtures = {
  /** The status that the page under test is meant to answer with; a browser reports any other but 200 as an error. */
  expectedStatus: number;
  /** The spec takes the program away: what a browser says of a connection that is refused or lost is expected. */
  goesAway: boolean;
  board: BoardPage;
  quiet: void;
};

/** Every spec fails on an error in the console and on a request that failed, whatever else it looks at. */
export const test = base.extend<Fixtures>({
  expectedStatus: [200, { option: true }],
  goesAway: [false, { option: true }],
  board: async ({ page }, use) => use(new BoardPage(page)),
  quiet: [
    async ({ page, expectedStatus, goesAway, javaScriptEnabled }, use) => {
      const problems: string[] = [];
      const isGone = (text: string) => goesAway && /net::ERR_|Failed to fetch|NetworkError|status of 503/.test(text);
      // What a browser says of a program file that is gone; the program hears of it as well, and acts on it.
      const isCompiledFrom404 = (text: string) => expectedStatus === 404 && /WebAssembly.*HTTP status code is not ok/.test(text);
      page.on("console", (message) => {
        const announced = expectedStatus !== 200 && message.text().includes(`status of ${expectedStatus}`);
        // Blocked by the configuration, except where a spec is about it.
        const blocked = message.text() === "Service Worker registration blocked by Playwright";
        // Without scripts nobody fetches what the page preloads; Chromium says so when the page is left late enough.
        const unused = !javaScriptEnabled && message.text().includes("was preloaded using link preload but not used");
        const known = announced || blocked || unused || isGone(message.text()) || isCompiledFrom404(message.text());
        if (["error", "warning"].includes(message.type()) && !known) problems.push(message.text());
      });
      page.on("pageerror", (error) => {
        if (!isCompiledFrom404(String(error))) problems.push(String(error));
      });
      page.on("requestfailed", (request) => {
        // A page that is left takes its pictures with it, and a browser without scripts refuses to preload them.
        const isLeft = request.failure()?.errorText === "net::ERR_ABORTED";
        const isRefused = !javaScriptEnabled && request.url().endsWith(".js");
        if (!isLeft && !isRefused && !goesAway) problems.push(`${request.url()} failed`);
      });
      page.on("response", (response) => {
        if (response.status() >= 400 && response.status() !== expectedStatus && !goesAway) {
          problems.push(`${response.url()} answered ${response.status()}`);
        }
      });
      // The server's time stands still, so the page's does too.
      await page.clock.setFixedTime(NOW);
      await use();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

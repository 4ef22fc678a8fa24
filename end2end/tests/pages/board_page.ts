import { expect, type Locator, type Page } from "@playwright/test";

/** The board as a user sees it. */
export class BoardPage {
  readonly cards: Locator;
  readonly count: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.cards = page.getByRole("region", { name: "Launches", exact: true }).getByRole("listitem");
    this.count = page.getByText(/^(No|\d+) launch(es)?$/);
    this.search = page.getByRole("searchbox", { name: "Search" });
  }

  /** Opens an address of the board and waits for hydration. */
  async open(query = ""): Promise<void> {
    await this.page.goto(`/${query}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.page.locator("html[data-ready]")).toBeAttached();
  }

  /** Returns the number of launches in the result line. */
  async counted(): Promise<number> {
    const text = await this.count.first().innerText();
    return text.startsWith("No") ? 0 : Number.parseInt(text, 10);
  }

  async expectCount(count: number): Promise<void> {
    const text = count === 0 ? "No launches" : count === 1 ? "1 launch" : `${count} launches`;
    await expect(this.count.first()).toHaveText(text);
  }

  /** Returns a chip of the filter bar, by its label. */
  chip(group: string, word: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("link", { name: new RegExp(`^${word} \\d+$`) });
  }

  /** Opens a drop-down of the filter bar. */
  async menu(name: string): Promise<Locator> {
    const summary = this.page.locator("summary").filter({ hasText: new RegExp(`^${name}`) }).first();
    await summary.click();
    return this.page.getByRole("group", { name, exact: true }).last();
  }
}

/** The number at the end of "SpaceX 110". */
export function numberIn(text: string): number {
  return Number.parseInt(text.match(/(\d+)\s*$/)?.[1] ?? "", 10);
}

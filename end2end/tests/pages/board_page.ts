import { expect, type Locator, type Page } from "@playwright/test";

/** The board as a user sees it. */
export class BoardPage {
  /** The list in any of its views. */
  readonly results: Locator;
  readonly cards: Locator;
  /** The rows of the table that are rendered. */
  readonly rows: Locator;
  /** The days of the agenda. */
  readonly agendaDays: Locator;
  /** The timeline of a wide screen. */
  readonly timeline: Locator;
  /** The map, without its legend. */
  readonly map: Locator;
  /** The pins of the map: links that are hidden from screen readers, because the table of the map has the same data. */
  readonly pins: Locator;
  readonly charts: Locator;
  readonly count: Locator;
  /** The form of the filter bar. */
  readonly filters: Locator;
  readonly search: Locator;
  /** The menu of saved views. */
  readonly savedViews: Locator;

  constructor(readonly page: Page) {
    this.results = page.getByRole("region", { name: "Launches", exact: true });
    this.cards = this.results.getByRole("listitem");
    // A row without an index fills the space of those that are not rendered.
    this.rows = page.getByRole("region", { name: "Launches as a table" }).locator("tbody tr[aria-rowindex]");
    // Only a day has a heading: the launches in it have none.
    this.agendaDays = this.cards.filter({ has: page.getByRole("heading", { level: 3 }) });
    this.timeline = page.getByRole("region", { name: /^Timeline\./ });
    this.map = page.getByRole("region", { name: /^Map of the pads/ });
    this.pins = this.map.getByRole("link", { includeHidden: true });
    this.charts = page.getByRole("region", { name: "Charts of these launches" });
    this.count = page.getByText(/^(No|\d+) launch(es)?$/);
    this.filters = page.getByRole("search");
    this.search = page.getByRole("searchbox", { name: "Search" });
    this.savedViews = page.locator("details").filter({ has: page.locator("summary", { hasText: /^Saved views/ }) });
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

  /** Returns the days of a month in the calendar ("March 2026"), which are links with the number of launches in their names. */
  calendarDays(month: string): Locator {
    return this.results.getByRole("table").getByRole("link", { name: new RegExp(` \\d+ ${month}, (no|\\d+) launch(es)?$`) });
  }

  /** Returns the open day below the calendar. */
  openDay(name: string | RegExp = /^\w+day \d+ \w+ \d{4}$/): Locator {
    return this.results.getByRole("region", { name, exact: true });
  }

  /** Returns the zone next to the date of a launch ("UTC", "UTC+9"). */
  zone(launch: Locator): Locator {
    return launch.getByText(/^UTC\S*$/);
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

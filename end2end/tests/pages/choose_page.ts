import { expect, type Locator, type Page } from "@playwright/test";

/** The page of the decision as a user sees it. */
export class ChoosePage {
  /** The ranking: the rides, and below them a closed list of those with a score of about zero. */
  readonly ranking: Locator;
  /** The rides, best first. */
  readonly rides: Locator;
  /** The launches without a rank, by reason. */
  readonly notRanked: Locator;

  constructor(readonly page: Page) {
    this.ranking = page.getByRole("region", { name: "The rides, best first" });
    // Only a ride has a heading: a list within it has none.
    this.rides = this.ranking.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
    this.notRanked = page.getByRole("region", { name: "Not ranked" });
  }

  /** Opens the page and waits for hydration. */
  async open(query = ""): Promise<void> {
    await this.page.goto(`/choose${query && `?${query}`}`);
    await expect(this.page.locator("html[data-ready]")).toBeAttached();
  }

  /** Returns the ids that the page ranks: the rides, and after them those in the closed list. */
  async rankedIds(): Promise<string[]> {
    const links = this.ranking.getByRole("link", { includeHidden: true });
    return links.evaluateAll((all) => all.map((link) => (link.getAttribute("href") ?? "").split("/").pop() ?? ""));
  }

  /** Returns the chance of being the best and the regret of every ranked ride, as the page computed them. */
  async chances(): Promise<{ id: string; p_best: number; regret: number }[]> {
    const rides = this.ranking.getByRole("listitem", { includeHidden: true }).and(this.page.locator("[data-p-best]"));
    return rides.evaluateAll((all) =>
      all.map((ride) => ({
        id: (ride.querySelector("a")?.getAttribute("href") ?? "").split("/").pop() ?? "",
        p_best: Number(ride.getAttribute("data-p-best")),
        regret: Number(ride.getAttribute("data-regret")),
      })),
    );
  }

  /** Returns the link to a launch among the rides. */
  name(ride: Locator): Locator {
    return ride.getByRole("heading").getByRole("link");
  }

  /** Returns the ride of a launch. */
  ride(title: string): Locator {
    return this.rides.filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }

  /** Returns the entries of a launch, ranked or not, also in closed lists. */
  entries(title: string): Locator {
    const entries = this.ranking.or(this.notRanked).getByRole("listitem", { includeHidden: true });
    return entries.filter({ has: this.page.getByRole("link", { name: title, exact: true, includeHidden: true }) });
  }
}

import type { Locator } from "@playwright/test";

/** The drawings of charts within some figures: applications once they can be operated by keys, images before. */
export function chartAreas(figures: Locator): Locator {
  return figures.getByRole("application").or(figures.getByRole("img"));
}

import type { FullConfig } from "@playwright/test";

/** Waits until the first ingest run has published data: "ready" means only that the program responds. */
export default async function waitForLaunches(config: FullConfig): Promise<void> {
  const url = `${config.projects[0].use.baseURL}/api/v1/launches?limit=1`;
  const deadline = Date.now() + 180_000;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url);
      last = `status ${response.status}`;
      if (response.ok) {
        const { count } = (await response.json()) as { count: number };
        last = `${count} launches`;
        if (count > 0) return;
      }
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the board stayed empty: ${url}: ${last}`);
}

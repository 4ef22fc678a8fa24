import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defineConfig, devices } from "@playwright/test";

// `cargo xtask test` sets all of these. `npx playwright test` alone works too, once the program and the site are built.
const root = resolve(import.meta.dirname, "..");
export const binary = process.env.MOONCOON_BINARY ?? join(root, "target/debug/mooncoon");
const site = process.env.MOONCOON_SITE_DIR ?? join(root, "target/site");
process.env.MOONCOON_ADDR ??= "127.0.0.1:3199";
const address = process.env.MOONCOON_ADDR;
// Set for the workers too: they read this file again and must not create a second folder.
process.env.MOONCOON_DATA_DIR ??= join(temporaryFolder(), "data");
const data = process.env.MOONCOON_DATA_DIR;
const isRoot = process.getuid?.() === 0;

/** A folder that every account can enter: if started as root, the program's Postgres runs as another user. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mooncoon-browser-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** The fixed time of the invented world and of every page. */
export const NOW = "2026-03-01T12:00:00Z";

/** The program's environment; a spec that starts its own program adds address and folder. */
export const environment = {
  DATABASE_URL: "",
  MOONCOON_POSTGRES_DIR: process.env.MOONCOON_POSTGRES_DIR ?? join(root, "xtask/postgres"),
  MOONCOON_SITE_DIR: site,
  MOONCOON_SOURCE: "simulated",
  MOONCOON_PUBLIC_READ: "on",
  RUST_LOG: "warn",
};

export default defineConfig({
  testDir: "./tests",
  globalSetup: "./setup.ts",
  // One world, one server, read only: specs do not affect each other.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // If the machine stalls for a second, one of hundreds of tests fails. One that passes only on retry is reported as "flaky", to examine.
  retries: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: `http://${address}`,
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "dark",
    // What it keeps from one spec would be served to the next; offline.spec.ts allows it.
    serviceWorkers: "block",
    // Recording tests that pass only takes time.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      // Chromium's sandbox does not work for root.
      args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic", "--no-first-run"],
    },
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
      grepInvert: /@phone/,
    },
    {
      name: "phone",
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } },
      grep: /@phone/,
    },
  ],
  webServer: {
    // `exec`: the signal must reach the program and not a shell around it.
    command: `exec "${binary}" serve --frozen-at ${NOW} --seed 1969 --upcoming 360 --past 400`,
    // Outside the repository, whose .env is the developer's.
    cwd: tmpdir(),
    env: { ...environment, MOONCOON_ADDR: address, MOONCOON_DATA_DIR: data },
    url: `http://${address}/readyz`,
    timeout: 120_000,
    reuseExistingServer: false,
    stdout: "ignore",
    stderr: "pipe",
    // A kill would leave its Postgres running.
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});

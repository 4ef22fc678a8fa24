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
// Set for the workers as well: they read this file again and must not make a second folder.
process.env.MOONCOON_DATA_DIR ??= join(temporaryFolder(), "data");
const data = process.env.MOONCOON_DATA_DIR;
const isRoot = process.getuid?.() === 0;

/** A folder that every account can walk through: started as root, the program's Postgres runs as somebody else. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mooncoon-browser-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** The moment at which time stands still, for the invented world and for every page. */
export const NOW = "2026-03-01T12:00:00Z";

/** What the program is told; a spec that starts one of its own adds address and folder. */
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
  // One world, one server, read only: specs do not disturb each other.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A machine that stops for a second fails one of hundreds. What passes only then is named "flaky" in the summary, to be looked at.
  retries: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: `http://${address}`,
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "dark",
    // What it keeps of one spec would answer the next; offline.spec.ts allows it.
    serviceWorkers: "block",
    // Recording what passes only takes time.
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
    // Away from the repository, whose .env is the developer's.
    cwd: tmpdir(),
    env: { ...environment, MOONCOON_ADDR: address, MOONCOON_DATA_DIR: data },
    url: `http://${address}/readyz`,
    timeout: 120_000,
    reuseExistingServer: false,
    stdout: "ignore",
    stderr: "pipe",
    // A kill would leave its Postgres behind.
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});

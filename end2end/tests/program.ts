import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { binary, environment, NOW } from "../playwright.config";

const run = promisify(execFile);

/** A launch in LL2's format; only the fields that specs change are declared. */
export type Ll2Launch = {
  id: string;
  name: string;
  net: string;
  net_precision: { id: number; name: string; abbrev: string } | null;
  status: { id: number; name: string; abbrev: string };
  window_start: string;
  window_end: string;
  last_updated: string;
  launch_service_provider: { id: number; name: string; abbrev: string };
};

export const PRECISION = {
  minute: { id: 1, name: "Minute", abbrev: "MIN" },
  day: { id: 5, name: "Day", abbrev: "DAY" },
  month: { id: 7, name: "Month", abbrev: "M" },
};
export const STATUS = {
  go: { id: 1, name: "Go for Launch", abbrev: "Go" },
  tbd: { id: 2, name: "To Be Determined", abbrev: "TBD" },
  success: { id: 3, name: "Launch Successful", abbrev: "Success" },
};

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Waits until a program that has just been started responds with success. */
async function answered(address: string): Promise<Response> {
  let answer: Response | null = null;
  await expect
    .poll(
      async () => {
        answer = await fetch(address).catch(() => null);
        return answer?.ok;
      },
      { message: `${address} answers`, timeout: 120_000, intervals: [250] },
    )
    .toBe(true);
  return answer!;
}

/** Invented launches in LL2's format, from the simulator, all of them months ahead: a spec sets the dates of those it tests. */
export async function inventedLaunches(count: number, ...options: string[]): Promise<Ll2Launch[]> {
  const port = await freePort();
  const simulator = spawn(binary, ["simulate", "--addr", `127.0.0.1:${port}`, "--upcoming", String(count), "--past", "20", "--start", "2026-02-01T00:00:00Z", ...options], {
    cwd: tmpdir(),
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => simulator.once("exit", resolve));
  try {
    const answer = await answered(`http://127.0.0.1:${port}/2.3.0/launches/upcoming/?mode=detailed&limit=100`);
    const { results } = (await answer.json()) as { results: Ll2Launch[] };
    return results.map((launch, at) => ({
      ...launch,
      ...dated(new Date(Date.UTC(2026, 4 + at, 10, 12)).toISOString()),
      net_precision: PRECISION.day,
      status: STATUS.tbd,
    }));
  } finally {
    simulator.kill("SIGTERM");
    await ended;
  }
}

/** The title of a launch on pages: its name without the rocket's. */
export const title = (launch: Ll2Launch): string => launch.name.replace(/^.*\| /, "");

/** A date with a window of zero length. */
export function dated(net: string): Pick<Ll2Launch, "net" | "window_start" | "window_end"> {
  return { net, window_start: net, window_end: net };
}

/** A separate program whose past is written by a spec: its job is paused, and its data is imported. */
export class OwnProgram {
  private readonly told = new Map<string, { content: string; last_updated: string }>();

  private constructor(
    readonly base: string,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private program: ChildProcess,
  ) {}

  static async start(name: string): Promise<OwnProgram> {
    const folder = mkdtempSync(join(tmpdir(), `mooncoon-${name}-`));
    // If started as root, the program's Postgres runs as another user, who must be able to enter the folder.
    chmodSync(folder, 0o755);
    const address = `127.0.0.1:${await freePort()}`;
    const env = { ...process.env, ...environment, MOONCOON_ADDR: address, MOONCOON_DATA_DIR: join(folder, "data") };
    await run(binary, ["pause", "--reason", "the spec writes the past"], { env, cwd: tmpdir() });
    const own = new OwnProgram(`http://${address}`, folder, env, OwnProgram.serve(env));
    await own.ready();
    return own;
  }

  private static serve(env: NodeJS.ProcessEnv, at = NOW): ChildProcess {
    return spawn(binary, ["serve", "--frozen-at", at, "--upcoming", "10", "--past", "10"], { env, cwd: tmpdir(), stdio: "ignore" });
  }

  private async ready(): Promise<void> {
    await answered(`${this.base}/readyz`);
  }

  /** Publishes a list as if LL2 had returned it at that time. */
  async import(observedAt: string, launches: Ll2Launch[]): Promise<void> {
    const file = join(this.folder, "upcoming.json");
    const results = launches.map((launch) => {
      // LL2 dates a record when it is edited, not when it is read.
      const content = JSON.stringify({ ...launch, last_updated: null });
      const before = this.told.get(launch.id);
      const last_updated = before?.content === content ? before.last_updated : observedAt;
      this.told.set(launch.id, { content, last_updated });
      return { ...launch, last_updated };
    });
    writeFileSync(file, JSON.stringify({ count: results.length, next: null, previous: null, results }));
    await run(binary, ["import", "--observed-at", observedAt, file], { env: this.env, cwd: tmpdir() });
  }

  /** Stops the program and waits until it has ended. */
  async stop(): Promise<void> {
    if (this.program.exitCode !== null) return;
    const ended = new Promise((resolve) => this.program.once("exit", resolve));
    this.program.kill("SIGTERM");
    await ended;
  }

  /** Starts it again with the same database, at the usual time or at another. */
  async startAgain(at = NOW): Promise<void> {
    this.program = OwnProgram.serve(this.env, at);
    await this.ready();
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

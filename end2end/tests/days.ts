import { test } from "./fixtures";
import { inventedLaunches, type Ll2Launch, OwnProgram } from "./program";

/** A spec's own program, in which each publication is a new day. */
export class Days<Launch extends Ll2Launch = Ll2Launch> {
  /** The launches as last published. */
  launches: Launch[] = [];
  /** The day in February of the last publication. */
  day = 0;

  private constructor(private readonly program: () => OwnProgram) {}

  /** For the tests of the calling file, which run in order. */
  static ofSpec<Launch extends Ll2Launch = Ll2Launch>(name: string, choose: (invented: Launch[]) => Launch[] = (invented) => invented): Days<Launch> {
    let program: OwnProgram;
    const days = new Days<Launch>(() => program);
    test.describe.configure({ mode: "serial" });
    test.beforeAll(async () => {
      test.setTimeout(240_000);
      program = await OwnProgram.start(name);
      days.launches = choose((await inventedLaunches(20)) as Launch[]);
      await days.publish();
    });
    test.afterAll(async () => program?.end());
    return days;
  }

  get base(): string {
    return this.program().base;
  }

  /** Publishes a new state of the same launches, a day after the one before. */
  async publish(...changed: Launch[]): Promise<void> {
    this.launches = this.launches.map((launch) => changed.find(({ id }) => id === launch.id) ?? launch);
    this.day += 1;
    await this.program().import(`2026-02-${String(this.day).padStart(2, "0")}T06:00:00Z`, this.launches);
  }

  stop(): Promise<void> {
    return this.program().stop();
  }

  startAgain(): Promise<void> {
    return this.program().startAgain();
  }
}

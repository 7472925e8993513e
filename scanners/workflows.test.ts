import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scripts, workflows } from "../__tests__/examples/support/pipelines";
import { actionlint, shellcheck } from "./support/workflow-linters";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-workflows-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test.each(workflows.map(({ name, path }) => [name, path]))("actionlint finds nothing in %s", async (_, path) => {
  expect(await actionlint(path as string)).toEqual([]);
});

test.each(scripts)("shellcheck finds nothing in what a shell runs: %s", async (_, script) => {
  expect(await shellcheck(written("script.sh", script))).toEqual([]);
});

describe("what is wrong is found:", () => {
  const [{ text }] = workflows as [(typeof workflows)[number]];

  test.each([
    ["a permission that there is not", text.replace("id-token: write", "id-tokens: write"), "permissions: "],
    ["an expression without a meaning", text.replace("vars.AWS_REGION", "var.AWS_REGION"), "expression: "],
    ["a key that no job has", text.replace("timeout-minutes: 30", "timeout: 30"), "syntax-check: "],
    ["a variable without quotes", text.replace('"$RUNNER_TEMP/plan"', "$RUNNER_TEMP/plan"), "shellcheck: "],
  ])("%s, by actionlint", async (_, changed, kind) => {
    expect(changed).not.toBe(text);
    expect(await actionlint(written("workflow.yml", changed))).toContainEqual(expect.stringContaining(kind));
  });

  test("a variable without quotes, by shellcheck", async () => {
    expect(await shellcheck(written("script.sh", "rm $FOLDER\n"))).toEqual([expect.stringContaining("SC2086")]);
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONFIGURATION } from "./support/command";

const RUN = join(__dirname, "../../build/run.cjs");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-process-"));
  writeFileSync(join(folder, "audit-trail.yaml"), CONFIGURATION);
  // The first run makes the bundle.
  execFileSync(process.execPath, [RUN, "cli", "--version"]);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a line in the shell, in which `audit-trail` is the command. */
function shell(line: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const script = `set -o pipefail\naudit-trail() { '${process.execPath}' '${RUN}' cli "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the command as a process", () => {
  test.each([
    ["is right", "check", 0],
    ["is used wrongly", "chek", 2],
    ["is wrong", "generate --check", 1],
  ])("ends with what it found: %s", (_, line, status) => {
    expect(shell(`audit-trail ${line}`)).toMatchObject({ status });
  });

  test.each([
    ["nobody reads what it prints", "audit-trail schema | true", 0],
    ["somebody stops reading", "audit-trail check | head -1", 0],
    ["somebody stops reading while there is more to come", "audit-trail generate --check | head -1", 1],
    ["nobody reads what is wrong", "audit-trail check none.yaml 2>&1 | true", 2],
  ])("prints no trace, and ends with what it found, where %s", (_, line, status) => {
    expect(shell(line)).toMatchObject({ status, stderr: "" });
  });

  test.each([
    ["nothing can be read", "audit-trail check <&-"],
    ["nothing can be printed", "audit-trail check >&-"],
    ["nothing can be told", "audit-trail check 2>&-"],
    ["there is nothing at all", "audit-trail synth --out none <&- >&- 2>&-"],
  ])("works where %s", (_, line) => {
    expect(shell(line)).toMatchObject({ status: 0, stderr: "" });
  });

  test("says so where what it prints does not arrive", () => {
    const { status, stderr } = shell("audit-trail check > /dev/full");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^the output cannot be written: ENOSPC: .*\n$/);
  });

  test("says so where the system takes no folder, in which Node tries without end to make one", () => {
    const args = [RUN, "cli", "synth", "--out", "/proc/none"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", timeout: 30_000 });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^\/proc(\/none)?: cannot be made: .*; choose another place\n$/);
  });

  test("reads a configuration from a pipe", () => {
    expect(shell("audit-trail check /dev/stdin < audit-trail.yaml")).toMatchObject({ status: 0, stderr: "" });
    expect(shell("cat audit-trail.yaml | audit-trail check /dev/stdin --json")).toMatchObject({ status: 0 });
  });

  test("writes the same in two processes at once", () => {
    const { status, stderr } = shell(
      "audit-trail synth --out both & audit-trail synth --out both; status=$?; wait $! && exit $status",
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(shell("find both -name '*.tmp'; audit-trail synth --out both --json").stdout).toContain('"written": []');
  });
});

import { execFile, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(__dirname, "../..");
const SOURCE = "src/cli/exit.ts";
const PHRASE = "Exit codes:";

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "audit-trail-bundle-"));
  for (const path of ["src", "build", "main.ts", "package.json", "package-lock.json", "tsconfig.json", "LICENSE"]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function help(options: readonly string[] = []): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, "build/run.cjs", "cli", "--help"], {
    cwd: copy,
    encoding: "utf8",
  });
  return `${stdout}${stderr}${status}`;
}

/** Writes another phrase into a source, which the help then has. */
function say(phrase: string): void {
  writeFileSync(join(copy, SOURCE), readFileSync(join(ROOT, SOURCE), "utf8").replace(PHRASE, phrase));
}

function bundles(): readonly string[] {
  return readdirSync(join(copy, ".build/bundle"));
}

describe("the bundle", () => {
  test("is made once where several processes need it at the same time", async () => {
    const run = promisify(execFile);
    const runs = [1, 2, 3].map(() => run(process.execPath, ["build/run.cjs", "cli", "--help"], { cwd: copy }));
    for (const { stdout, stderr } of await Promise.all(runs)) {
      expect(stdout).toContain(PHRASE);
      expect(stderr).toBe("");
    }
    expect(bundles()).toEqual([expect.stringMatching(/^[0-9a-f]{20}$/)]);
  });

  test("is used again where nothing changed", () => {
    const [name] = bundles();
    const made = statSync(join(copy, ".build/bundle", name as string, "cli.cjs")).mtimeMs;
    expect(help()).toContain(PHRASE);
    expect(bundles()).toEqual([name]);
    expect(statSync(join(copy, ".build/bundle", name as string, "cli.cjs")).mtimeMs).toBe(made);
  });

  test("is never an old one: a change is there at once, and gone at once", () => {
    say("How it ends:");
    expect(help()).toContain("How it ends:");
    say(PHRASE);
    expect(help()).toContain(PHRASE);
    const before = bundles();
    writeFileSync(join(copy, "src/a-new-file.ts"), "export {};\n");
    help();
    expect(bundles()).toHaveLength(before.length + 1);
    rmSync(join(copy, "src/a-new-file.ts"));
  });

  test("is not kept under the name of sources that changed while it was made", () => {
    const hook = join(copy, "hook.cjs");
    const changed = readFileSync(join(ROOT, SOURCE), "utf8").replace(PHRASE, "Meanwhile:");
    writeFileSync(
      hook,
      `const esbuild = require(${JSON.stringify(join(ROOT, "node_modules/esbuild"))});
       const { buildSync } = esbuild;
       const patched = { ...esbuild, buildSync: (options) => {
         require("node:fs").writeFileSync(${JSON.stringify(join(copy, SOURCE))}, ${JSON.stringify(changed)});
         return buildSync(options);
       } };
       const { Module } = require("node:module");
       const load = Module._load;
       Module._load = (name, ...rest) => (name === "esbuild" ? patched : load(name, ...rest));`,
    );
    say("Before:");
    expect(help(["--require", hook])).toContain("Meanwhile:");
    say("Before:");
    expect(help()).toContain("Before:");
    say(PHRASE);
  });

  test("stays for a day, as another process may be about to load it", () => {
    help();
    const [kept, old] = bundles().slice(0, 2) as [string, string];
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    utimesSync(join(copy, ".build/bundle", old), twoDaysAgo, twoDaysAgo);
    say("New:");
    expect(help()).toContain("New:");
    expect(bundles()).toContain(kept);
    expect(bundles()).not.toContain(old);
    say(PHRASE);
  });

  test("is not made of a source that is wrong: that is told with its place, without a trace", () => {
    const before = bundles();
    writeFileSync(join(copy, SOURCE), "export const Exit = {\n");
    const told = help();
    expect(told).toContain(`${SOURCE}:2:0`);
    expect(told).not.toMatch(/^ +at /m);
    expect(told).toMatch(/1$/);
    expect(bundles()).toEqual(before);
    say(PHRASE);
  });

  test("has two programs", () => {
    const { status, stderr } = spawnSync(process.execPath, ["build/run.cjs", "other"], { cwd: copy, encoding: "utf8" });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "usage: node build/run.cjs app|cli|props [ARGUMENT...]\n",
    });
  });
});

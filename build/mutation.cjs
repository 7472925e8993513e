#!/usr/bin/env node
// Mutation tests, file by file, each with its own unit tests: node build/mutation.cjs [FILE or FOLDER of src...]
// What was measured is kept: a run that was broken off goes on where it was, and only what changed is measured anew.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");

const root = join(__dirname, "..");
const reports = join(root, ".build/mutation");
const measured = join(reports, "measured.json");
const asked = process.argv.slice(2).map((each) => each.replace(/^src\//, ""));
const named = asked.length > 0 ? asked : ["values", "inputs", "policy", "components"];
const missing = named.filter((each) => !existsSync(join(root, "src", each)));
if (missing.length > 0) {
  console.error(`src has no ${missing.join(", ")}; usage: node build/mutation.cjs [FILE or FOLDER of src...]`);
  process.exit(2);
}
/** The share of mutants that tests must find, over everything that was mutated. */
const LEAST = 0.85;

/** The files below a folder, or the file itself. */
function filesOf(path) {
  return path.endsWith(".ts")
    ? [path]
    : readdirSync(path, { recursive: true })
        .map((each) => join(path, each))
        .filter((each) => each.endsWith(".ts"))
        .sort();
}

/** The tests of a file: those that are named after it; where there are none, those of its folder. */
function testsOf(path) {
  const own = path.replace(/^src/, "__tests__").replace(/\.ts$/, ".test.ts");
  // Those of a component are about all of its files together.
  if (existsSync(join(root, own)) && !path.startsWith("src/components/")) {
    return own;
  }
  const folder = dirname(path).replace(/^src/, "__tests__");
  // Some parts have no tests but those of what they are parts of.
  return folder === "__tests__/components" ? "__tests__/components/*-bucket" : folder;
}

/** What a result depends on: the file, and its tests with what supports them. */
function fingerprint(file) {
  const hash = createHash("sha256");
  const folder = join(root, dirname(relative(root, file)).replace(/^src/, "__tests__"));
  const support = ["__tests__/support", "__tests__/components/support"].flatMap((each) => filesOf(join(root, each)));
  for (const each of [file, ...filesOf(folder), ...support]) {
    hash.update(readFileSync(each));
  }
  return hash.digest("hex");
}

/** Mutates a file, and says which mutants no test found. Ends where that fails: what was measured before is kept. */
function measure(file) {
  const path = relative(root, file);
  const report = join(reports, "report.json");
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [join(root, "node_modules/@stryker-mutator/core/bin/stryker.js"), "run", "--mutate", path],
    { cwd: root, stdio: "inherit", env: { ...process.env, MUTATION_TESTS: testsOf(path) } },
  );
  if (status !== 0) {
    console.error(`${path}: the mutation run failed`);
    process.exit(1);
  }
  // Without mutants there is no report.
  const mutants = existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")).files[path]?.mutants ?? []) : [];
  const ofStatus = (...statuses) => mutants.filter(({ status }) => statuses.includes(status));
  const survived = ofStatus("Survived", "NoCoverage");
  return {
    found: ofStatus("Killed", "Timeout").length,
    survived: survived.map(({ location, replacement }) => `${path}:${location.start.line}: ${replacement}`),
  };
}

mkdirSync(reports, { recursive: true });
let results = {};
try {
  results = JSON.parse(readFileSync(measured, "utf8"));
} catch {
  // Nothing was measured yet.
}
let found = 0;
let survived = 0;
for (const file of named.flatMap((each) => filesOf(join(root, "src", each)))) {
  const path = relative(root, file);
  const print = fingerprint(file);
  if (results[path]?.fingerprint !== print) {
    results[path] = { fingerprint: print, ...measure(file) };
    writeFileSync(measured, JSON.stringify(results, null, 2));
  }
  const result = results[path];
  found += result.found;
  survived += result.survived.length;
  console.log(`${path}: ${result.found} of ${result.found + result.survived.length} mutants found`);
  for (const each of result.survived) {
    console.log(`  survived: ${each}`);
  }
}
const share = found + survived === 0 ? 1 : found / (found + survived);
console.log(
  `${found} of ${found + survived} mutants found: ${(100 * share).toFixed(1)} %, at least ${100 * LEAST} % wanted`,
);
process.exitCode = share >= LEAST ? 0 : 1;

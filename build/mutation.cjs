#!/usr/bin/env node
// Mutation tests, folder by folder, each with its own unit tests: node build/mutation.cjs [FOLDER...]
const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const all = ["values", "inputs", "policy", "components"];
const folders = process.argv.length > 2 ? process.argv.slice(2) : all;
/** The share of mutants that tests must find, over everything that was mutated. */
const LEAST = 0.85;

let found = 0;
let total = 0;
for (const folder of folders) {
  spawnSync(
    process.execPath,
    [join(root, "node_modules/@stryker-mutator/core/bin/stryker.js"), "run", "--mutate", `src/${folder}/**/*.ts`],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, MUTATED_FOLDER: folder },
    },
  );
  const { files } = JSON.parse(readFileSync(join(root, ".build/mutation/report.json"), "utf8"));
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const ofStatus = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const killed = ofStatus("Killed", "Timeout");
  const counted = killed + ofStatus("Survived", "NoCoverage");
  console.log(`${folder}: ${killed} of ${counted} mutants found`);
  found += killed;
  total += counted;
}
console.log(
  `${found} of ${total} mutants found: ${((100 * found) / total).toFixed(1)} %, at least ${100 * LEAST} % wanted`,
);
process.exitCode = found / total >= LEAST ? 0 : 1;

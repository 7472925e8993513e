#!/usr/bin/env node
// Writes what is generated and committed: modules/, the JSON schema, docs/compliance.md and the TypeScript interfaces of
// the inputs. With --check, fails where they are not what would be written. The arguments are those of `audit-trail generate`.
const { spawnSync } = require("node:child_process");
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const options = process.argv.slice(2);

/** Files that are what a command prints. */
const printed = [
  { file: "schema/audit-trail.schema.json", args: ["schema"] },
  { file: "docs/compliance.md", args: ["compliance", "--profiles"] },
];

/** Runs a program of `run.cjs`. */
function run(args, stdout) {
  const { status, stdout: text } = spawnSync(process.execPath, [join(__dirname, "run.cjs"), ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["inherit", stdout, "inherit"],
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  return text;
}

/** Writes a file, or with --check tells that it is another one. */
function written(file, text) {
  const path = join(root, file);
  if (!options.includes("--check")) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${file} is not what would be written. Next: npm run generate`);
    process.exitCode = 1;
  }
}

run(["cli", "generate", ...options], "inherit");
if (!options.includes("--help") && !options.includes("-h")) {
  for (const { file, args } of printed) {
    written(file, run(["cli", ...args], "pipe"));
  }
  for (const [file, text] of Object.entries(JSON.parse(run(["props"], "pipe")))) {
    written(file, text);
  }
}

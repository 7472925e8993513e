#!/usr/bin/env node
// Writes what is generated and committed: modules/, the JSON schema and docs/compliance.md. With --check, fails where they
// are not what would be written. The arguments are those of `audit-trail generate`.
const { spawnSync } = require("node:child_process");
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const options = process.argv.slice(2);

/** Files that are what a command prints. */
const printed = [
  { file: "schema/audit-trail.schema.json", args: ["schema"] },
  { file: "docs/compliance.md", args: ["compliance", "--profiles"] },
];

function command(args, stdout) {
  const { status, stdout: text } = spawnSync(process.execPath, [join(__dirname, "run.cjs"), "cli", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["inherit", stdout, "inherit"],
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  return text;
}

command(["generate", ...options], "inherit");
if (!options.includes("--help") && !options.includes("-h")) {
  for (const { file, args } of printed) {
    const path = join(root, file);
    const text = command(args, "pipe");
    if (!options.includes("--check")) {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    } else if (readFileSync(path, "utf8") !== text) {
      console.error(`${file} is not what would be written. Next: npm run generate`);
      process.exitCode = 1;
    }
  }
}

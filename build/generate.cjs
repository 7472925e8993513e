#!/usr/bin/env node
// Writes what is generated and committed: modules/ and the JSON schema. With --check, fails where they are not what would
// be written. The arguments are those of `audit-trail generate`.
const { spawnSync } = require("node:child_process");
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const schemaFile = join(root, "schema/audit-trail.schema.json");
const options = process.argv.slice(2);

function command(args, stdout) {
  const { status, stdout: printed } = spawnSync(process.execPath, [join(__dirname, "run.cjs"), "cli", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["inherit", stdout, "inherit"],
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  return printed;
}

command(["generate", ...options], "inherit");
if (!options.includes("--help") && !options.includes("-h")) {
  const schema = command(["schema"], "pipe");
  if (!options.includes("--check")) {
    writeFileSync(`${schemaFile}.new`, schema);
    renameSync(`${schemaFile}.new`, schemaFile);
  } else if (readFileSync(schemaFile, "utf8") !== schema) {
    console.error("schema/audit-trail.schema.json is not what would be written. Next: npm run generate");
    process.exit(1);
  }
}

#!/usr/bin/env node
// Runs jest; where JEST_JSON_FOLDER is set, the counts are also written there as JSON.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const folder = process.env.JEST_JSON_FOLDER;
const report = folder ? ["--json", `--outputFile=${join(folder, `jest-${process.pid}.json`)}`] : [];
const { status } = spawnSync(
  process.execPath,
  [require.resolve("jest/bin/jest"), ...report, ...process.argv.slice(2)],
  {
    stdio: ["ignore", folder ? "ignore" : "inherit", "inherit"],
  },
);
process.exit(status ?? 1);

#!/usr/bin/env node
import { Exit } from "./exit";
import { run } from "./program";
import { withoutStackTraces } from "./stack-traces";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads may stop reading: `audit-trail check | head -1`. What was decided stays decided.
  if (error.code !== "EPIPE") {
    process.stderr.write(`the output cannot be written: ${error.message}\n`);
    process.exitCode = Exit.misused;
  }
});
process.stderr.on("error", () => undefined);
withoutStackTraces();
run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

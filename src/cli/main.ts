#!/usr/bin/env node
import { run } from "./program";
import { withoutStackTraces } from "./stack-traces";

withoutStackTraces();
process.exitCode = run(process.argv.slice(2));

import { App } from "cdktf";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./src/cli/read-file";
import { withoutStackTraces } from "./src/cli/stack-traces";
import { addStacks } from "./src/stacks";

try {
  const { trails } = readConfigurationFile(process.env.AUDIT_TRAIL_CONFIGURATION || DEFAULT_CONFIGURATION);
  withoutStackTraces();
  const app = new App({ stackTraces: false });
  addStacks(app, trails);
  app.synth();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

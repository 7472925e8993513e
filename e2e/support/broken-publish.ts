import { type PublishOptions, preparePublish } from "../../src/cli/publish";
import { withoutStackTraces } from "../../src/cli/stack-traces";
import { publish } from "../../src/publish";

/*
 * `audit-trail publish` as a process that is killed before one of its steps, as when a machine goes down there. What it
 * is told is the options, as JSON, and the step. Terraform is not asked whether it takes the module, which is long and
 * leaves nothing; runs to the end ask it.
 */

const [options = "{}", last = ""] = process.argv.slice(2);
withoutStackTraces();
const before = (step: string): void => {
  if (step === last) {
    process.kill(process.pid, "SIGKILL");
  }
};
preparePublish(JSON.parse(options) as PublishOptions)
  .then(({ means, close }) => publish({ ...means, validate: async () => undefined, before }).finally(close))
  .then(
    ({ end }) => process.stdout.write(`${end}\n`),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );

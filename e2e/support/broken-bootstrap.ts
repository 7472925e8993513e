import { withoutStackTraces } from "../../src/cli/stack-traces";
import { prepareBootstrap } from "../../src/cli/state";
import { bootstrap } from "../../src/state";

/*
 * `audit-trail state bootstrap` as a process that is killed before one of its steps, as when a machine goes down there.
 */

const [configuration = "", folder = "", accountId = "", last = ""] = process.argv.slice(2);
withoutStackTraces();
const { means } = prepareBootstrap(configuration, { folder, accountId, yes: true });
const before = (step: string): void => {
  if (step === last) {
    process.kill(process.pid, "SIGKILL");
  }
};
bootstrap({ ...means, before }).then(
  (end) => process.stdout.write(`${end}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);

import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { ConfigurationError, placedProblemText } from "../configuration";
import { problemText } from "../inputs";
import { addCheck } from "./check";
import { Exit, UsageError } from "./exit";
import { addGenerate } from "./generate";
import { addInit } from "./init";
import { addSchema } from "./schema";
import { addSynth } from "./synth";

const HELP = `
Begin with:
  audit-trail init       write audit-trail.yaml, with every input explained
  audit-trail check      see what it makes and what AWS charges for
  audit-trail synth      write Terraform JSON to cdktf.out

Exit codes: 0 good, 1 the configuration is wrong, 2 used wrongly.`;

/** Runs the command. Returns its exit code; writes results to standard output and problems to standard error. */
export function run(args: readonly string[]): number {
  process.exitCode = Exit.good;
  const program = new Command("audit-trail")
    .description("An AWS CloudTrail audit trail for Terraform: from a configuration, or as modules.")
    .version(version)
    .addHelpText("after", HELP)
    .showHelpAfterError("(audit-trail --help shows what there is)")
    .exitOverride();
  for (const add of [addInit, addCheck, addSynth, addGenerate, addSchema]) {
    add(program);
  }
  for (const command of program.commands) {
    command.exitOverride();
  }
  try {
    program.parse([...args], { from: "user" });
    return Number(process.exitCode);
  } catch (error) {
    return explain(error, args.includes("--json"));
  }
}

/** Writes what went wrong; never a stack trace. */
function explain(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? Exit.good : Exit.misused;
  }
  if (error instanceof ConfigurationError) {
    if (json) {
      const problems = error.problems.map((problem) => ({
        file: error.file,
        ...problem.position,
        path: problem.path,
        message: problemText(problem),
      }));
      process.stdout.write(`${JSON.stringify({ ok: false, file: error.file, problems }, null, 2)}\n`);
    } else {
      process.stderr.write(`${error.problems.map((problem) => placedProblemText(error.file, problem)).join("\n")}\n`);
    }
    return Exit.wrong;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: false, message }, null, 2)}\n`);
  } else {
    process.stderr.write(`${message}\n`);
  }
  return error instanceof UsageError ? Exit.misused : Exit.wrong;
}

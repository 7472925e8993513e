import { Command, CommanderError } from "commander";
import { version } from "../../package.json";
import { ConfigurationError, placedProblemText } from "../configuration";
import { DeploymentProblem } from "../deployment";
import { InputError, pathText, problemText } from "../inputs";
import { FileAccessError } from "../output/file-access";
import { ForeignFileError } from "../output/generated-files";
import { PublishProblem } from "../publish";
import { StateProblem } from "../state";
import { addCheck } from "./check";
import { addCompliance } from "./compliance";
import { addDeploymentPolicy } from "./deployment-policy";
import { addDeploymentRole } from "./deployment-role";
import { addDiff } from "./diff";
import { EXIT_CODES, Exit, Refusal, UsageError } from "./exit";
import { addGenerate } from "./generate";
import { addInit } from "./init";
import { addMigrate } from "./migrate";
import { addPublish } from "./publish";
import { addSchema } from "./schema";
import { addState } from "./state";
import { addSynth } from "./synth";
import { jsonText } from "./texts";

/** What a command answers by where something is wrong with what it was given. */
const ANSWERS = [
  ConfigurationError,
  DeploymentProblem,
  ForeignFileError,
  InputError,
  PublishProblem,
  Refusal,
  StateProblem,
];

const HELP = `
Begin with:
  audit-trail init             write audit-trail.yaml, with every input explained
  audit-trail check            see what it makes and what AWS charges for
  audit-trail state bootstrap  make the bucket that keeps Terraform's states
  audit-trail synth            write Terraform JSON to cdktf.out

More about a command: audit-trail help <command>

${EXIT_CODES}`;

/** Runs the command. Returns its exit code; writes results to standard output and problems to standard error. */
export async function run(args: readonly string[]): Promise<number> {
  const { program, json } = prepared(args);
  try {
    await program.parseAsync(withTopicsAsCommands(args, program), { from: "user" });
    return Number(process.exitCode);
  } catch (error) {
    return explain(error, json);
  }
}

/** The same for what waits for nothing: all but `state`, `diff` and `publish`. */
export function runAtOnce(args: readonly string[]): number {
  const { program, json } = prepared(args);
  try {
    program.parse(withTopicsAsCommands(args, program), { from: "user" });
    return Number(process.exitCode);
  } catch (error) {
    return explain(error, json);
  }
}

function prepared(args: readonly string[]): { readonly program: Command; readonly json: boolean } {
  process.exitCode = Exit.good;
  const json = args.includes("--json");
  const program = new Command("audit-trail")
    .description(
      "An AWS CloudTrail audit trail for Terraform: from a configuration in YAML, or as modules for your own code.",
    )
    .version(version)
    // After a command, --version is the command's own.
    .enablePositionalOptions()
    .addHelpText("after", HELP)
    .showHelpAfterError("(audit-trail --help shows what there is)")
    // With --json, what went wrong is told as JSON, below.
    .configureOutput({ writeErr: (text) => json || process.stderr.write(text) })
    .exitOverride();
  const commands = [
    ...[addInit, addCheck, addCompliance, addState, addSynth, addDeploymentPolicy, addDeploymentRole],
    ...[addGenerate, addMigrate, addDiff, addPublish, addSchema],
  ];
  for (const add of commands) {
    add(program);
  }
  for (const command of program.commands) {
    pointToHelp(command, command.name());
  }
  return { program, json };
}

/** Has a command, and those below it, point to the help of their own after a mistake. */
function pointToHelp(command: Command, topics: string): void {
  command.showHelpAfterError(`(audit-trail help ${topics} shows what there is)`);
  for (const each of command.commands) {
    pointToHelp(each, `${topics} ${each.name()}`);
  }
}

/**
 * `help state bootstrap` is answered as `state bootstrap --help` is, and `help chek` as `chek`: commander takes one topic
 * alone, and shows the help of everything where it does not know it.
 */
function withTopicsAsCommands(args: readonly string[], program: Command): readonly string[] {
  const [first, ...topics] = args;
  if (first !== "help" || topics.length === 0 || topics.some((topic) => topic.startsWith("-"))) {
    return args;
  }
  let command = program;
  for (const [depth, topic] of topics.entries()) {
    if (command.commands.length === 0) {
      return [...topics.slice(0, depth), "--help"];
    }
    const found = command.commands.find((each) => each.name() === topic);
    if (found === undefined) {
      return topics.slice(0, depth + 1);
    }
    command = found;
  }
  return [...topics, "--help"];
}

function isAnswer(error: unknown): boolean {
  return ANSWERS.some((kind) => error instanceof kind);
}

/** Writes what went wrong; never a stack trace. */
function explain(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) {
    return Exit.good;
  }
  if (json) {
    process.stdout.write(jsonText({ ok: false, ...failure(error) }));
  } else if (!(error instanceof CommanderError)) {
    process.stderr.write(`${messageOf(error)}\n`);
  }
  return isAnswer(error) ? Exit.wrong : Exit.misused;
}

/** What went wrong, for programs. */
function failure(error: unknown): object {
  if (!(error instanceof ConfigurationError)) {
    return { message: messageOf(error) };
  }
  const { file, problems } = error;
  return {
    file,
    problems: problems.map((problem) => ({
      file,
      ...problem.position,
      path: pathText(problem.path),
      message: problemText(problem),
    })),
  };
}

function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return error.problems.map((problem) => placedProblemText(error.file, problem)).join("\n");
  }
  const { message, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof CommanderError) {
    return message.replace(/^error: /, "");
  }
  const isTold =
    isAnswer(error) || error instanceof UsageError || error instanceof FileAccessError || syscall !== undefined;
  return isTold ? message : `This is a fault of audit-trail; please report it: ${message}`;
}

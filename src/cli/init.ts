import { existsSync } from "node:fs";
import { dirname, relative } from "node:path";
import { type Command, Option } from "commander";
import { type ProfileName, profiles } from "../audit-trail/profiles";
import {
  type Answers,
  type Configuration,
  ConfigurationError,
  configurationTemplate,
  readConfiguration,
} from "../configuration";
import { type Problem, pathText, problemText } from "../inputs";
import { COMMAND_NAME } from "../output/command-name";
import { accessing } from "../output/file-access";
import { FILE, putWhereFree, writeBeside } from "../output/whole-file";
import { namedFile } from "./check";
import { Refusal, UsageError } from "./exit";
import { DEFAULT_CONFIGURATION } from "./read-file";

/** Where the schema lies for a project that has installed the package. */
const INSTALLED_SCHEMA = "node_modules/cdktf-audit-trail/schema/audit-trail.schema.json";

/** The answers, by the last step of the paths at which they stand in a configuration. */
const OPTIONS: Readonly<Record<string, string>> = {
  account_id: "--account-id",
  account_name: "--account-name",
  region: "--region",
  owner: "--owner",
  bucket: "--state-bucket",
};

const HELP = `
Asks nothing: what is not given stands in the file as an example to replace.

  audit-trail init --account-id 111122223333 --account-name prod \\
    --region eu-central-1 --owner "Ada Example" --state-bucket prod-states

Profiles:
${Object.entries(profiles)
  .map(([name, { description }]) => `  ${name}\n${description.replace(/(.{1,74})(?:\s+|$)/g, "    $1\n").trimEnd()}`)
  .join("\n")}`;

/** `audit-trail init`: a configuration in which everything is explained. */
export function addInit(program: Command): void {
  program
    .command("init")
    .summary("write a commented configuration")
    .description("Write a configuration of the default trail, with every input explained. Never overwrites a file.")
    .argument("[configuration]", "the file to write", DEFAULT_CONFIGURATION)
    .option("--account-id <id>", "the AWS account, 12 digits")
    .option("--account-name <name>", "a short name of the account; the stack is named after it, too")
    .option("--region <region>", "the home region of the trail, and that of the state's bucket")
    .option("--owner <name>", "who makes the trail")
    .option("--state-bucket <bucket>", "the S3 bucket that keeps Terraform's state")
    .addOption(
      new Option("--profile <name>", "what is chosen beyond the account")
        .choices(Object.keys(profiles))
        .default("essential"),
    )
    .option("--schema <path>", "where editors find the JSON schema, from the file (default: in node_modules)")
    .addHelpText("after", HELP)
    .action((file: string, options: Readonly<Record<string, string>>) => {
      const { schema = schemaFrom(file), profile, ...given } = options;
      const answers: Answers = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value,
        ]),
      );
      const text = configurationTemplate(oneLine(schema), answers, profile as ProfileName);
      const configuration = readAnswers(file, text);
      write(file, text);
      process.stdout.write(summary(file, configuration));
    });
}

function schemaFrom(file: string): string {
  const way = relative(dirname(file), INSTALLED_SCHEMA).replaceAll("\\", "/");
  return way.startsWith(".") ? way : `./${way}`;
}

/** It stands in a comment, which ends with the line. */
function oneLine(schema: string): string {
  if (/\p{Cc}|[\u2028\u2029]/u.test(schema)) {
    throw new UsageError("--schema: must be one line");
  }
  return schema;
}

function readAnswers(file: string, text: string): Configuration {
  try {
    return readConfiguration(file, Buffer.from(text));
  } catch (error) {
    if (error instanceof ConfigurationError) {
      throw new UsageError([...new Set(error.problems.map(answerText))].join("\n"));
    }
    throw error;
  }
}

/** The problem of an answer: of the option that gave it, as there is no file yet. */
function answerText({ path, requirement, got }: Problem): string {
  const option = OPTIONS[String(path.at(-1))] ?? pathText(path);
  return `${option}: ${problemText({ path: [], requirement, ...(got === undefined ? {} : { got }) })}`;
}

/** Fails, rather than overwrites, also where the file appears only now. */
function write(file: string, text: string): void {
  if (!existsSync(dirname(file))) {
    throw new UsageError(`${dirname(file)}: there is no such folder`);
  }
  accessing(file, "written", () => {
    try {
      putWhereFree(writeBeside(file, text, FILE.generated), file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") {
        throw new Refusal(`${file}: exists already, and is left as it is`);
      }
      throw error;
    }
  });
}

function summary(file: string, { trails }: Configuration): string {
  const placeholders = trails.flatMap((trail) => trail.placeholders);
  const check = [`${COMMAND_NAME} check`, ...namedFile(file)].join(" ");
  const open = placeholders.map(({ path, line }) => `  ${file}:${line}: ${pathText(path)}\n`).join("");
  return open === ""
    ? `${file}: written. Next: ${check}\n`
    : `${file}: written. Replace the examples:\n${open}Then: ${check}\n`;
}

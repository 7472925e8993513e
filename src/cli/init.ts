import { existsSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { type Answers, configurationTemplate, readConfiguration } from "../configuration";
import { Exit, UsageError } from "./exit";
import { DEFAULT_CONFIGURATION } from "./read-file";

/** Where the schema lies for a project that has installed the package. */
const INSTALLED_SCHEMA = "./node_modules/cdktf-audit-trail/schema/audit-trail.schema.json";

/** `audit-trail init`: a configuration in which everything is explained. */
export function addInit(program: Command): void {
  program
    .command("init")
    .summary("write a commented configuration")
    .description("Write a configuration of the default trail, with every input explained. Never overwrites a file.")
    .argument("[configuration]", "the file to write", DEFAULT_CONFIGURATION)
    .option("--account-id <id>", "the AWS account, 12 digits")
    .option("--account-name <name>", "a short name of the account")
    .option("--region <region>", "the home region of the trail")
    .option("--owner <name>", "who makes the trail")
    .option("--state-bucket <bucket>", "the S3 bucket that keeps Terraform's state")
    .option("--schema <path>", "where editors find the JSON schema", INSTALLED_SCHEMA)
    .action((file: string, options: Readonly<Record<string, string>>) => {
      if (existsSync(file)) {
        throw new UsageError(`${file}: exists already, and is left as it is`);
      }
      const { schema = INSTALLED_SCHEMA, ...given } = options;
      const answers: Answers = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [
          name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          value,
        ]),
      );
      const text = configurationTemplate(schema, answers);
      readConfiguration(file, Buffer.from(text));
      // Fails, rather than overwrites, where the file has appeared meanwhile.
      writeFileSync(file, text, { flag: "wx" });
      process.stdout.write(
        `${file}: written. Fill it in, then: npx audit-trail check ${file === DEFAULT_CONFIGURATION ? "" : file}\n`.replace(
          / \n/,
          "\n",
        ),
      );
      process.exitCode = Exit.good;
    });
}

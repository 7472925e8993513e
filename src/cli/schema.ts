import type { Command } from "commander";
import { configurationSchema } from "../configuration";

/** `audit-trail schema`: the JSON schema of configurations, for editors. */
export function addSchema(program: Command): void {
  program
    .command("schema")
    .summary("print the JSON schema of configurations")
    .description("Print the JSON schema of configurations, by which editors complete and check them.")
    .action(() => {
      process.stdout.write(`${JSON.stringify(configurationSchema(), null, 2)}\n`);
    });
}

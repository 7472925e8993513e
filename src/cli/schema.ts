import type { Command } from "commander";
import { configurationSchema } from "../configuration";
import { jsonText } from "./texts";

const HELP = `
Editors that know YAML use it where the first line of the file names it, as
\`audit-trail init\` writes it:

  # yaml-language-server: $schema=<path or URL>`;

/** `audit-trail schema`: the JSON schema of configurations, for editors. */
export function addSchema(program: Command): void {
  program
    .command("schema")
    .summary("print the JSON schema of configurations")
    .description("Print the JSON schema of configurations, by which editors complete and check them.")
    .addHelpText("after", HELP)
    .action(() => {
      process.stdout.write(jsonText(configurationSchema()));
    });
}

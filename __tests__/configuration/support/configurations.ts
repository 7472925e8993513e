import { type Configuration, ConfigurationError, readConfiguration } from "../../../src/configuration";

/** The inputs of a trail that is right, as YAML in a map that begins at the fifth column. */
export const INPUTS = `account_id: "111122223333"
    account_name: example
    region: eu-central-1
    owner: Example Owner`;

/** A state that is right, in lines 1 and 2. */
export const STATE = "state:\n  s3: { bucket: example-states, region: eu-central-1 }\n";

/** A configuration with one trail, `main`, whose inputs begin in line 5. */
export function withInputs(inputs: string, state = STATE): string {
  return `${state}trails:\n  main:\n    ${inputs}\n`;
}

/** A configuration whose trail has more inputs than it needs; they begin in line 9. */
export function withMore(more: string, state = STATE): string {
  return withInputs(`${INPUTS}\n    ${more}`, state);
}

/** Reads a configuration. */
export function read(content: string | Uint8Array): Configuration {
  return readConfiguration("file.yaml", typeof content === "string" ? Buffer.from(content) : content);
}

/** All that is wrong in a configuration, a line each; nothing where it is right. */
export function problemsOf(content: string | Uint8Array): readonly string[] {
  try {
    read(content);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.message.split("\n");
    }
    throw error;
  }
}

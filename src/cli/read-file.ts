import { readFileSync } from "node:fs";
import { type Configuration, readConfiguration } from "../configuration";
import { COMMAND_NAME } from "../output/command-name";
import { UsageError } from "./exit";

/** The configuration that every command reads where none is named. */
export const DEFAULT_CONFIGURATION = "audit-trail.yaml";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: `there is no such file; write one with: ${COMMAND_NAME} init`,
  ENOTDIR: `there is no such file; write one with: ${COMMAND_NAME} init`,
  EISDIR: "is a folder; name the file in it",
  EACCES: "may not be read by this user",
};

/**
 * Reads the configuration in a file.
 *
 * @throws UsageError where there is no such file
 * @throws ConfigurationError with everything that is wrong in it
 */
export function readConfigurationFile(file: string): Configuration {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file}: ${REASONS[code] ?? message}`);
  }
  return readConfiguration(file, bytes);
}

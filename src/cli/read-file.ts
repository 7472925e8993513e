import { readFileSync } from "node:fs";
import { type Configuration, readConfiguration } from "../configuration";
import { UsageError } from "./exit";

/** The configuration that every command reads where none is named. */
export const DEFAULT_CONFIGURATION = "audit-trail.yaml";

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
    throw new UsageError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); make one with: audit-trail init`,
    );
  }
  return readConfiguration(file, bytes);
}

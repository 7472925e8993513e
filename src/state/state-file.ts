import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { StateProblem } from "./problem";

/** What of a state of Terraform tells it from others. */
export interface StateFile {
  /** By it Terraform knows one state from another, through all versions of it. */
  readonly lineage: string;
  /** Grows with each version. */
  readonly serial: number;
  readonly resources: readonly StateResource[];
  /** The whole of it, as it is kept. */
  readonly text: string;
}

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/**
 * Reads a state.
 *
 * @param where it is, for messages
 * @throws StateProblem where it is no state: nothing may be done over it then
 */
export function parseState(text: string, where: string): StateFile {
  let parsed: Partial<StateFile>;
  try {
    parsed = Object(JSON.parse(text)) as Partial<StateFile>;
  } catch {
    parsed = {};
  }
  const { lineage, serial, resources = [] } = parsed;
  if (typeof lineage !== "string" || typeof serial !== "number" || !Array.isArray(resources)) {
    throw new StateProblem(`${where}: is no state that can be read; nothing was changed. Look at it before you go on.`);
  }
  return { lineage, serial, resources, text };
}

/** Reads the state in a file; undefined where there is none, and where Terraform has emptied the file. */
export function readStateFile(path: string): StateFile | undefined {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.trim() === "" ? undefined : parseState(text, path);
}

/** Whether a state has the bucket of a name. */
export function hasBucket(state: StateFile | undefined, bucket: string): boolean {
  return (state?.resources ?? []).some(
    ({ type, instances = [] }) =>
      type === "aws_s3_bucket" && instances.some(({ attributes = {} }) => attributes.bucket === bucket),
  );
}

/** Whether a state is another one that was moved: the same, in the next version at most, or what became of it since. */
export function follows(later: StateFile, earlier: StateFile): boolean {
  return (
    later.lineage === earlier.lineage &&
    (later.serial > earlier.serial + 1 ||
      (later.serial >= earlier.serial && isDeepStrictEqual(later.resources, earlier.resources)))
  );
}

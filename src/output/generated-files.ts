import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Files to be written: contents by path, relative to one folder. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** How the files in a folder differ from those that were generated. */
export interface Difference {
  /** Generated, but not there. */
  readonly missing: readonly string[];
  /** There with other contents. */
  readonly changed: readonly string[];
  /** There, generated earlier, and no longer wanted. */
  readonly stale: readonly string[];
}

/** Thrown where writing would destroy a file that this program did not write. Nothing was written then. */
export class ForeignFileError extends Error {
  constructor(readonly files: readonly string[]) {
    super(
      files.map((file) => `${file}: was not written by audit-trail, and is left as it is; move it away`).join("\n"),
    );
    this.name = "ForeignFileError";
  }
}

/** Compares a folder with the files that belong there. */
export function difference(folder: string, files: GeneratedFiles, isOurs: (content: string) => boolean): Difference {
  const present = new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  return {
    missing: [...files.keys()].filter((path) => !present.has(path)),
    changed: [...files].flatMap(([path, content]) =>
      present.has(path) && present.get(path) !== content ? [path] : [],
    ),
    stale: [...present].flatMap(([path, content]) => (!files.has(path) && isOurs(content) ? [path] : [])),
  };
}

/**
 * Writes files into a folder: each beside its place and then moved there, and only where something changed. Files that
 * were generated earlier and are no longer wanted go away; all others stay.
 *
 * @param isOurs whether a file that is there already was generated, and may be replaced
 * @throws ForeignFileError before anything is written, where a file of somebody else's stands in a place
 */
export function writeGenerated(
  folder: string,
  files: GeneratedFiles,
  isOurs: (content: string) => boolean,
): Difference {
  const found = difference(folder, files, isOurs);
  const foreign = found.changed.filter((path) => !isOurs(readFileSync(join(folder, path), "utf8")));
  if (foreign.length > 0) {
    throw new ForeignFileError(foreign.map((path) => join(folder, path)));
  }
  const staged: (readonly [string, string])[] = [];
  try {
    for (const path of [...found.missing, ...found.changed]) {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      const beside = `${target}.${randomBytes(6).toString("hex")}.tmp`;
      staged.push([beside, target]);
      writeFileSync(beside, files.get(path) as string);
    }
    for (const [beside, target] of staged) {
      renameSync(beside, target);
    }
  } catch (error) {
    for (const [beside] of staged) {
      rmSync(beside, { force: true });
    }
    throw error;
  }
  for (const path of found.stale) {
    rmSync(join(folder, path));
  }
  return found;
}

/** Folders of tools, in which nothing is generated. */
const NOT_OURS = new Set([".terraform", ".git", "node_modules"]);

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return [];
  }
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !NOT_OURS.has(entry.name)) {
        walk(path);
      } else if (entry.isFile()) {
        found.push(relative(folder, path));
      }
    }
  };
  walk(folder);
  return found.sort();
}

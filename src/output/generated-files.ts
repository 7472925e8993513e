import {
  type Dirent,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { accessing } from "./file-access";
import { FILE, putInPlace, writeBeside } from "./whole-file";

/** Files to be written: contents by path, relative to one folder, with slashes. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Reads a file of the folder, by its path; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

/** Whether a file was generated earlier: then it may be replaced, and goes away where it is no longer wanted. */
export type IsOurs = (content: string, path: string, read: ReadFile) => boolean;

/** How the files in a folder differ from those that were generated. */
export interface Difference {
  /** Generated, but not there. */
  readonly missing: readonly string[];
  /** There with other contents. */
  readonly changed: readonly string[];
  /** There, generated earlier, and no longer wanted. */
  readonly stale: readonly string[];
}

/** Something in the way of what would be written. */
export interface Obstacle {
  readonly file: string;
  readonly reason: string;
}

/** Thrown where writing would destroy what this program did not write. Nothing was written then. */
export class ForeignFileError extends Error {
  declare readonly obstacles: readonly Obstacle[];

  constructor(obstacles: readonly Obstacle[]) {
    super(obstacles.map(({ file, reason }) => `${file}: ${reason}`).join("\n"));
    this.name = "ForeignFileError";
    // Not enumerable: Node would print them after the message, which has them.
    Object.defineProperty(this, "obstacles", { value: obstacles });
  }
}

/**
 * Compares a folder with the files that belong there. Looks only into those files and folders right below it in which
 * something is generated: the rest of the folder is somebody else's.
 */
export function difference(folder: string, files: GeneratedFiles, isOurs: IsOurs): Difference {
  const read = readerOf(folder);
  const present = filesBelow(folder, [...new Set([...files.keys()].map((path) => path.split("/")[0] as string))]);
  const isPresent = new Set(present);
  return {
    missing: [...files.keys()].filter((path) => !isPresent.has(path)),
    changed: [...files].flatMap(([path, content]) => (isPresent.has(path) && read(path) !== content ? [path] : [])),
    stale: present.filter((path) => !files.has(path) && isOursIn(read, path, isOurs)),
  };
}

/**
 * Writes files into a folder: each beside its place and then moved there, and only where something changed. Files that
 * were generated earlier and are no longer wanted go away; all others stay.
 *
 * @param rivals files that say the same as the generated ones in another way: ours go away, those of others are refused
 * @throws ForeignFileError before anything is written, naming everything of somebody else's that is in the way
 * @throws FileAccessError where the system refuses something; no file is half written then
 */
export function writeGenerated(
  folder: string,
  files: GeneratedFiles,
  isOurs: IsOurs,
  rivals: readonly string[] = [],
): Difference {
  const found = difference(folder, files, isOurs);
  const inTheWay = obstacles(folder, files, found, isOurs, rivals);
  if (inTheWay.length > 0) {
    throw new ForeignFileError(inTheWay);
  }
  const staged: (readonly [string, string])[] = [];
  try {
    for (const path of [...found.missing, ...found.changed]) {
      const target = join(folder, path);
      makeFolder(dirname(target));
      const content = files.get(path) as string;
      staged.push([accessing(target, "written", () => writeBeside(target, content, FILE.generated)), target]);
    }
    for (const [beside, target] of staged) {
      accessing(target, "written", () => putInPlace(beside, target));
    }
  } finally {
    // Where the system refused a file, it may refuse to look for it, too: the first is what is told.
    for (const [beside] of staged.filter(([each]) => existsSync(each))) {
      rmSync(beside);
    }
  }
  for (const path of found.stale) {
    accessing(join(folder, path), "removed", () => rmSync(join(folder, path)));
    removeEmpty(folder, path);
  }
  return found;
}

/**
 * Makes a folder, with those above it. Node does that as well, but asks without end where the system takes no folder though
 * that above is there, as in `/proc`.
 */
function makeFolder(path: string): void {
  if (statOf(path) !== undefined) {
    return;
  }
  const above = dirname(path);
  if (above !== path) {
    makeFolder(above);
  }
  accessing(path, "made", () => {
    try {
      mkdirSync(path);
    } catch (error) {
      // Another process may have made it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
    }
  });
}

function obstacles(
  folder: string,
  files: GeneratedFiles,
  { missing, changed, stale }: Difference,
  isOurs: IsOurs,
  rivals: readonly string[],
): readonly Obstacle[] {
  const read = readerOf(folder);
  const places = new Set([...files.keys()].flatMap((path) => foldersAbove(path)));
  return [
    ...["", ...places]
      .map((path) => join(folder, path))
      .filter((path) => kindOf(path) === "other")
      .map((file) => ({ file, reason: "is no folder, and one is needed there; move it away" })),
    ...missing
      .map((path) => join(folder, path))
      .filter((path) => kindOf(path) !== "none")
      .map((file) => ({ file, reason: "is no file, and one is needed there; move it away" })),
    ...changed
      .filter((path) => !isOursIn(read, path, isOurs))
      .map((path) => ({
        file: join(folder, path),
        reason: "was not written by audit-trail, and is left as it is; move it away",
      })),
    ...rivals
      .filter((path) => !stale.includes(path) && kindOf(join(folder, path)) !== "none")
      .map((path) => ({
        file: join(folder, path),
        reason: "says the same as what is generated beside it, and was not written by audit-trail; move it away",
      })),
  ];
}

/** `a/b/c` is in `a` and in `a/b`. */
function foldersAbove(path: string): readonly string[] {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}

/** What is there. A link is what it leads to; one that leads nowhere is something else. */
function kindOf(path: string): "none" | "folder" | "other" {
  if (unlessNotThere(path, lstatSync) === undefined) {
    return "none";
  }
  return statOf(path)?.isDirectory() === true ? "folder" : "other";
}

function statOf(path: string): Stats | undefined {
  return unlessNotThere(path, statSync);
}

/** What the file system says; undefined where there is nothing, or where a file is in place of a folder above it. */
function unlessNotThere(path: string, ask: (path: string) => Stats): Stats | undefined {
  return accessing(path, "read", () => {
    try {
      return ask(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") {
        return undefined;
      }
      throw error;
    }
  });
}

/** What is generated is smaller by far. Plans and states of Terraform, which may lie beside it, need not be read. */
const LARGEST = 16 * 1024 * 1024;

function readerOf(folder: string): ReadFile {
  return (path) => {
    const file = join(folder, path);
    const stat = statOf(file);
    return stat?.isFile() === true && stat.size <= LARGEST
      ? accessing(file, "read", () => readFileSync(file, "utf8"))
      : undefined;
  };
}

function isOursIn(read: ReadFile, path: string, isOurs: IsOurs): boolean {
  const content = read(path);
  return content !== undefined && isOurs(content, path, read);
}

/** Folders of tools, in which nothing is generated. */
const NOT_OURS = new Set([".terraform", ".git", "node_modules"]);

function entriesOf(folder: string): readonly Dirent[] {
  return accessing(folder, "read", () => readdirSync(folder, { withFileTypes: true }));
}

/** The files below some of the entries of a folder, by paths with slashes. */
function filesBelow(folder: string, entries: readonly string[]): readonly string[] {
  const walk = (path: string): readonly string[] => {
    const stat = statOf(join(folder, path));
    if (stat?.isDirectory() !== true) {
      return stat?.isFile() === true ? [path] : [];
    }
    return entriesOf(join(folder, path)).flatMap((entry) =>
      // Not through links to folders: they may lead anywhere.
      NOT_OURS.has(entry.name) || (entry.isSymbolicLink() && kindOf(join(folder, path, entry.name)) === "folder")
        ? []
        : walk(`${path}/${entry.name}`),
    );
  };
  return entries.flatMap(walk).sort();
}

/** Removes the folders above a file that are empty without it. */
function removeEmpty(folder: string, path: string): void {
  for (const above of [...foldersAbove(path)].reverse()) {
    const at = join(folder, above);
    if (entriesOf(at).length > 0) {
      return;
    }
    accessing(at, "removed", () => rmdirSync(at));
  }
}

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How a file is written. */
interface Writing {
  /** Who may read it: whoever the umask lets, or its owner alone. */
  readonly mode: number;
  /** Whether it is on the disk before it is put in its place. For a thousand files that takes long. */
  readonly isSynced: boolean;
}

/** What can be made again, what others take, and what is kept for its owner alone. */
export const FILE = {
  generated: { mode: 0o666, isSynced: false },
  published: { mode: 0o666, isSynced: true },
  kept: { mode: 0o600, isSynced: true },
} as const satisfies Readonly<Record<string, Writing>>;

/**
 * Writes what is to become a file beside its place, whole. Of several that do so at once, each has its own.
 *
 * @returns the path at which it is, for `putInPlace` or `putWhereFree`
 * @throws Error where it cannot be written, as on a full disk; nothing is left then
 */
export function writeBeside(path: string, content: string | Buffer, { mode, isSynced }: Writing): string {
  const beside = join(dirname(path), `${prefixBeside(path)}${randomBytes(6).toString("hex")}`);
  const file = openSync(beside, "wx", mode);
  try {
    // Unlike writeSync, it does not stop at what the disk takes at once.
    writeFileSync(file, content);
    if (isSynced) {
      fsyncSync(file);
    }
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return beside;
}

/** Puts a file that was written beside its place there, over what is there. */
export function putInPlace(beside: string, path: string): void {
  try {
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

/**
 * Puts a file that was written beside its place there.
 *
 * @throws Error with the code EEXIST where something is there, also where it appears only now; that stays
 */
export function putWhereFree(beside: string, path: string): void {
  try {
    linkSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Writes a file that its owner alone may read, so that at any moment it is the old one or the new one, whole. */
export function writeWhole(path: string, content: string): void {
  putInPlace(writeBeside(path, content, FILE.kept), path);
}

/** Removes what was left beside the place of a file by those who were broken off, or are still at it. */
export function removeBeside(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefixBeside(path)))) {
    rmSync(join(folder, name), { force: true });
  }
}

/** A name with a dot before it: whoever serves a folder, and Terraform, takes it for none of theirs. */
function prefixBeside(path: string): string {
  return `.${basename(path)}.new-`;
}

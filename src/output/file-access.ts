/** Why the system refuses a file or a folder, and what to do, by the code of its error. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not do that; have the permissions changed, or choose another place",
  EPERM: "the system does not allow that; choose another place",
  ENOENT: "the system takes nothing new there; choose another place",
  ENOTDIR: "something above it is no folder; choose another place",
  EROFS: "what is there can only be read; choose another place",
  ENOSPC: "the disk is full; make room, or choose another place",
  ENAMETOOLONG: "that name is too long for the system; choose a shorter one",
};

/** Thrown where the system refuses what is done with a file or a folder: which it is, why, and what to do. */
export class FileAccessError extends Error {}

/**
 * Does something with a file or a folder.
 *
 * @param path by which it is told: not that of a file that stands beside it for a while
 * @param done what is done with it
 * @throws FileAccessError where the system refuses that
 */
export function accessing<T>(path: string, done: "read" | "written" | "made" | "removed", act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code = "", syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) {
      throw error;
    }
    throw new FileAccessError(`${path}: cannot be ${done}: ${REASONS[code] ?? message}`);
  }
}

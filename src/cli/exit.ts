/** How a command ends. */
export const Exit = {
  good: 0,
  /** The command was understood, and the answer is no: what it looked at is wrong, or what it was to do is refused or failed. */
  wrong: 1,
  /** Nothing was decided: the command was used wrongly, or a file that it was given cannot be read or written. */
  misused: 2,
} as const;

/** The exit codes, for the help. */
export const EXIT_CODES = `Exit codes:
  0  good
  1  wrong: the configuration, or what was looked at (stale files, a bucket that
     is not fit, what --fail-on names); or refused or failed (a file of others
     in the way, Terraform, an S3 or a registry that gives no answer)
  2  used wrongly: an unknown command, option, or value of one; a file that is
     not there, or cannot be read or written`;

/** Thrown where a command was used wrongly: an unknown option, a value that none can have, a file that is not there. */
export class UsageError extends Error {}

/** Thrown where a command did what it was asked, and the answer is no. */
export class Refusal extends Error {}

/**
 * Finds what an option or an argument names.
 *
 * @param notFound the error by which that fails
 * @throws UsageError with the message of that error, as a command that names what is not there was used wrongly
 */
export function named<T>(notFound: new (message: string) => Error, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw error instanceof notFound ? new UsageError(error.message) : error;
  }
}

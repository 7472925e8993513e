/** How a command ends. */
export const Exit = {
  good: 0,
  /**
   * The configuration is wrong, what was generated is not up to date, something of somebody else's is in the way, or there
   * is what a report was to fail on.
   */
  wrong: 1,
  /** Used wrongly, or a file cannot be read or written. */
  misused: 2,
} as const;

/** The exit codes, for the help. */
export const EXIT_CODES = `Exit codes:
  0  good
  1  the configuration is wrong, generated files are stale, or --fail-on is met
  2  used wrongly, or a file cannot be read or written`;

/** Thrown where a command was used wrongly: an unknown option, a file that is not there. */
export class UsageError extends Error {}

/** Thrown where a command did what it was asked, and the answer is no. */
export class Refusal extends Error {}

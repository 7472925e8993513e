/** How a command ends: 0 good, 1 the configuration (or what was generated) is wrong, 2 used wrongly. */
export const Exit = { good: 0, wrong: 1, misused: 2 } as const;

/** Thrown where a command was used wrongly: an unknown option, a file that is not there. */
export class UsageError extends Error {}

import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/**
 * Stops cdktf from taking a stack trace for every token, which costs a quarter of a synthesis. For programs of our own
 * alone: the library leaves cdktf as it is.
 */
export function withoutStackTraces(): void {
  (stackTrace as { captureStackTrace: () => string[] }).captureStackTrace = () => [];
}

import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/**
 * Stops cdktf from taking a stack trace for every token, which costs a quarter of a synthesis. For programs of our own
 * alone: the library leaves cdktf as it is.
 */
export function withoutStackTraces(): void {
  (stackTrace as { captureStackTrace: () => string[] }).captureStackTrace = () => [];
  // cdktn, the fork of cdktf, has a switch. It also reaches the second copy that npm installs beside an alias.
  process.env.CDKTN_DISABLE_CREATION_STACK = "1";
}

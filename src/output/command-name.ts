/**
 * How the command is started again, for texts that name what to run next: as it was started, or by the name of the package.
 * By any other name, npx would run whatever somebody has put into the registry under it, where this is not installed.
 */
export const COMMAND_NAME = process.env.AUDIT_TRAIL_COMMAND ?? "npx cdktf-audit-trail";

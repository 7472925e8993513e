import { ifSet, text, type Value } from "../values";

/** Where under a bucket CloudTrail puts everything: `AWSLogs/` or `prefix/AWSLogs/`. */
export function logPath(prefix: Value<string | null>): Value<string> {
  return ifSet(prefix, (given) => text`${given}/AWSLogs/`, "AWSLogs/");
}

/** Where the logs of one account or organization lie, with everything below. */
export function logsOf(path: Value<string>, owner: Value<string>): Value<string> {
  return text`${path}${owner}/*`;
}

import { text, type Value } from "../values";

/*
 * Names that an audit trail gives itself where none are chosen.
 */

/** The name of the trail of an account. */
export function derivedTrailName(accountName: Value<string>): Value<string> {
  return text`${accountName}-logs`;
}

/** The name of the log bucket of an account in a region. */
export function derivedLogBucketName(accountId: Value<string>, region: Value<string>): Value<string> {
  return text`bucket-for-cloudtrail-logs-${accountId}-${region}`;
}

import type { AuditTrailProps } from "../../audit-trail/audit-trail";
import { charges } from "../../audit-trail/charges";

/** A trail of which everything is charged for that can be. */
const EVERYTHING: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
  encryption: {},
  cloudwatchLogs: {},
  insights: {},
  alarms: {},
  logBucket: { accessLogs: {} },
};

/** What AWS charges for one part of a trail, in kind, as `check` says it. */
export function costOf(item: string): string {
  const charge = charges(EVERYTHING).find((each) => each.item === item);
  if (charge === undefined) {
    throw new Error(`there is no charge for ${item}`);
  }
  return charge.charged ? charge.why : `nothing: ${charge.why}`;
}

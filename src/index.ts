/**
 * An AWS CloudTrail audit trail as constructs for CDKTF.
 *
 * @example
 * import { AuditTrail } from "cdktf-audit-trail";
 */
export { AuditTrail } from "./audit-trail/audit-trail";
export type * from "./audit-trail/props";
export {
  AccessLogBucket,
  Alarms,
  AlarmTopics,
  DeploymentRole,
  EncryptionKey,
  EventForwarding,
  LogBucket,
  LogBucketPolicy,
  StateBucket,
  Trail,
  type TrailStructure,
} from "./components";
export type * from "./components/props";
export { InputError, type Problem } from "./inputs";
export type { Structure } from "./placement";

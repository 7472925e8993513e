/**
 * An AWS CloudTrail audit trail as constructs for CDKTF.
 *
 * @example
 * import { AuditTrail } from "cdktf-audit-trail";
 */
export { AuditTrail, type AuditTrailProps } from "./audit-trail/audit-trail";
export {
  AccessLogBucket,
  type AccessLogBucketProps,
  Alarms,
  type AlarmsProps,
  AlarmTopics,
  type AlarmTopicsProps,
  DeploymentRole,
  type DeploymentRoleProps,
  EncryptionKey,
  type EncryptionKeyProps,
  EventForwarding,
  type EventForwardingProps,
  LogBucket,
  LogBucketPolicy,
  type LogBucketPolicyProps,
  type LogBucketProps,
  StateBucket,
  type StateBucketProps,
  Trail,
  type TrailProps,
  type TrailStructure,
} from "./components";
export { InputError, type Problem } from "./inputs";
export type { Structure } from "./placement";

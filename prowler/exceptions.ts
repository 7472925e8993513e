import type { Literal } from "../src/values";
import { ELSEWHERE, NOTHING } from "./support/judgement";

/** A check that may fail of a resource, or say nothing, and why. */
export interface Exception {
  /** Prowler's name of the check. */
  readonly check: string;
  /** The address of the resource in the stack; or what stands for one that is not in it, or for none. */
  readonly resource: string;
  readonly reason: string;
  /** What is to be chosen for the trail so that it passes, where that is what the reason says. */
  readonly mendedBy?: Readonly<Record<string, Literal>>;
}

const TRAIL = "aws_cloudtrail.trail";
const LOG_BUCKET = "aws_s3_bucket.log_bucket";
const ACCESS_LOG_BUCKET = "aws_s3_bucket.access_log_bucket";
const ROLE = "aws_iam_role.cloudwatch_logs";

/** Some checks of one resource, for one reason. */
function all(resource: string, reason: string, ...checks: readonly string[]): readonly Exception[] {
  return checks.map((check) => ({ check, resource, reason }));
}

/** One check of both buckets, for one reason. */
function ofBuckets(check: string, reason: string): readonly Exception[] {
  return [LOG_BUCKET, ACCESS_LOG_BUCKET].flatMap((resource) => all(resource, reason, check));
}

const BY_ROOT = "The root user alone can turn it on, by hand and with an MFA device.";

/** What does not pass on AWS either: choices of the profile, and what no trail does. */
export const ofProfile: readonly Exception[] = [
  ...all(TRAIL, BY_ROOT, "cloudtrail_bucket_requires_mfa_delete"),
  ...ofBuckets("s3_bucket_no_mfa_delete", BY_ROOT),
  {
    check: "cloudtrail_insights_exist",
    resource: TRAIL,
    reason: "Insights are charged for by event. CIS does not want them; whoever does, sets `insights: {}`.",
    mendedBy: { insights: {} },
  },
  {
    check: "iam_role_cross_service_confused_deputy_prevention",
    resource: ROLE,
    reason:
      "`cloudwatch_logs: { trust_trail_only: true }` mends it. That CloudTrail assumes such a role was not tried on AWS.",
    mendedBy: { cloudwatch_logs: { trust_trail_only: true } },
  },
  ...ofBuckets(
    "s3_bucket_cross_region_replication",
    "A copy in another region is charged for, and there is no input for one yet.",
  ),
  ...ofBuckets(
    "s3_bucket_object_lock",
    "What is locked cannot be deleted for years, and there is no input for it yet.",
  ),
  ...all(
    ACCESS_LOG_BUCKET,
    "S3 delivers server access logs only to buckets with its own encryption.",
    "s3_bucket_kms_encryption",
  ),
  ...all(
    ACCESS_LOG_BUCKET,
    "It takes the access logs; access logs of its own would never end.",
    "s3_bucket_server_access_logging_enabled",
  ),
  ...all(ACCESS_LOG_BUCKET, "Nobody waits for single access logs.", "s3_bucket_event_notifications_enabled"),
  ...all(ELSEWHERE, "A trail records calls, not what resources look like.", "config_recorder_all_regions_enabled"),
  ...all(ELSEWHERE, "A trail records calls, not packets.", "vpc_flow_logs_enabled"),
  ...all(ELSEWHERE, "Security Hub looks at trails, it is not a part of one.", "securityhub_enabled"),
  ...all(
    NOTHING,
    "There is no web front end: a trail records calls of AWS, not requests of visitors.",
    "apigateway_restapi_logging_enabled",
    "apigatewayv2_api_access_logging_enabled",
    "cloudfront_distributions_logging_enabled",
    "elbv2_logging_enabled",
  ),
  ...all(
    NOTHING,
    "No access point is made.",
    "s3_access_point_public_access_block",
    "s3_multi_region_access_point_public_access_block",
  ),
  ...all(
    NOTHING,
    "It judges the conditions on whom a role trusts: that this one has none, another check says.",
    "iam_role_service_trust_restricts_source_to_account",
  ),
  ...all(
    NOTHING,
    "It looks at log groups of Bedrock AgentCore alone.",
    "cloudwatch_log_group_agentcore_data_protection_policy_enabled",
  ),
  ...all(
    NOTHING,
    "It looks at buckets with the names that other services give theirs.",
    "s3_bucket_shadow_resource_vulnerability",
  ),
  ...all(NOTHING, "It reads objects only where a configuration of Prowler asks it to.", "s3_bucket_object_public"),
  ...all(
    NOTHING,
    "It looks at keys for Nitro enclaves alone, and there is none.",
    "kms_key_enclave_attestation_bypassable_path",
    "kms_key_enclave_attestation_no_deployment_binding",
    "kms_key_enclave_attestation_not_enforced",
    "kms_key_enclave_attestation_pcr_mismatch",
  ),
  ...all(
    ELSEWHERE,
    "It asks for events of Nitro enclaves, and there is no enclave.",
    "kms_key_enclave_attestation_unknown_image",
    "kms_key_enclave_debug_attestation_detected",
  ),
];

/** What does not pass because the emulator is not AWS. */
export const ofEmulator: readonly Exception[] = [
  ...all(
    TRAIL,
    "It asks for a delivery to CloudWatch Logs within the last day: CloudTrail delivers nothing in the emulator.",
    "cloudtrail_cloudwatch_logging_enabled",
  ),
  ...all(
    NOTHING,
    "It is about the whole account, outside of a trail. The emulator cannot be asked for it.",
    "s3_account_level_public_access_blocks",
  ),
  ...all(
    NOTHING,
    "It reads the recorded events, and the emulator records none.",
    "cloudtrail_threat_detection_enumeration",
    "cloudtrail_threat_detection_llm_jacking",
    "cloudtrail_threat_detection_privilege_escalation",
  ),
];

/** Everything that may fail or say nothing. */
export const exceptions: readonly Exception[] = [...ofProfile, ...ofEmulator];

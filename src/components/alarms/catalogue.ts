import { choose, listOf, onlyIf, startsWith, text, type Value } from "../../values";

/*
 * What is worth an alarm, as data: each entry in the language of CloudWatch Logs and in that of EventBridge.
 */

/** How much an alarm may matter, what matters most first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Where CloudTrail's events of a service arrive at EventBridge: in the region of the call, or in us-east-1 alone. */
export type EventRegions = "every" | "global";

/** The versions of the CIS AWS Foundations Benchmark that have the alarm. */
export type CisVersion = "1.4" | "3.0" | "5.0" | "6.0" | "7.0";

/** One thing that raises an alarm. */
export interface CatalogueEntry {
  /** What happened, in a few words. */
  readonly title: string;
  /** Why somebody should look, in a sentence. */
  readonly why: string;
  readonly severity: Severity;
  /** How many calls within a period raise the alarm. */
  readonly threshold: number;
  /** In seconds. */
  readonly period: number;
  /** For a metric filter of CloudWatch Logs. */
  readonly filterPattern: Value<string>;
  /** For a rule of EventBridge. */
  readonly eventPattern: Value<Record<string, unknown>>;
  readonly regions: EventRegions;
  /**
   * Whether calls that only read can match. EventBridge sees those only with a rule whose state is
   * `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
   */
  readonly readOnly: boolean;
  readonly controls: {
    readonly cis?: Partial<Record<CisVersion, string>>;
    readonly securityHub?: string;
  };
}

/** An entry about a part of the trail, which the trail may not have. */
export interface WatchedEntry extends CatalogueEntry {
  /** Whether the trail has the part. */
  readonly when: Value<boolean>;
}

/** One call is enough, and five minutes is what CloudTrail takes to deliver it. */
const ONE_CALL = { threshold: 1, period: 300 } as const;

/** The number of one of the fifteen monitoring controls of CIS, in each version. */
function cis(number: number): Record<CisVersion, string> {
  return {
    "1.4": `4.${number}`,
    "3.0": `4.${number}`,
    "5.0": `4.${number}`,
    "6.0": `5.${number}`,
    "7.0": `5.${number}`,
  };
}

/** The calls of some names, as CIS writes most of its patterns. */
function named(names: readonly string[]): string {
  return names.map((name) => `($.eventName = ${name})`).join(" || ");
}

/** The same as CIS writes some of them, for where each character counts. */
function namedTightly(names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join("||");
}

/** The calls of a service, by its name in the source of its events. */
function ofService(service: string): string {
  return `($.eventSource = ${service}.amazonaws.com)`;
}

/**
 * A pattern of EventBridge for calls of one service. The source is that of the envelope: nobody but AWS can send an
 * event whose source begins with `aws.`.
 */
function callsTo(service: string, detail: Readonly<Record<string, unknown>>): Value<Record<string, unknown>> {
  return { source: [`aws.${service}`], "detail-type": ["AWS API Call via CloudTrail"], detail };
}

/** A pattern of EventBridge for attempts to sign in to the console. */
function signIns(detail: Readonly<Record<string, unknown>>): Value<Record<string, unknown>> {
  return {
    source: ["aws.signin"],
    // Events say "AWS Console Sign In via CloudTrail", the guide of EventBridge "AWS Console Signin via CloudTrail".
    "detail-type": [{ prefix: "AWS Console Sign" }],
    detail: { eventName: ["ConsoleLogin"], ...detail },
  };
}

/** A pattern of EventBridge for whatever CloudTrail records: calls, attempts to sign in, actions in the console. */
function anything(detail: Readonly<Record<string, unknown>>): Value<Record<string, unknown>> {
  return { source: [{ prefix: "aws." }], "detail-type": [{ suffix: " via CloudTrail" }], detail };
}

const IAM_POLICY_CALLS = [
  "DeleteGroupPolicy",
  "DeleteRolePolicy",
  "DeleteUserPolicy",
  "PutGroupPolicy",
  "PutRolePolicy",
  "PutUserPolicy",
  "CreatePolicy",
  "DeletePolicy",
  "CreatePolicyVersion",
  "DeletePolicyVersion",
  "AttachRolePolicy",
  "DetachRolePolicy",
  "AttachUserPolicy",
  "DetachUserPolicy",
  "AttachGroupPolicy",
  "DetachGroupPolicy",
];
const TRAIL_CALLS = ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"];
const KEY_CALLS = ["DisableKey", "ScheduleKeyDeletion"];
const BUCKET_CALLS = [
  "PutBucketAcl",
  "PutBucketPolicy",
  "PutBucketCors",
  "PutBucketLifecycle",
  "PutBucketReplication",
  "DeleteBucketPolicy",
  "DeleteBucketCors",
  "DeleteBucketLifecycle",
  "DeleteBucketReplication",
];
const CONFIG_CALLS = [
  "StopConfigurationRecorder",
  "DeleteDeliveryChannel",
  "PutDeliveryChannel",
  "PutConfigurationRecorder",
];
const SECURITY_GROUP_CALLS = [
  "AuthorizeSecurityGroupIngress",
  "AuthorizeSecurityGroupEgress",
  "RevokeSecurityGroupIngress",
  "RevokeSecurityGroupEgress",
  "CreateSecurityGroup",
  "DeleteSecurityGroup",
];
const MODIFY_SECURITY_GROUP_RULES = "ModifySecurityGroupRules";
const NETWORK_ACL_CALLS = [
  "CreateNetworkAcl",
  "CreateNetworkAclEntry",
  "DeleteNetworkAcl",
  "DeleteNetworkAclEntry",
  "ReplaceNetworkAclEntry",
  "ReplaceNetworkAclAssociation",
];
const GATEWAY_CALLS = [
  "CreateCustomerGateway",
  "DeleteCustomerGateway",
  "AttachInternetGateway",
  "CreateInternetGateway",
  "DeleteInternetGateway",
  "DetachInternetGateway",
];
const ROUTE_TABLE_CALLS = [
  "CreateRoute",
  "CreateRouteTable",
  "ReplaceRoute",
  "ReplaceRouteTableAssociation",
  "DeleteRouteTable",
  "DeleteRoute",
  "DisassociateRouteTable",
];
const VPC_CALLS = [
  "CreateVpc",
  "DeleteVpc",
  "ModifyVpcAttribute",
  "AcceptVpcPeeringConnection",
  "CreateVpcPeeringConnection",
  "DeleteVpcPeeringConnection",
  "RejectVpcPeeringConnection",
  "AttachClassicLinkVpc",
  "DetachClassicLinkVpc",
  "DisableVpcClassicLink",
  "EnableVpcClassicLink",
];
const ORGANIZATION_CALLS = [
  "AcceptHandshake",
  "AttachPolicy",
  "CancelHandshake",
  "CreateAccount",
  "CreateOrganization",
  "CreateOrganizationalUnit",
  "CreatePolicy",
  "DeclineHandshake",
  "DeleteOrganization",
  "DeleteOrganizationalUnit",
  "DeletePolicy",
  "DetachPolicy",
  "DisablePolicyType",
  "EnableAllFeatures",
  "EnablePolicyType",
  "InviteAccountToOrganization",
  "LeaveOrganization",
  "MoveAccount",
  "RemoveAccountFromOrganization",
  "UpdatePolicy",
  "UpdateOrganizationalUnit",
];

export type MonitoringId =
  | "unauthorized_calls"
  | "console_sign_in_without_mfa"
  | "root_use"
  | "iam_policy_changes"
  | "trail_changes"
  | "console_sign_in_failures"
  | "key_disabled_or_deleted"
  | "bucket_policy_changes"
  | "config_changes"
  | "security_group_changes"
  | "network_acl_changes"
  | "gateway_changes"
  | "route_table_changes"
  | "vpc_changes"
  | "organization_changes";

/** How two of the patterns are wanted. */
export interface MonitoringOptions {
  /**
   * Whether people sign in through an identity provider, which asks for the second factor itself: AWS does not know of
   * it, so that only the successful sign-ins of IAM users count.
   */
  readonly singleSignOn: Value<boolean>;
  /** Whether `ModifySecurityGroupRules` counts, which came after CIS 1.4 was written. */
  readonly modifySecurityGroupRules: Value<boolean>;
}

/**
 * The fifteen alarms of the CIS AWS Foundations Benchmark. Their patterns for CloudWatch Logs are to the letter what
 * scanners look for.
 */
export function monitoringAlarms({
  singleSignOn,
  modifySecurityGroupRules,
}: MonitoringOptions): Readonly<Record<MonitoringId, CatalogueEntry>> {
  return {
    unauthorized_calls: {
      title: "A call was denied",
      why: "Denied calls show somebody who tries what the credentials allow, or software whose permissions broke.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern:
        '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }',
      eventPattern: anything({
        errorCode: [{ suffix: "UnauthorizedOperation" }, { prefix: "AccessDenied" }],
        sourceIPAddress: [{ "anything-but": ["delivery.logs.amazonaws.com"] }],
        eventName: [{ "anything-but": ["HeadBucket"] }],
      }),
      regions: "every",
      readOnly: true,
      controls: { cis: cis(1), securityHub: "CloudWatch.2" },
    },
    console_sign_in_without_mfa: {
      title: "Somebody signed in to the console without MFA",
      why: "Without a second factor a stolen password is enough to enter.",
      severity: "high",
      ...ONE_CALL,
      filterPattern: choose(
        singleSignOn,
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ' +
          '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
      ),
      eventPattern: signIns({
        additionalEventData: { MFAUsed: [{ "anything-but": ["Yes"] }, { exists: false }] },
        // The beginning "" is that of every text: so the two forms of the pattern have one shape.
        userIdentity: { type: [{ prefix: choose(singleSignOn, "IAMUser", "") }] },
        responseElements: { ConsoleLogin: [{ prefix: choose(singleSignOn, "Success", "") }] },
      }),
      // A sign-in is recorded in the region of the page on which it took place.
      regions: "every",
      readOnly: false,
      controls: { cis: cis(2), securityHub: "CloudWatch.3" },
    },
    root_use: {
      title: "The root user was used",
      why: "The root user may do everything, and no policy of the account limits it: hardly any task needs it.",
      severity: "critical",
      ...ONE_CALL,
      filterPattern:
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      eventPattern: anything({
        userIdentity: { type: ["Root"], invokedBy: [{ exists: false }] },
        eventType: [{ "anything-but": ["AwsServiceEvent"] }],
      }),
      regions: "every",
      readOnly: true,
      controls: { cis: cis(3), securityHub: "CloudWatch.1" },
    },
    iam_policy_changes: {
      title: "An IAM policy was changed",
      why: "A changed policy can give somebody rights that nobody approved.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{${namedTightly(IAM_POLICY_CALLS)}}`,
      eventPattern: callsTo("iam", { eventName: IAM_POLICY_CALLS }),
      regions: "global",
      readOnly: false,
      controls: { cis: cis(4), securityHub: "CloudWatch.4" },
    },
    trail_changes: {
      title: "A trail was changed",
      why: "Whoever wants to leave no trace stops the trail first.",
      severity: "high",
      ...ONE_CALL,
      filterPattern: `{ ${named(TRAIL_CALLS)} }`,
      eventPattern: callsTo("cloudtrail", { eventName: TRAIL_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(5), securityHub: "CloudWatch.5" },
    },
    console_sign_in_failures: {
      title: "A sign-in to the console failed",
      why: "Failed sign-ins can be somebody who guesses passwords.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
      eventPattern: signIns({ errorMessage: ["Failed authentication"] }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(6), securityHub: "CloudWatch.6" },
    },
    key_disabled_or_deleted: {
      title: "A KMS key was disabled or scheduled for deletion",
      why: "What a key encrypted cannot be read while it is disabled, and never again once it is deleted.",
      severity: "high",
      ...ONE_CALL,
      filterPattern: `{${ofService("kms")} && (${namedTightly(KEY_CALLS)}) }`,
      eventPattern: callsTo("kms", { eventName: KEY_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(7), securityHub: "CloudWatch.7" },
    },
    bucket_policy_changes: {
      title: "Who may use an S3 bucket was changed",
      why: "A changed policy can open a bucket to the world, and a changed lifecycle can empty it.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{ ${ofService("s3")} && (${named(BUCKET_CALLS)}) }`,
      eventPattern: callsTo("s3", { eventName: BUCKET_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(8), securityHub: "CloudWatch.8" },
    },
    config_changes: {
      title: "The recording of AWS Config was changed",
      why: "While AWS Config does not record, changes of resources go unseen.",
      severity: "high",
      ...ONE_CALL,
      filterPattern: `{ ${ofService("config")} && (${namedTightly(CONFIG_CALLS)}) }`,
      eventPattern: callsTo("config", { eventName: CONFIG_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(9), securityHub: "CloudWatch.9" },
    },
    security_group_changes: {
      title: "A security group was changed",
      why: "A changed security group can let traffic in that nobody approved.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: text`{ ${named(SECURITY_GROUP_CALLS)}${choose(
        modifySecurityGroupRules,
        ` || ${named([MODIFY_SECURITY_GROUP_RULES])}`,
        "",
      )} }`,
      eventPattern: callsTo("ec2", {
        eventName: listOf<string>(
          ...SECURITY_GROUP_CALLS,
          onlyIf<string>(modifySecurityGroupRules, MODIFY_SECURITY_GROUP_RULES),
        ),
      }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(10), securityHub: "CloudWatch.10" },
    },
    network_acl_changes: {
      title: "A network ACL was changed",
      why: "A changed network ACL can let traffic into a subnet that nobody approved.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{ ${named(NETWORK_ACL_CALLS)} }`,
      eventPattern: callsTo("ec2", { eventName: NETWORK_ACL_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(11), securityHub: "CloudWatch.11" },
    },
    gateway_changes: {
      title: "A gateway of a network was changed",
      why: "A new gateway can connect a network to the internet or to another network.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{ ${named(GATEWAY_CALLS)} }`,
      eventPattern: callsTo("ec2", { eventName: GATEWAY_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(12), securityHub: "CloudWatch.12" },
    },
    route_table_changes: {
      title: "A route table was changed",
      why: "A changed route can lead traffic past what inspects it.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{ ${ofService("ec2")} && (${named(ROUTE_TABLE_CALLS)}) }`,
      eventPattern: callsTo("ec2", { eventName: ROUTE_TABLE_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(13), securityHub: "CloudWatch.13" },
    },
    vpc_changes: {
      title: "A VPC was changed",
      why: "A new network or a new peering can be a way around the networks that are watched.",
      severity: "medium",
      ...ONE_CALL,
      filterPattern: `{ ${named(VPC_CALLS)} }`,
      eventPattern: callsTo("ec2", { eventName: VPC_CALLS }),
      regions: "every",
      readOnly: false,
      controls: { cis: cis(14), securityHub: "CloudWatch.14" },
    },
    organization_changes: {
      title: "The organization was changed",
      why: "An account that leaves, or a policy that is detached, is no longer under the rules of the organization.",
      severity: "high",
      ...ONE_CALL,
      filterPattern: `{ ${ofService("organizations")} && (${named(ORGANIZATION_CALLS)}) }`,
      eventPattern: callsTo("organizations", { eventName: ORGANIZATION_CALLS }),
      regions: "global",
      readOnly: false,
      controls: { cis: cis(15) },
    },
  };
}

const TAMPER_TRAIL_CALLS = ["DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StopLogging", "UpdateTrail"];
/** By the names in CloudTrail's events, which are not always those of the API or of IAM. */
const TAMPER_BUCKET_CALLS = [
  "DeleteBucket",
  "DeleteBucketEncryption",
  "DeleteBucketLifecycle",
  "DeleteBucketOwnershipControls",
  "DeleteBucketPolicy",
  "DeleteBucketPublicAccessBlock",
  "DeleteBucketReplication",
  "PutBucketAcl",
  "PutBucketEncryption",
  "PutBucketLifecycle",
  "PutBucketLogging",
  "PutBucketNotification",
  "PutBucketObjectLockConfiguration",
  "PutBucketOwnershipControls",
  "PutBucketPolicy",
  "PutBucketPublicAccessBlock",
  "PutBucketReplication",
  "PutBucketRequestPayment",
  "PutBucketVersioning",
];
/** Deleting a version is a `DeleteObject`, too. Lifecycle rules delete without an event. */
const TAMPER_FILE_CALLS = [
  "DeleteObject",
  "DeleteObjects",
  "PutObjectAcl",
  "PutObjectLegalHold",
  "PutObjectRetention",
  "UpdateObjectEncryption",
];
const TAMPER_KEY_CALLS = [
  "DeleteImportedKeyMaterial",
  "DisableKey",
  "DisableKeyRotation",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
];
/** A metric filter that is put over another makes an alarm as blind as one that is deleted. */
const TAMPER_LOG_GROUP_CALLS = [
  "DeleteLogGroup",
  "DeleteLogStream",
  "DeleteMetricFilter",
  "DeleteRetentionPolicy",
  "DeleteSubscriptionFilter",
  "DisassociateKmsKey",
  "PutMetricFilter",
  "PutRetentionPolicy",
  "PutSubscriptionFilter",
];
const TAMPER_TOPIC_CALLS = [
  "AddPermission",
  "DeleteTopic",
  "PutDataProtectionPolicy",
  "RemovePermission",
  "SetSubscriptionAttributes",
  "SetTopicAttributes",
  "Unsubscribe",
];

export type TamperId =
  | "tamper_trail"
  | "tamper_log_bucket"
  | "tamper_log_files"
  | "tamper_key"
  | "tamper_log_group"
  | "tamper_topic";

/** The parts of a trail that somebody would change to leave no trace. */
export interface WatchedParts {
  readonly trailName: Value<string>;
  readonly trailArn: Value<string>;
  /** The bucket of the log files. */
  readonly bucketName: Value<string>;
  /** Whether a key encrypts the log files: as long as it is not made, its ARN is not known. */
  readonly hasKey: Value<boolean>;
  /** The key; an empty text where there is none. */
  readonly keyArn: Value<string>;
  /** Whether the events go to a log group. */
  readonly hasLogGroup: Value<boolean>;
  /** Its name; an empty text where there is none. */
  readonly logGroupName: Value<string>;
  /** How the ARNs of the topics begin that tell of the alarms. */
  readonly topicPrefix: Value<string>;
}

/** The alarms on the trail itself. A part whose name is not known until Terraform applies is given all the same. */
export function tamperAlarms({
  trailName,
  trailArn,
  bucketName,
  hasKey,
  keyArn,
  hasLogGroup,
  logGroupName,
  topicPrefix,
}: WatchedParts): Readonly<Record<TamperId, WatchedEntry>> {
  // Patterns are written also where the part is missing: there, nothing uses them.
  const common = { severity: "critical", ...ONE_CALL, regions: "every", readOnly: false, controls: {} } as const;
  return {
    tamper_trail: {
      title: "This trail was stopped or changed",
      why: "From here on it may record less, or nothing.",
      ...common,
      // Callers name a trail by its name or by its ARN, in one parameter or in another.
      filterPattern: text`{ ${ofService("cloudtrail")} && (${named(TAMPER_TRAIL_CALLS)}) && (($.requestParameters.name = "${trailName}") || ($.requestParameters.name = "${trailArn}") || ($.requestParameters.trailName = "${trailName}") || ($.requestParameters.trailName = "${trailArn}")) }`,
      eventPattern: callsTo("cloudtrail", {
        eventName: TAMPER_TRAIL_CALLS,
        requestParameters: { $or: [{ name: [trailName, trailArn] }, { trailName: [trailName, trailArn] }] },
      }),
      when: true,
    },
    tamper_log_bucket: {
      title: "The bucket of the log files was changed",
      why: "Its policy, its lifecycle and its lock decide who may read the log files and how long they last.",
      ...common,
      filterPattern: text`{ ${ofService("s3")} && ($.requestParameters.bucketName = "${bucketName}") && (${named(TAMPER_BUCKET_CALLS)}) }`,
      eventPattern: callsTo("s3", {
        eventName: TAMPER_BUCKET_CALLS,
        requestParameters: { bucketName: [bucketName] },
      }),
      when: true,
    },
    tamper_log_files: {
      title: "Log files were deleted or changed",
      why: "Nobody but a lifecycle rule has a reason to delete a log file or to shorten its lock.",
      ...common,
      filterPattern: text`{ ${ofService("s3")} && ($.requestParameters.bucketName = "${bucketName}") && (${named(TAMPER_FILE_CALLS)}) }`,
      eventPattern: callsTo("s3", {
        eventName: TAMPER_FILE_CALLS,
        requestParameters: { bucketName: [bucketName] },
      }),
      when: true,
    },
    tamper_key: {
      title: "The key of the log files was disabled or changed",
      why: "Without its key CloudTrail cannot deliver, and what it has delivered cannot be read.",
      ...common,
      // The parameter of the call may be the id of the key alone.
      filterPattern: text`{ ${ofService("kms")} && ($.resources[0].ARN = "${keyArn}") && (${named(TAMPER_KEY_CALLS)}) }`,
      eventPattern: callsTo("kms", { eventName: TAMPER_KEY_CALLS, resources: { ARN: [keyArn] } }),
      when: hasKey,
    },
    tamper_log_group: {
      title: "The log group of the trail was changed",
      why: "Its metric filters are what the alarms see with.",
      ...common,
      filterPattern: text`{ ${ofService("logs")} && ($.requestParameters.logGroupName = "${logGroupName}") && (${named(TAMPER_LOG_GROUP_CALLS)}) }`,
      eventPattern: callsTo("logs", {
        eventName: TAMPER_LOG_GROUP_CALLS,
        requestParameters: { logGroupName: [logGroupName] },
      }),
      when: hasLogGroup,
    },
    tamper_topic: {
      title: "A topic of the alarms was changed",
      why: "An alarm that reaches nobody is none.",
      ...common,
      filterPattern: text`{ ${ofService("sns")} && (${named(TAMPER_TOPIC_CALLS)}) && (($.requestParameters.topicArn = "${topicPrefix}*") || ($.requestParameters.subscriptionArn = "${topicPrefix}*") || ($.requestParameters.resourceArn = "${topicPrefix}*")) }`,
      eventPattern: callsTo("sns", {
        eventName: TAMPER_TOPIC_CALLS,
        requestParameters: {
          $or: [
            { topicArn: [{ prefix: topicPrefix }] },
            { subscriptionArn: [{ prefix: topicPrefix }] },
            { resourceArn: [{ prefix: topicPrefix }] },
          ],
        },
      }),
      when: true,
    },
  };
}

/** Whether an alarm is about the trail itself, by its id: such events arrive in the home region of the trail. */
export function isAboutTrail(id: Value<string>): Value<boolean> {
  return startsWith(id, "tamper_");
}

/** The id of an alarm of the catalogue. */
export type AlarmId = MonitoringId | TamperId;

/** Names that stand in patterns alone. */
const NO_NAMES = { trailName: "", trailArn: "", bucketName: "", keyArn: "", logGroupName: "", topicPrefix: "" };

/** The ids of the alarms of the catalogue, but those on parts that a trail does not have. */
export function alarmIdsWith(parts: { readonly hasKey: boolean; readonly hasLogGroup: boolean }): readonly AlarmId[] {
  const tamper = Object.entries(tamperAlarms({ ...NO_NAMES, ...parts })).filter(([, { when }]) => when === true);
  return [
    ...(Object.keys(monitoringAlarms({ singleSignOn: true, modifySecurityGroupRules: true })) as MonitoringId[]),
    ...tamper.map(([id]) => id as TamperId),
  ];
}

/** The ids of all alarms of the catalogue. */
export const alarmIds = alarmIdsWith({ hasKey: true, hasLogGroup: true });

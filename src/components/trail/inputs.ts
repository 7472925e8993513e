import {
  accessLogPath,
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  functionArn,
  type Kind,
  keyArn,
  keyPrefix,
  listOf,
  logGroupArn,
  logGroupName,
  logRetention,
  object,
  objectOfOptions,
  objectPrefix,
  oneOf,
  optional,
  organization,
  policyArn,
  readWriteType,
  region,
  required,
  roleArn,
  roleName,
  rolePath,
  switchedOn,
  tags,
  textOutput,
  trailName,
} from "../../inputs";
import { and, atMost, equals, get, ifSet, isNull, length, not, or, type Value } from "../../values";

const recorded = {
  read_write_type: defaulting(readWriteType, "All", "Which calls to record: `All`, `ReadOnly` or `WriteOnly`."),
};

/** A trail has at most 500 values in its selectors: three lists of so many leave room for the others. */
const MOST_CHOSEN = 150;

function chosenFew<T>(kind: Kind<T>): Kind<readonly T[]> {
  return listOf(kind)
    .where(`must have at most ${MOST_CHOSEN} entries`, (list) => atMost(length(list), MOST_CHOSEN), {
      maxItems: MOST_CHOSEN,
    })
    .brokenBy(Array.from({ length: MOST_CHOSEN + 1 }, () => kind.valid));
}

const s3DataEvents = object({
  ...recorded,
  buckets: defaulting(
    chosenFew(bucketName),
    [],
    "Names of the buckets to record, with all their objects. If `buckets` and `prefixes` are empty, all buckets.",
  ),
  prefixes: defaulting(chosenFew(objectPrefix), [], "Key prefixes to record, as `bucket/prefix`."),
});

const lambdaDataEvents = object({
  ...recorded,
  functions: defaulting(chosenFew(functionArn), [], "ARNs of the functions to record. If empty, all functions."),
});

const managementEvents = object({
  ...recorded,
  exclude_event_sources: defaulting(
    listOf(oneOf("kms.amazonaws.com", "rdsdata.amazonaws.com")),
    [],
    "High-volume event sources to leave out: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. The controls of CIS and " +
      "Security Hub (CloudTrail.1) require all of them.",
  ),
});

const insights = object({
  api_call_rate: defaulting(boolean(), true, "Whether to detect unusual rates of write API calls."),
  api_error_rate: defaulting(boolean(), true, "Whether to detect unusual rates of API errors."),
});

const arnOf = <const K extends Kind<string>>(kind: K, description: string) =>
  object({ arn: required(kind, description) });

/** Log delivery to CloudWatch Logs. */
export const cloudWatchLogs = objectOfOptions(
  {
    log_group_name: optional(
      logGroupName,
      "The name of the log group. Null derives it: `/aws/cloudtrail/<name of the trail>`.",
    ),
    retention_in_days: defaulting(logRetention, 365, "Days for which CloudWatch Logs keeps the events."),
    // No default: https://github.com/hashicorp/terraform-provider-aws/issues/34809
    log_group_class: optional(
      oneOf("STANDARD", "INFREQUENT_ACCESS"),
      "The class of the log group: `STANDARD`, or `INFREQUENT_ACCESS`, which is cheaper but has no metric filters. Null " +
        "leaves it unset, which means `STANDARD`, for regions without log group classes.",
    ),
    existing_log_group: optional(
      arnOf(logGroupArn, "The ARN of the log group, with or without `:*` at its end."),
      "An existing log group to use instead, in the account and the home region of the trail.",
    ),
    role_name: optional(
      roleName,
      "The name of the role. Null derives it: `<name of the trail>-cloudwatch-logs`, truncated to 64 characters.",
    ),
    role_path: defaulting(rolePath, "/", "The path of the role."),
    permissions_boundary_arn: optional(
      policyArn,
      "The ARN of the policy that is the permissions boundary of the role.",
    ),
    trust_trail_only: defaulting(
      boolean(),
      false,
      "Whether the role can be assumed only on behalf of this trail (`aws:SourceArn`). Not yet tested on AWS.",
    ),
    existing_role: optional(
      arnOf(roleArn, "The ARN of the role."),
      "An existing role to use instead. It must allow CloudTrail to write to the log group.",
    ),
  },
  [
    {
      at: "existing_log_group",
      requirement: "must be null where log_group_name is given, which is about a new one",
      brokenBy: { log_group_name: logGroupName.valid, existing_log_group: { arn: logGroupArn.valid } },
      holds: ({ existingLogGroup, logGroupName: name }) => or(isNull(existingLogGroup), isNull(name)),
    },
    {
      at: "existing_role",
      requirement: "must be null where role_name or permissions_boundary_arn is given, which are about a new one",
      brokenBy: { role_name: roleName.valid, existing_role: { arn: roleArn.valid } },
      holds: ({ existingRole, roleName: name, permissionsBoundaryArn }) =>
        or(isNull(existingRole), and(isNull(name), isNull(permissionsBoundaryArn))),
    },
  ],
);

/** What can be chosen about the trail itself, here and in the composition. */
export const trailOptions = {
  multi_region: defaulting(
    boolean(),
    true,
    "Whether the trail records all regions and the global services, or only its home region.",
  ),
  enable_logging: defaulting(
    boolean(),
    true,
    "Whether the trail records events. Pausing it leaves a permanent gap and fails compliance checks.",
  ),
  management_events: switchedOn(
    managementEvents,
    "Management events: all are recorded by default. AWS does not charge for the first copy. Null records none.",
  ),
  s3_data_events: switchedOn(
    s3DataEvents,
    "S3 data events: calls on the objects of all buckets are recorded by default. On the logs themselves, every call is " +
      "recorded except `PutObject`, with which CloudTrail delivers them and which the bucket policy denies to everyone " +
      "else. AWS charges per event. Null records none.",
  ),
  lambda_data_events: switchedOn(
    lambdaDataEvents,
    "Lambda data events: invocations of all functions are recorded by default. AWS charges per event. Null records none.",
  ),
  insights: optional(
    insights,
    "CloudTrail Insights, which detects unusual rates of calls and errors. Off by default, because AWS charges per event " +
      "analyzed.",
  ),
  cloudwatch_logs: optional(
    cloudWatchLogs,
    "Additional delivery to CloudWatch Logs, where alarms can watch the events. Off by default, because AWS charges for " +
      "the data delivered.",
  ),
  create_trail: defaulting(
    boolean(),
    true,
    "Whether the trail itself is created. If false, only what surrounds it is, for an existing trail of this name.",
  ),
};

type ChosenEvents = Value<{ readonly read_write_type: string } | null>;

/** The inputs that the rules between the trail's options are about. */
interface TrailChoices {
  readonly managementEvents: ChosenEvents;
  readonly s3DataEvents: Value<object | null>;
  readonly lambdaDataEvents: Value<object | null>;
  readonly insights: Value<{ readonly api_call_rate: boolean; readonly api_error_rate: boolean } | null>;
}

/** Rules between the trail's options. */
export const trailOptionRules: readonly {
  readonly at: "insights" | "management_events";
  readonly requirement: string;
  readonly brokenBy: Readonly<Record<string, unknown>>;
  holds(inputs: TrailChoices): Value<boolean>;
}[] = [
  {
    at: "management_events",
    requirement: "must not be null where s3_data_events and lambda_data_events are: the trail would record nothing",
    brokenBy: { management_events: null, s3_data_events: null, lambda_data_events: null },
    holds: ({ managementEvents: events, s3DataEvents, lambdaDataEvents }) =>
      or(not(isNull(events)), not(isNull(s3DataEvents)), not(isNull(lambdaDataEvents))),
  },
  {
    at: "insights",
    requirement: "must have api_call_rate = false where no management events that write are recorded",
    brokenBy: { management_events: { read_write_type: "ReadOnly" }, insights: {} },
    holds: ({ insights: looked, managementEvents: events }) =>
      ifSet(
        looked,
        (kinds) =>
          or(
            not(get(kinds, "api_call_rate")),
            ifSet(events, (chosen) => not(equals(get(chosen, "read_write_type"), "ReadOnly")), false),
          ),
        true,
      ),
  },
  {
    at: "insights",
    requirement: "must be null where no management events are recorded",
    brokenBy: { management_events: null, insights: { api_call_rate: false } },
    holds: ({ insights: looked, managementEvents: events }) => or(isNull(looked), not(isNull(events))),
  },
];

/** The trail: what it takes and gives. */
export const trailDefinition = define({
  name: "trail",
  title: "Trail",
  description:
    "The CloudTrail trail itself, with log-file validation, which cannot be turned off, and with the selectors of the\n" +
    "events that it records.",
  fields: {
    name: required(trailName, "The name of the trail."),
    account_id: required(
      accountId,
      "The account in which the trail is created. The plan fails with credentials of another account.",
    ),
    region: required(region, "The home region of the trail."),
    s3_bucket_name: required(bucketName, "The name of the bucket that receives the logs."),
    s3_key_prefix: optional(keyPrefix, "The key prefix of the logs, before `AWSLogs/`. Null for none."),
    access_log_path: optional(
      accessLogPath,
      "Where access logs of the log bucket are delivered, as `bucket/prefix/`. Null if none are kept.",
    ),
    kms_key_arn: optional(keyArn, "The ARN of the key that encrypts the logs. Null leaves that to the bucket."),
    organization: optional(
      organization,
      "The organization, all of whose accounts the trail records. Null for the trail of a single account.",
    ),
    ...trailOptions,
    tags: defaulting(tags, {}, "Tags of the trail."),
  },
  rules: trailOptionRules,
  outputs: {
    arn: textOutput("The ARN of the trail."),
    name: textOutput("The name of the trail."),
    home_region: textOutput("The region in which the trail was created and can be changed."),
    log_group_name: textOutput("The name of the log group, if one was created. Null otherwise."),
    log_group_arn: textOutput("The ARN of the log group, without `:*` at its end. Null without CloudWatch Logs."),
    cloudwatch_logs_role_arn: textOutput(
      "The ARN of the role with which CloudTrail writes to the log group. Null without CloudWatch Logs.",
    ),
  },
});

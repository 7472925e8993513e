import {
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  keyPrefix,
  listOf,
  object,
  oneOf,
  optional,
  organization,
  readWriteType,
  region,
  required,
  switchedOn,
  tags,
  textOutput,
  trailName,
} from "../../inputs";
import { equals, get, ifSet, isNull, not, or, type Value } from "../../values";

const recorded = {
  read_write_type: defaulting(readWriteType, "All", "Which calls are recorded: `All`, `ReadOnly` or `WriteOnly`."),
};

const managementEvents = object({
  ...recorded,
  exclude_event_sources: defaulting(
    listOf(oneOf("kms.amazonaws.com", "rdsdata.amazonaws.com")),
    [],
    "Services whose calls are left out for their number: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. Controls of " +
      "CIS and Security Hub count on all of them.",
  ),
});

const insights = object({
  api_call_rate: defaulting(boolean(), true, "Whether unusual rates of calls that change something are looked for."),
  api_error_rate: defaulting(boolean(), true, "Whether unusual rates of errors are looked for."),
});

/** What can be chosen about the trail itself, here and in the composition. */
export const trailOptions = {
  multi_region: defaulting(
    boolean(),
    true,
    "Whether the trail records all regions and the global services, or its home region alone.",
  ),
  enable_logging: defaulting(
    boolean(),
    true,
    "Whether the trail records. Pausing it leaves a gap that no one can fill, and fails every control on it.",
  ),
  management_events: switchedOn(
    managementEvents,
    "Calls that manage the account: recorded by default, all of them. The first copy is free. Null records none.",
  ),
  s3_data_events: switchedOn(
    object(recorded),
    "Calls on the objects of all buckets: recorded by default. On the log bucket, everything is recorded but what " +
      "CloudTrail itself delivers. AWS charges per event. Null records none.",
  ),
  lambda_data_events: switchedOn(
    object(recorded),
    "Invocations of all Lambda functions: recorded by default. AWS charges per event. Null records none.",
  ),
  insights: optional(
    insights,
    "CloudTrail Insights, which looks for unusual rates. Off by default, as AWS charges per event looked at.",
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
  holds(inputs: TrailChoices): Value<boolean>;
}[] = [
  {
    at: "management_events",
    requirement: "must not be null where s3_data_events and lambda_data_events are: the trail would record nothing",
    holds: ({ managementEvents: events, s3DataEvents, lambdaDataEvents }) =>
      or(not(isNull(events)), not(isNull(s3DataEvents)), not(isNull(lambdaDataEvents))),
  },
  {
    at: "insights",
    requirement: "must have api_call_rate = false where no management events that write are recorded",
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
    holds: ({ insights: looked, managementEvents: events }) => or(isNull(looked), not(isNull(events))),
  },
];

/** The trail: what it takes and gives. */
export const trailDefinition = define({
  name: "trail",
  title: "Trail",
  description:
    "The CloudTrail trail itself, with log-file validation that cannot be turned off and with the selectors of the\n" +
    "events that it records.",
  fields: {
    name: required(trailName, "The name of the trail."),
    account_id: required(accountId, "The account in which the trail is made. Other credentials are refused."),
    region: required(region, "The home region of the trail."),
    s3_bucket_name: required(bucketName, "The name of the bucket that takes the logs."),
    s3_key_prefix: optional(keyPrefix, "The beginning of the keys of the logs, before `AWSLogs/`."),
    organization: optional(
      organization,
      "The organization whose accounts the trail records, all of them. Null for the trail of one account.",
    ),
    ...trailOptions,
    tags: defaulting(tags, {}, "Tags of the trail."),
  },
  rules: trailOptionRules,
  outputs: {
    arn: textOutput("The ARN of the trail."),
    name: textOutput("The name of the trail."),
    home_region: textOutput("The region in which the trail was made and can be changed."),
  },
});

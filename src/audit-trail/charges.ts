import { fromProps, isGiven } from "../inputs";
import type { AuditTrailProps } from "./audit-trail";
import { auditTrailDefinition } from "./inputs";

/** What AWS charges for a part of an audit trail, in kind: amounts depend on use and change. */
export interface Charge {
  readonly item: string;
  /** Whether it costs anything at all. */
  readonly charged: boolean;
  readonly why: string;
}

/** What is recorded of calls that only read, or that write. */
interface Recorded {
  readonly read_write_type?: keyof typeof OF_TYPE;
}

interface S3DataEvents extends Recorded {
  readonly buckets?: readonly string[];
  readonly prefixes?: readonly string[];
}

interface LambdaDataEvents extends Recorded {
  readonly functions?: readonly string[];
}

/** Which calls are meant by a type, after what they are. */
const OF_TYPE = { All: "", ReadOnly: " that only reads", WriteOnly: " that writes" } as const;

/**
 * What AWS charges for an audit trail.
 *
 * @see https://aws.amazon.com/cloudtrail/pricing/
 */
export function charges(inputs: AuditTrailProps): readonly Charge[] {
  const {
    log_bucket: logBucket = {},
    alarms = null,
    s3_data_events: s3 = {},
    lambda_data_events: lambda = {},
  } = fromProps(auditTrailDefinition.fields, inputs) as {
    readonly s3_data_events?: S3DataEvents | null;
    readonly lambda_data_events?: LambdaDataEvents | null;
    readonly log_bucket?: {
      readonly access_logs?: unknown;
      readonly transitions?: readonly unknown[];
      readonly event_notifications?: boolean;
      readonly existing_bucket?: object | null;
    };
    readonly alarms?: {
      readonly encrypt_topics?: boolean;
      readonly existing_topic_key?: object | null;
      readonly silence?: { readonly delivery?: boolean };
    } | null;
  };
  const existing = isGiven(logBucket.existing_bucket);
  return [
    ...chargeWhen(inputs.managementEvents !== null, {
      item: "management events",
      charged: false,
      why: "the first copy in each region is free; a second trail that records them is charged",
    }),
    ...(s3 === null ? [] : [{ item: "S3 data events", charged: true, why: `per event: ${s3Calls(s3)}` }]),
    ...(lambda === null
      ? []
      : [{ item: "Lambda data events", charged: true, why: `per event: ${invocations(lambda)}` }]),
    ...chargeWhen(isGiven(inputs.insights), {
      item: "CloudTrail Insights",
      charged: true,
      why: "per event that is looked at, for each kind of rate",
    }),
    ...chargeWhen(isGiven(inputs.encryption), {
      item: "encryption key",
      charged: true,
      why: "per month for a key that is made, and per request of those who read logs",
    }),
    ...chargeWhen(isGiven(inputs.cloudwatchLogs), {
      item: "CloudWatch Logs",
      charged: true,
      why: "per byte that is delivered, and for as long as it is kept; often the largest part of the bill",
    }),
    ...chargeWhen(isGiven(logBucket.access_logs), {
      item: "access logs",
      charged: true,
      why: "S3 storage of one line for each request to the log bucket",
    }),
    ...chargeWhen(alarms !== null, {
      item: "alarms",
      charged: true,
      why:
        "per alarm of CloudWatch, more for those on unusual rates, and per dashboard beyond three; rules of EventBridge, " +
        "which is what watches by event, are free",
    }),
    ...chargeWhen(alarms?.encrypt_topics !== false && !isGiven(alarms?.existing_topic_key) && alarms !== null, {
      item: "key of the topics",
      charged: true,
      why: "per month for a key that is made, and per request",
    }),
    ...chargeWhen(
      logBucket.event_notifications === true || (alarms !== null && alarms.silence?.delivery !== false && !existing),
      {
        item: "events of the log bucket",
        charged: true,
        why: "per log that is delivered: EventBridge is told of each",
      },
    ),
    ...chargeWhen((logBucket.transitions ?? []).length > 0, {
      item: "moves to cheaper storage",
      charged: true,
      why: "per log that is moved: logs are many and small",
    }),
    { item: "log bucket", charged: true, why: "S3 storage, growing for as long as logs are kept, and S3 requests" },
  ];
}

/** Which calls on objects are recorded: on those that are chosen, and on logs, whatever is chosen. */
function s3Calls({ read_write_type: type = "All", buckets = [], prefixes = [] }: S3DataEvents): string {
  const kinds = [...(buckets.length > 0 ? ["buckets"] : []), ...(prefixes.length > 0 ? ["prefixes"] : [])];
  const areAll = kinds.length === 0;
  const calls = `every call${OF_TYPE[type]} on an object of ${areAll ? "every bucket" : `the chosen ${kinds.join(" and ")}`}`;
  return areAll && type === "All" ? calls : `${calls}, and every one on a log but its delivery`;
}

/** Which invocations are recorded. */
function invocations({ read_write_type: type = "All", functions = [] }: LambdaDataEvents): string {
  return `every invocation${OF_TYPE[type]} of ${functions.length === 0 ? "every function" : "the chosen functions"}`;
}

function chargeWhen(condition: boolean, charge: Charge): readonly Charge[] {
  return condition ? [charge] : [];
}

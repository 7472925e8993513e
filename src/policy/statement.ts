import type { Value } from "../values";

/** What is tested of each key: its values, by key. */
export type Tests = Value<Readonly<Record<string, Value<string> | Value<readonly string[]>>>>;

/** The test of a condition of a policy, by operator. */
export type Condition = Readonly<Record<string, Tests>>;

/** One statement of a policy, in AWS's own words. */
export interface Statement {
  readonly Sid: Value<string>;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Principal;
  readonly Action: Value<string> | Value<readonly string[]>;
  readonly Resource?: Value<string> | Value<readonly string[]>;
  readonly Condition?: Condition;
}

type Principal =
  | { readonly AWS: Value<string> | Value<readonly string[]> }
  | { readonly Federated: Value<string> }
  | { readonly Service: Value<string> | Value<readonly string[]> };

/** Everybody, also without credentials. */
export const EVERYBODY: Principal = { AWS: "*" };

/** The service that delivers logs. */
export const CLOUDTRAIL: Principal = { Service: "cloudtrail.amazonaws.com" };

/** The service that delivers the access logs of buckets. */
export const S3_ACCESS_LOGS: Principal = { Service: "logging.s3.amazonaws.com" };

/** The service that raises alarms on metrics. */
export const CLOUDWATCH: Principal = { Service: "cloudwatch.amazonaws.com" };

/** The service that passes events on. */
export const EVENTBRIDGE: Principal = { Service: "events.amazonaws.com" };

/** The service that sends messages to subscribers. */
export const SNS: Principal = { Service: "sns.amazonaws.com" };

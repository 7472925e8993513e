import type { Value } from "../values";

/** The test of a condition of a policy: the values of each key, by operator. */
export type Condition = Readonly<Record<string, Readonly<Record<string, Value<string> | Value<readonly string[]>>>>>;

/** One statement of a policy, in AWS's own words. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: Principal;
  readonly Action: Value<string> | Value<readonly string[]>;
  readonly Resource: Value<string> | Value<readonly string[]>;
  readonly Condition: Condition;
}

type Principal =
  | { readonly AWS: Value<string> | Value<readonly string[]> }
  | { readonly Service: Value<string> | Value<readonly string[]> };

/** Everybody, also without credentials. */
export const EVERYBODY: Principal = { AWS: "*" };

/** The service that delivers logs. */
export const CLOUDTRAIL: Principal = { Service: "cloudtrail.amazonaws.com" };

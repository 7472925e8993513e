import { anonymousPrincipal } from "@cloud-copilot/iam-simulate";
import type { Decision, PolicyDocument, PolicyStatement, ServiceCall } from "./evaluator";

/*
 * What the calls on all kinds of resources have in common: who calls, by which way, and what has to become of it.
 */

/** A call of a service and what has to become of it. */
export interface Expectation {
  /** A sentence that says what holds. */
  readonly name: string;
  readonly expected: Decision;
  readonly call: ServiceCall;
  /** What somebody has added to the policy, where it decides also with that. */
  readonly added?: PolicyStatement;
}

/** Who calls, and with which permissions of his own. */
export type Caller = Pick<ServiceCall, "principal" | "identityPolicies" | "context">;

/** What is called. */
export interface Operation {
  /** Goes on after "may". */
  readonly title: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** A call and the sentence that describes it, without its verdict. */
export interface Deviation {
  readonly title: string;
  readonly call: ServiceCall;
}

export const OTHER_ACCOUNT_ID = "777788889999";
export const MEMBER_ACCOUNT_ID = "555566667777";

export const EVERYTHING_ALLOWED: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** A service of AWS. */
export function service(name: string, context: Readonly<Record<string, string>>): Caller {
  return {
    principal: name,
    identityPolicies: [],
    context: { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": name, ...context },
  };
}

/** A user, a role or a session. */
export function person(principal: string, ...identityPolicies: readonly PolicyDocument[]): Caller {
  return { principal, identityPolicies, context: { "aws:PrincipalIsAWSService": "false" } };
}

/** Of a caller without credentials nothing is known: the context has no key about a principal, not even a false one. */
export const anonymous: Caller = { principal: anonymousPrincipal, identityPolicies: [], context: {} };

export function withContext(call: ServiceCall, changed: Readonly<Record<string, string>>): ServiceCall {
  return { ...call, context: { ...call.context, ...changed } };
}

export function withoutContext(call: ServiceCall, key: string): ServiceCall {
  const { [key]: _value, ...context } = call.context;
  return { ...call, context };
}

export const TLS_1_3 = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };

/** Without TLS there is no version of it. */
export function withoutTls(call: ServiceCall): ServiceCall {
  return withContext(withoutContext(call, "s3:TlsVersion"), { "aws:SecureTransport": "false" });
}

export function overTls(call: ServiceCall, version: string): ServiceCall {
  return withContext(call, { "s3:TlsVersion": version });
}

export function denied({ title, call }: Deviation): Expectation {
  return { name: title, expected: "denied", call };
}

/** The sentence of a call, with its verdict. */
export function expectation(who: string, expected: Decision, title: string, call: ServiceCall): Expectation {
  return { name: `${who} ${expected === "allowed" ? "may" : "may not"} ${title}`, expected, call };
}

/** The ARN of a trail. */
export interface TrailParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** The ARN of a trail, with some of its parts changed. */
export function trailArnOf(trail: TrailParts, changed: Partial<TrailParts> = {}): string {
  const { partition, region, accountId, name } = { ...trail, ...changed };
  return `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** The ARNs of trails that are like the right one but for one thing, by what differs. */
export function wrongTrails(trail: TrailParts, otherRegion: string): Readonly<Record<string, string>> {
  return {
    "a trail of another name": trailArnOf(trail, { name: "other-logs" }),
    "a trail whose name begins with the right one": trailArnOf(trail, { name: `${trail.name}-2` }),
    "a trail of another account": trailArnOf(trail, { accountId: OTHER_ACCOUNT_ID }),
    "a trail of another region": trailArnOf(trail, { region: otherRegion }),
    "a trail of another partition": trailArnOf(trail, { partition: otherPartition(trail.partition) }),
  };
}

export function otherPartition(partition: string): string {
  return partition === "aws" ? "aws-cn" : "aws";
}

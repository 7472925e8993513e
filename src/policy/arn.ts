import { choose, partOf, startsWith, text, type Value } from "../values";

/*
 * Every ARN, built here and nowhere else, of names that are known before the resources exist.
 */

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: Value<string>): Value<string> {
  return choose(startsWith(region, "cn-"), "aws-cn", choose(startsWith(region, "us-gov-"), "aws-us-gov", "aws"));
}

/** The end of the host names of a region, and of the names of those services that are named by region. */
export function dnsSuffixOf(region: Value<string>): Value<string> {
  return choose(startsWith(region, "cn-"), "amazonaws.com.cn", "amazonaws.com");
}

/**
 * The name of a service in a region, which is that of its host: `s3.eu-central-1.amazonaws.com`.
 *
 * @param dnsSuffix that of the region, where it has a name already
 */
export function regionalServiceName(
  service: string,
  region: Value<string>,
  dnsSuffix: Value<string> = dnsSuffixOf(region),
): Value<string> {
  return text`${service}.${region}.${dnsSuffix}`;
}

/** Where a trail is. */
export interface TrailAddress {
  readonly partition: Value<string>;
  /** The trail's home region. */
  readonly region: Value<string>;
  /** The account that owns the trail; of an organization trail always the management account. */
  readonly accountId: Value<string>;
  readonly name: Value<string>;
}

/** The ARN of a trail. */
export function trailArn({ partition, region, accountId, name }: TrailAddress): Value<string> {
  return text`arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
}

/** The ARNs of all trails of an account, as a pattern: logs of other regions are encrypted there. */
export function trailsOfAccountArn(partition: Value<string>, accountId: Value<string>): Value<string> {
  return text`arn:${partition}:cloudtrail:*:${accountId}:trail/*`;
}

/** The ARN of a bucket. */
export function bucketArn(partition: Value<string>, name: Value<string>): Value<string> {
  return text`arn:${partition}:s3:::${name}`;
}

/** The ARN of what lies in a bucket under a path; `*` for everything. */
export function objectArn(bucket: Value<string>, path: Value<string>): Value<string> {
  return text`${bucket}/${path}`;
}

/** The ARN of the root of an account: everybody to whom the account itself gives the right. */
export function accountRootArn(partition: Value<string>, accountId: Value<string>): Value<string> {
  return text`arn:${partition}:iam::${accountId}:root`;
}

/** The ARN of the MFA device of an account's root user. */
export function rootMfaDeviceArn(partition: Value<string>, accountId: Value<string>): Value<string> {
  return text`arn:${partition}:iam::${accountId}:mfa/root-account-mfa-device`;
}

/**
 * The ARN of a role.
 *
 * @param path with a slash at both ends
 */
export function roleArn(
  partition: Value<string>,
  accountId: Value<string>,
  path: Value<string>,
  name: Value<string>,
): Value<string> {
  return text`arn:${partition}:iam::${accountId}:role${path}${name}`;
}

/** The ARN of an OIDC provider of IAM, of which an account has one for each issuer. */
export function oidcProviderArn(
  partition: Value<string>,
  accountId: Value<string>,
  issuer: Value<string>,
): Value<string> {
  return text`arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
}

/** Where something is that is named within an account and a region. */
export interface RegionalAddress {
  readonly partition: Value<string>;
  readonly region: Value<string>;
  readonly accountId: Value<string>;
  readonly name: Value<string>;
}

/** The ARN of a log group of CloudWatch Logs, without the `:*` that stands for its streams. */
export function logGroupArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
}

/** The name of a log group, of its ARN with or without `:*` at its end. */
export function logGroupNameOf(arn: Value<string>): Value<string> {
  return partOf(arn, ":", 6);
}

/** The ARNs of the streams of a log group whose names begin in one way. */
export function logStreamsArn(logGroup: Value<string>, beginning: Value<string>): Value<string> {
  return text`${logGroup}:log-stream:${beginning}*`;
}

/** The ARN of an SNS topic. */
export function topicArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:sns:${region}:${accountId}:${name}`;
}

/** The ARN of an SQS queue. */
export function queueArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:sqs:${region}:${accountId}:${name}`;
}

/** The ARN of an alarm of CloudWatch; `*` for all of them. */
export function alarmArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

/** The ARN of a rule of EventBridge on the default bus; `*` for all of them. */
export function eventRuleArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:events:${region}:${accountId}:rule/${name}`;
}

/** The ARN of a bus of EventBridge. */
export function eventBusArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:events:${region}:${accountId}:event-bus/${name}`;
}

/** The ARN of an alias of a KMS key, whose name begins with `alias/`. */
export function keyAliasArn({ partition, region, accountId, name }: RegionalAddress): Value<string> {
  return text`arn:${partition}:kms:${region}:${accountId}:${name}`;
}

/** The ARNs of all KMS keys of a region, as a pattern: the id of a key is made up by AWS. */
export function anyKeyArn({ partition, region, accountId }: Omit<RegionalAddress, "name">): Value<string> {
  return text`arn:${partition}:kms:${region}:${accountId}:key/*`;
}

/** The ARN of a dashboard of CloudWatch, which has no region. */
export function dashboardArn(partition: Value<string>, accountId: Value<string>, name: Value<string>): Value<string> {
  return text`arn:${partition}:cloudwatch::${accountId}:dashboard/${name}`;
}

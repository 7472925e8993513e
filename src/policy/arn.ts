import { choose, startsWith, text, type Value } from "../values";

/*
 * Every ARN, built here and nowhere else, of names that are known before the resources exist.
 */

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: Value<string>): Value<string> {
  return choose(startsWith(region, "cn-"), "aws-cn", choose(startsWith(region, "us-gov-"), "aws-us-gov", "aws"));
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

/** The ARN of a bucket. */
export function bucketArn(partition: Value<string>, name: Value<string>): Value<string> {
  return text`arn:${partition}:s3:::${name}`;
}

/** The ARN of what lies in a bucket under a path; `*` for everything. */
export function objectArn(bucket: Value<string>, path: Value<string>): Value<string> {
  return text`${bucket}/${path}`;
}

import { allows, bucketArn, deniesWithoutTls, objectArn, type ReadStatement } from "../../policy";
import { blocks, type Resource, type Stack } from "../../stacks/stack";
import { servicesWithoutSource, statementsOf } from "../statements";
import type { Finding, Rule } from "./rule";

/** Days before which no log may expire: the history that AWS keeps of its own accord. */
const LEAST_DAYS = 90;

/** The buckets that the stack makes. */
export function bucketsOf(stack: Stack): readonly Resource[] {
  return stack.of("aws_s3_bucket");
}

/** What the policy of a bucket says. */
export function bucketStatements(stack: Stack, bucket: Resource): readonly ReadStatement[] {
  return stack.belongingTo(bucket, "aws_s3_bucket_policy", "bucket").flatMap((policy) => statementsOf(policy));
}

/** Every bucket has a policy: without one, whoever IAM lets in may write logs of their own. */
export const bucketsHavePolicies: Rule = {
  id: "buckets-have-policies",
  title: "Every bucket has a policy",
  findings: (stack) =>
    bucketsOf(stack)
      .filter((bucket) => bucketStatements(stack, bucket).length === 0)
      .map(({ address }) => ({ resource: address, message: "has no policy" })),
};

/** Nobody reaches a bucket without TLS. */
export const bucketsDenyHttp: Rule = {
  id: "buckets-deny-http",
  title: "Every bucket denies everything without TLS",
  findings: (stack) =>
    bucketsOf(stack)
      .filter((bucket) => {
        const resources = arnsOf(stack, bucket);
        return !bucketStatements(stack, bucket).some((each) => deniesWithoutTls(each, "s3:*", resources));
      })
      .map(({ address }) => ({ resource: address, message: "can be reached without TLS" })),
};

/** The ARN of a bucket, and that of everything in it. */
function arnsOf(stack: Stack, bucket: Resource): readonly string[] {
  const arn = bucketArn(stack.partition, stack.text(bucket.arguments.bucket) ?? "");
  return [String(arn), String(objectArn(arn, "*"))];
}

/** Services reach buckets on behalf of who is named alone: else anybody could have them write there. */
export const bucketServicesHaveSources: Rule = {
  id: "buckets-name-sources",
  title: "Services reach a bucket on behalf of who is named alone, CloudTrail on behalf of trails",
  findings: (stack) =>
    bucketsOf(stack).flatMap((bucket) =>
      bucketStatements(stack, bucket)
        .filter(allows)
        .flatMap((statement) => servicesWithoutSource(statement))
        .map((service) => ({ resource: bucket.address, message: `lets ${service} in on behalf of anybody` })),
    ),
};

/** Terraform deletes no bucket with logs in it. */
export const bucketsKeepLogs: Rule = {
  id: "buckets-keep-logs",
  title: "Terraform deletes no bucket that has logs in it",
  findings: (stack) =>
    bucketsOf(stack)
      .filter((bucket) => bucket.arguments.force_destroy === true)
      .map(({ address }) => ({ resource: address, message: "is destroyed with everything in it" })),
};

/** Logs are there for longer than AWS keeps events of its own accord. */
export const logsLast: Rule = {
  id: "logs-last",
  title: `No log expires within ${LEAST_DAYS} days`,
  findings: (stack) =>
    bucketsOf(stack).flatMap((bucket) =>
      expiryDays(stack, bucket)
        .filter((days) => days < LEAST_DAYS)
        .map((days): Finding => ({ resource: bucket.address, message: `loses what is in it after ${days} days` })),
    ),
};

/** The lifecycle rules of a bucket that are in force. */
export function lifecycleRules(stack: Stack, bucket: Resource): readonly Readonly<Record<string, unknown>>[] {
  return stack
    .belongingTo(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket")
    .flatMap((lifecycle) => blocks(lifecycle.arguments.rule))
    .filter(({ status }) => status === "Enabled");
}

function expiryDays(stack: Stack, bucket: Resource): readonly number[] {
  return lifecycleRules(stack, bucket)
    .flatMap(({ expiration }) => blocks(expiration))
    .flatMap(({ days }) => (typeof days === "number" ? [days] : []));
}

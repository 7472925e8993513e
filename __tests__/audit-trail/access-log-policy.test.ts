import { accessLogPolicy } from "../../src/audit-trail/access-log-policy";
import { AccessLogBucket } from "../../src/components";
import { bodyOf, newStack } from "../placement/support/stack";

const OF_LOGS = { prefix: "of-logs/", accountId: "444455556666" };

interface Policy {
  readonly Statement: readonly { readonly Sid: string; readonly Resource: unknown }[];
}

/** The statements by which access logs come in, and nothing else, in the policy of a bucket that is made for them. */
function ofNewBucket(region: string): Policy["Statement"] {
  const stack = newStack();
  new AccessLogBucket(stack, "Default", { name: "all-access", sourceBucketName: "logs", region, ...OF_LOGS });
  const { policy } = bodyOf(stack, "aws_s3_bucket_policy.access_log_bucket") as { readonly policy: string };
  return (JSON.parse(policy) as Policy).Statement.slice(0, 2);
}

test.each([
  ["eu-central-1", "arn:aws:s3:::all-access/of-logs/*"],
  ["cn-north-1", "arn:aws-cn:s3:::all-access/of-logs/*"],
])(
  "the policy that an existing bucket needs is that of a new one, for the path of the access logs: %s",
  (region, objects) => {
    const needed = accessLogPolicy({ bucket: "all-access", source: "logs", region, ...OF_LOGS });
    expect((JSON.parse(needed) as Policy).Statement).toEqual(
      ofNewBucket(region).map((statement) => ({ ...statement, Resource: objects })),
    );
  },
);

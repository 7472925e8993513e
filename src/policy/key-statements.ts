import type { Value } from "../values";
import { accountRootArn } from "./arn";
import type { Statement } from "./statement";

/** The account rules over a key by its IAM policies. Without this, nobody could change the key again. */
export function enableIamPolicies(partition: Value<string>, accountId: Value<string>): Statement {
  return {
    Sid: "EnableIamPolicies",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(partition, accountId) },
    Action: "kms:*",
    Resource: "*",
  };
}

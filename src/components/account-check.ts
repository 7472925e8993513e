import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { Construct } from "constructs";
import { type Precondition, resource, type Structure } from "../placement";
import { equals, text, type Value } from "../values";

/** Refuses credentials of another account, in which every policy would name the wrong one. */
export function accountCheck(
  scope: Construct,
  accountId: Value<string>,
  structure: Structure,
): readonly Precondition[] {
  if (structure.accountCheck === "provider") {
    return [];
  }
  const caller = resource(scope, DataAwsCallerIdentity, "current", {}).attribute("account_id");
  return [
    {
      condition: equals(caller, accountId),
      message: text`account_id: must be the account of the credentials, which is ${caller}; got ${accountId}`,
    },
  ];
}

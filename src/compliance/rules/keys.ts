import { allows, allowsEverybody } from "../../policy";
import type { Resource, Stack } from "../../stacks/stack";
import { CLOUDTRAIL_SERVICE, servicesWithoutSource, statementsOf } from "../statements";
import type { Rule } from "./rule";

/** The KMS keys that the stack makes. */
export function keysOf(stack: Stack): readonly Resource[] {
  return stack.of("aws_kms_key");
}

/** CloudTrail uses the key on behalf of trails that are named: else any trail of anybody's could be encrypted with it. */
export const keysNameTrails: Rule = {
  id: "keys-name-trails",
  title: "CloudTrail uses a key on behalf of trails that are named",
  findings: (stack) =>
    keysOf(stack).flatMap((key) =>
      statementsOf(key)
        .filter(allows)
        .filter((statement) => servicesWithoutSource(statement).includes(CLOUDTRAIL_SERVICE))
        .map(() => ({ resource: key.address, message: "lets CloudTrail use it on behalf of anybody" })),
    ),
};

/** A key has a policy of its own, which lets in nobody who is not named. */
export const keysAreClosed: Rule = {
  id: "keys-are-closed",
  title: "Every key has a policy, and none is open to everybody",
  findings: (stack) =>
    keysOf(stack).flatMap((key) => {
      const statements = statementsOf(key);
      const isOpen = statements.some((each) => allowsEverybody(each));
      return [
        ...(statements.length === 0 ? [{ resource: key.address, message: "has no policy of its own" }] : []),
        ...(isOpen ? [{ resource: key.address, message: "is open to everybody" }] : []),
      ];
    }),
};

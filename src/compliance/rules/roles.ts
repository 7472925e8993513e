import { allows, principalsOf } from "../../policy";
import { statementsOf } from "../statements";
import type { Rule } from "./rule";

/** A role that delivers events is assumed by services alone. */
export const rolesTrustServices: Rule = {
  id: "roles-trust-services",
  title: "Every role is assumed by services that are named, and by nobody else",
  findings: (stack) =>
    stack.of("aws_iam_role").flatMap((role) => {
      const trusting = statementsOf(role, "assume_role_policy").filter(allows);
      const isNarrow = (each: (typeof trusting)[number]): boolean =>
        principalsOf(each, "Service").length > 0 && principalsOf(each, "AWS").length === 0;
      return trusting.length > 0 && trusting.every(isNarrow)
        ? []
        : [{ resource: role.address, message: "can be assumed by others than services" }];
    }),
};

import {
  expectationsOfPermissions,
  expectationsOfTrust,
  logsLayouts,
  policyOfRole,
} from "../../policy/support/cloudwatch-logs-role";
import { describeDecisions } from "../../policy/support/decisions";
import { decide } from "../../policy/support/evaluator";
import { mutantsOf } from "../../policy/support/mutants";

describeDecisions({
  title: "the trust of the role for CloudWatch Logs",
  layouts: logsLayouts,
  mistakenLayouts: logsLayouts,
  policyOf: (layout) => policyOfRole(layout, "trust"),
  expectationsOf: expectationsOfTrust,
  mutantsOf: (policy) => mutantsOf(policy, []),
});

describeDecisions({
  title: "the policy of the role for CloudWatch Logs",
  layouts: logsLayouts,
  mistakenLayouts: logsLayouts,
  policyOf: (layout) => policyOfRole(layout, "permissions"),
  expectationsOf: expectationsOfPermissions,
  mutantsOf: (policy, { logGroup, partition, accountId, organizationId }) =>
    mutantsOf(policy, [
      [
        "the streams of all regions",
        [`${accountId}_*`, ...(organizationId === null ? [] : [`${organizationId}_*`])].map(
          (streams) => `${logGroup}:log-stream:${streams}`,
        ),
      ],
      ["everything", "*"],
      ["every group", `arn:${partition}:logs:*:${accountId}:*`],
      ["the group", logGroup],
      ["every stream of the group", `${logGroup}:*`],
      ["every stream of groups that begin alike", `${logGroup}*`],
    ]),
  decide: (policy, call) => decide(undefined, { ...call, identityPolicies: [policy] }),
});

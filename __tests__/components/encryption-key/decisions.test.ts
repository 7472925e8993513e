import { describeDecisions } from "../../policy/support/decisions";
import { expectationsOfKey, keyLayouts, keyPolicy, mistakenKeyLayouts } from "../../policy/support/encryption-key";
import { mutantsOf } from "../../policy/support/mutants";

describeDecisions({
  title: "the policy of an encryption key",
  layouts: keyLayouts,
  mistakenLayouts: mistakenKeyLayouts,
  policyOf: keyPolicy,
  expectationsOf: expectationsOfKey,
  // The resource of every statement is the key: AWS knows no other.
  mutantsOf: (policy) => mutantsOf(policy, []),
  withoutEffect: () => ({
    "AllowCloudWatchLogs: Action is without kms:Describe*": "kms:DescribeKey has no encryption context",
  }),
});

test("every statement of any layout has its mistakes in one", () => {
  const statements = (layouts: typeof keyLayouts) =>
    new Set(layouts.flatMap((layout) => keyPolicy(layout).Statement.map(({ Sid }) => Sid)));
  expect(statements(mistakenKeyLayouts)).toEqual(statements(keyLayouts));
});

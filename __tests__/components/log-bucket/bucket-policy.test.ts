import { bucketPolicy } from "../../../src/components/log-bucket/bucket-policy";
import { hcl, reference } from "../../../src/values";
import { decide, type PolicyDocument } from "../../policy/support/evaluator";
import { type Layout, layouts, logBucketPolicy } from "../../policy/support/log-bucket-layouts";
import { type Expectation, expectationsOf } from "../../policy/support/log-bucket-requests";
import { mutantsOf } from "../../policy/support/mutants";

/** Mistakes that change nothing, as no call can show them; a test says so of each. */
const WITHOUT_EFFECT = [
  // No object has the action s3:GetBucketAcl: what is written of objects is never asked for.
  "AWSCloudTrailAclCheck20150319: Resource is the bucket and everything in it",
];

/** The first call that a policy decides wrongly. */
async function wrongDecision(
  policy: PolicyDocument,
  expectations: readonly Expectation[],
): Promise<string | undefined> {
  for (const { name, expected, call } of expectations) {
    if ((await decide(policy, call)) !== expected) {
      return name;
    }
  }
  return undefined;
}

describe.each(layouts)("the policy of a log bucket: $name", (layout: Layout) => {
  const policy = logBucketPolicy(layout);
  const expectations = expectationsOf(layout);
  const mutants = mutantsOf(policy, layout.bucket);

  test.each(expectations)("$name", async ({ expected, call }) => {
    expect(await decide(policy, call)).toBe(expected);
  });

  test("every call is described by a sentence of its own", () => {
    expect(new Set(expectations.map(({ name }) => name)).size).toBe(expectations.length);
    expect(new Set(expectations.map(({ call }) => JSON.stringify(call))).size).toBe(expectations.length);
  });

  test.each(mutants.filter(({ name }) => !WITHOUT_EFFECT.includes(name)))(
    "a call is decided wrongly after: $name",
    async ({ document }) => {
      expect(await wrongDecision(document, expectations)).toBeDefined();
    },
  );

  test.each(mutants.filter(({ name }) => WITHOUT_EFFECT.includes(name)))(
    "no call is decided wrongly after: $name",
    async ({ document }) => {
      expect(await wrongDecision(document, expectations)).toBeUndefined();
    },
  );
});

import { decide, type PolicyDocument } from "../../policy/support/evaluator";
import { type Layout, layouts, logBucketPolicy, variedLayouts } from "../../policy/support/log-bucket-layouts";
import { decisionOf, type Expectation, expectationsOf } from "../../policy/support/log-bucket-requests";
import { mutantsOf } from "../../policy/support/mutants";

/** The one mistake that no call can show, as no object has the action s3:GetBucketAcl. */
const WITHOUT_EFFECT = "AWSCloudTrailAclCheck20150319: Resource is the bucket and everything in it";

/** The call that showed a mistake in the layout before: the first to try in the next one, to save time. */
const shownBefore = new Map<string, string>();

/** The first call that a policy decides wrongly. */
async function wrongDecision(
  policy: PolicyDocument,
  expectations: readonly Expectation[],
): Promise<Expectation | undefined> {
  for (const expectation of expectations) {
    if ((await decisionOf(policy, expectation)) !== expectation.expected) {
      return expectation;
    }
  }
  return undefined;
}

describe.each(layouts)("the policy of a log bucket decides: $name", (layout: Layout) => {
  const policy = logBucketPolicy(layout);
  const expectations = expectationsOf(layout);
  const mutants = mutantsOf(policy, layout.bucket);

  test.each(expectations)("$name", async (expectation) => {
    expect(await decisionOf(policy, expectation)).toBe(expectation.expected);
  });

  test("every call has a name of its own, and every statement its mistakes", () => {
    expect(new Set(expectations.map(({ name }) => name)).size).toBe(expectations.length);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(new Set(mutants.map(({ name }) => name.split(":")[0]))).toEqual(
      new Set(policy.Statement.map(({ Sid }) => Sid)),
    );
  });
});

// In six layouts, to save time: a mistake is in the same place in each, and the calls above are made in all of them.
describe.each(variedLayouts)("a mistake in the policy of a log bucket shows: $name", (layout: Layout) => {
  const policy = logBucketPolicy(layout);
  const expectations = expectationsOf(layout);
  const mutants = mutantsOf(policy, layout.bucket);

  test.each(mutants.filter(({ name }) => name !== WITHOUT_EFFECT))(
    "a call is decided wrongly after: $name",
    async ({ name, document }) => {
      const first = expectations.filter((expectation) => expectation.name === shownBefore.get(name));
      const shown = await wrongDecision(document, [...first, ...expectations]);
      expect(shown).toBeDefined();
      shownBefore.set(name, shown?.name ?? "");
    },
  );

  test("no call shows that the ACL of an object would be allowed, as it is never asked for", async () => {
    const mutant = mutants.find(({ name }) => name === WITHOUT_EFFECT);
    expect(await wrongDecision(mutant?.document as PolicyDocument, expectations)).toBeUndefined();
    const [readAcl] = expectations.filter(({ name }) => name === "CloudTrail may read the ACL of the bucket");
    await expect(
      decide(policy, { ...(readAcl as Expectation).call, resource: `${layout.bucket}/log.json.gz` }),
    ).rejects.toThrow("no.resource.types");
  });
});

test("the layouts with mistakes are six, with every prefix for every owner and in every partition", () => {
  const owners = variedLayouts.map(({ organizationId, bucketAccountId, path }) =>
    [organizationId, bucketAccountId, path].join(" "),
  );
  const partitions = variedLayouts.map(({ partition, path }) => [partition, path].join(" "));
  expect([owners.length, new Set(owners).size, new Set(partitions).size]).toEqual([6, 6, 6]);
});

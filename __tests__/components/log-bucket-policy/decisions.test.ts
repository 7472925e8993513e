import { describeDecisions } from "../../policy/support/decisions";
import { decide } from "../../policy/support/evaluator";
import { layouts, logBucketPolicy, mistakenLayouts, variedLayouts } from "../../policy/support/log-bucket-layouts";
import { expectationsOf } from "../../policy/support/log-bucket-requests";
import { mutantsOf, resourcesOfBucket } from "../../policy/support/mutants";

const WHOLE_BUCKET = "Resource is the bucket and everything in it";

describeDecisions({
  title: "the policy of a log bucket",
  layouts,
  mistakenLayouts,
  policyOf: logBucketPolicy,
  expectationsOf,
  mutantsOf: (policy, { bucket }) => mutantsOf(policy, resourcesOfBucket(bucket)),
  withoutEffect: ({ encryptedUploads, readerAccountId, restriction }) => ({
    [`AWSCloudTrailAclCheck20150319: ${WHOLE_BUCKET}`]: "no object has the action s3:GetBucketAcl",
    ...(encryptedUploads
      ? { [`DenyUnencryptedUploads: ${WHOLE_BUCKET}`]: "no bucket has the action s3:PutObject" }
      : {}),
    ...(readerAccountId ? { [`AllowReader: ${WHOLE_BUCKET}`]: "no bucket has the action s3:GetObject" } : {}),
    ...(restriction?.principals
      ? {
          "DenyLogsByHand: Bool aws:PrincipalIsAWSService is the right value and not missing":
            "callers without credentials are of no organization, and denied everything",
        }
      : {}),
  }),
});

test.each([
  ["s3:GetBucketAcl", "/log.json.gz"],
  ["s3:PutObject", ""],
  ["s3:GetObject", ""],
])("the call %s on <bucket>%s is none", async (action, path) => {
  const [layout] = layouts;
  const [{ call }] = expectationsOf(layout as (typeof layouts)[0]) as [ReturnType<typeof expectationsOf>[0]];
  await expect(
    decide(logBucketPolicy(layout as (typeof layouts)[0]), {
      ...call,
      action,
      resource: `${layout?.bucket}${path}`,
    }),
  ).rejects.toThrow("no.resource.types");
});

test("the plain layouts with mistakes are three: every owner, every partition, with and without a prefix", () => {
  const differing = (of: (layout: (typeof layouts)[0]) => unknown) => new Set(variedLayouts.map(of)).size;
  expect(differing(({ partition }) => partition)).toBe(3);
  expect(differing(({ organizationId, bucketAccountId }) => `${organizationId} ${bucketAccountId}`)).toBe(3);
  expect(differing(({ path }) => path)).toBe(2);
});

test("every statement of any layout has its mistakes in one", () => {
  const statements = (all: typeof layouts) =>
    new Set(all.flatMap((layout) => logBucketPolicy(layout).Statement.map(({ Sid }) => Sid)));
  expect(statements(mistakenLayouts)).toEqual(statements(layouts));
});

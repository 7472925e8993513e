import { type BucketPolicyInputs, bucketPolicy } from "../../../src/components/log-bucket/bucket-policy";
import { hcl, literal, reference } from "../../../src/values";
import { decide, type PolicyDocument } from "../../policy/support/evaluator";
import { type Layout, layouts, logBucketPolicy, variedLayouts } from "../../policy/support/log-bucket-layouts";
import { decisionOf, type Expectation, expectationsOf } from "../../policy/support/log-bucket-requests";
import { mutantsOf } from "../../policy/support/mutants";

describe("the policy of a log bucket", () => {
  const bucket = "arn:aws:s3:::logs";
  const trailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example";
  const oneAccount: BucketPolicyInputs = {
    bucket,
    path: "audit/AWSLogs/",
    trailArn,
    trailAccountId: "111122223333",
    organization: null,
  };
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  const delivered = { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" };
  const aclCheck = {
    Sid: "AWSCloudTrailAclCheck20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:GetBucketAcl",
    Resource: bucket,
    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
  };
  const write = {
    Sid: "AWSCloudTrailWrite20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:PutObject",
    Resource: `${bucket}/audit/AWSLogs/111122223333/*`,
    Condition: { StringEquals: delivered },
  };
  const organizationWrite = {
    Sid: "AWSCloudTrailOrganizationWrite20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:PutObject",
    Resource: `${bucket}/audit/AWSLogs/o-exampleorgid/*`,
    Condition: { StringEquals: delivered },
  };
  const denials = [
    {
      Sid: "DenyLogsByHand",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["s3:PutObject", "s3:ReplicateObject"],
      Resource: `${bucket}/audit/AWSLogs/*`,
      Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    },
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBelow12",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];

  test("for one account is what AWS documents, and three denials", () => {
    expect(JSON.parse(literal(bucketPolicy(oneAccount)))).toEqual({
      Version: "2012-10-17",
      Statement: [aclCheck, write, ...denials],
    });
  });

  test("for an organization has one statement more", () => {
    const organization = { id: "o-exampleorgid", management_account_id: "111122223333" };
    expect(JSON.parse(literal(bucketPolicy({ ...oneAccount, organization })))).toEqual({
      Version: "2012-10-17",
      Statement: [aclCheck, write, organizationWrite, ...denials],
    });
  });

  test("of a module is complete but for its names", () => {
    const policy = bucketPolicy({
      bucket: reference("local.bucket_arn"),
      path: reference("local.log_path"),
      trailArn: reference("local.trail_arn"),
      trailAccountId: reference("local.trail_account_id"),
      organization: reference("var.organization"),
    });
    expect(hcl(policy)).toBe(`jsonencode({
  Version = "2012-10-17"
  Statement = concat(
    [
      {
        Sid       = "AWSCloudTrailAclCheck20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = local.bucket_arn
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "AWSCloudTrailWrite20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "\${local.bucket_arn}/\${local.log_path}\${local.trail_account_id}/*"
        Condition = {
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceArn" = local.trail_arn }
        }
      },
    ],
    var.organization != null ? [{
      Sid       = "AWSCloudTrailOrganizationWrite20150319"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "\${local.bucket_arn}/\${local.log_path}\${var.organization.id}/*"
      Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceArn" = local.trail_arn } }
    }] : [],
    [
      {
        Sid       = "DenyLogsByHand"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = ["s3:PutObject", "s3:ReplicateObject"]
        Resource  = "\${local.bucket_arn}/\${local.log_path}*"
        Condition = { BoolIfExists = { "aws:PrincipalIsAWSService" = "false" } }
      },
      {
        Sid       = "DenyInsecureTransport"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "\${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "DenyTlsBelow12"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "\${local.bucket_arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  )
})`);
  });
});

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

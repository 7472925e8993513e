import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Testing } from "cdktf";
import {
  AccessLogBucket,
  type AccessLogBucketProps,
} from "../../../src/components/access-log-bucket/access-log-bucket";
import { accessLogBucketDefinition } from "../../../src/components/access-log-bucket/inputs";
import { check, InputError, problemText } from "../../../src/inputs";
import { outputToken, type Structure } from "../../../src/placement";
import { addressesOf, bodyOf, newDraft, newStack, resolved, synthesized } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";

const props: AccessLogBucketProps = {
  name: "logs-access",
  sourceBucketName: "logs",
  accountId: "111122223333",
  region: "eu-central-1",
  prefix: "of-logs/",
};

const BUCKET = "${aws_s3_bucket.access_log_bucket.bucket}";

/** One resource of the bucket, by its type. */
function partWith(type: string, inputs: Partial<AccessLogBucketProps> = {}, structure?: Structure) {
  const stack = newStack();
  new AccessLogBucket(stack, "Default", { ...props, ...inputs }, structure);
  return bodyOf(stack, `${type}.access_log_bucket`);
}

test("a bucket for access logs is these resources", () => {
  const stack = newStack();
  new AccessLogBucket(stack, "Default", props);
  expect(addressesOf(synthesized(stack))).toEqual(
    [
      "aws_s3_bucket",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ].map((type) => `${type}.access_log_bucket`),
  );
  expect(Testing.synth(stack)).toHaveResourceWithProperties(S3Bucket, { bucket: "logs-access" });
  expect(Testing.synth(stack)).toHaveResource(S3BucketServerSideEncryptionConfigurationA);
});

test("it is versioned, closed to the public, without ACLs, and encrypted as S3 can deliver to it", () => {
  expect(partWith("aws_s3_bucket_versioning")).toEqual({
    bucket: BUCKET,
    versioning_configuration: { status: "Enabled" },
  });
  expect(partWith("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
    bucket: BUCKET,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
  });
  expect(partWith("aws_s3_bucket_public_access_block")).toEqual({
    bucket: BUCKET,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(partWith("aws_s3_bucket_ownership_controls")).toEqual({
    bucket: BUCKET,
    rule: { object_ownership: "BucketOwnerEnforced" },
    depends_on: ["aws_s3_bucket_policy.access_log_bucket"],
  });
});

test("it keeps its logs from destruction by force, unless that is asked for", () => {
  expect(partWith("aws_s3_bucket")).toEqual({ bucket: "logs-access", force_destroy: false, tags: {} });
  expect(partWith("aws_s3_bucket", { forceDestroy: true, tags: { a: "b" } })).toEqual({
    bucket: "logs-access",
    force_destroy: true,
    tags: { a: "b" },
  });
  expect(partWith("aws_s3_bucket", {}, { preventDestroy: true }).lifecycle).toEqual({ prevent_destroy: true });
});

describe("the policy", () => {
  const policyWith = (inputs: Partial<AccessLogBucketProps>) =>
    JSON.parse(String(partWith("aws_s3_bucket_policy", inputs).policy));

  test("lets S3 deliver the access logs of the one bucket under the prefix, and nobody else", () => {
    const bucket = "arn:aws:s3:::logs-access";
    const everybody = { Effect: "Deny", Principal: { AWS: "*" } };
    const everything = { Action: "s3:*", Resource: [bucket, `${bucket}/*`] };
    expect(policyWith({})).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "S3ServerAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucket}/of-logs/*`,
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::logs" },
            StringEquals: { "aws:SourceAccount": "111122223333" },
          },
        },
        {
          Sid: "DenyLogsByHand",
          ...everybody,
          Action: ["s3:PutObject", "s3:ReplicateObject"],
          Resource: `${bucket}/*`,
          Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
        },
        {
          Sid: "DenyInsecureTransport",
          ...everybody,
          ...everything,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "DenyTlsBelow12",
          ...everybody,
          ...everything,
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    });
  });

  test("waits for the public access block", () => {
    expect(partWith("aws_s3_bucket_policy")).toMatchObject({
      bucket: BUCKET,
      depends_on: ["aws_s3_bucket_public_access_block.access_log_bucket"],
    });
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("in %s is of the partition %s", (region, partition) => {
    expect(JSON.stringify(policyWith({ region }))).toBe(
      JSON.stringify(policyWith({})).replaceAll("arn:aws:", `arn:${partition}:`),
    );
  });
});

describe("the lifecycle", () => {
  const rules = (days: number) => [
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{}],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
    {
      id: "expire-access-logs",
      status: "Enabled",
      filter: [{}],
      expiration: [{ days }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
    },
    {
      id: "remove-delete-markers",
      status: "Enabled",
      filter: [{}],
      expiration: [{ expired_object_delete_marker: true }],
    },
  ];

  test.each([
    [undefined, 365],
    [1, 1],
    [3650, 3650],
  ])("with %p days of retention ends after %p", (retentionDays, days) => {
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { retentionDays })).toEqual({
      bucket: BUCKET,
      rule: rules(days),
      depends_on: ["aws_s3_bucket_versioning.access_log_bucket"],
    });
  });
});

test("whoever uses its name waits until S3 can deliver to it", () => {
  const stack = newStack();
  const { outputs } = new AccessLogBucket(stack, "audit", props);
  expect(Object.keys(outputs)).toEqual(["bucket", "policy"]);
  expect(resolved(stack, [outputToken(outputs.bucket), outputToken(outputs.policy)])).toEqual([
    "${aws_s3_bucket.audit_access_log_bucket.bucket}",
    "${aws_s3_bucket_policy.audit_access_log_bucket.policy}",
  ]);
  expect(
    (outputs.bucket.after ?? []).flatMap(({ elements }) => elements.map(({ fqn }) => resolved(stack, fqn))),
  ).toEqual(
    [
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
    ].map((type) => `\${${type}.audit_access_log_bucket}`),
  );
});

test("a module of it has no switches: each resource is there once", () => {
  const { stack } = newDraft();
  new AccessLogBucket(stack, "Default", variablesOf<AccessLogBucketProps>(accessLogBucketDefinition.fields));
  expect(JSON.stringify(synthesized(stack))).not.toMatch(/"count"|"for_each"|"dynamic"/);
  expect(bodyOf(stack, "aws_s3_bucket.access_log_bucket").bucket).toBe("${var.name}");
});

describe("the inputs", () => {
  const given = {
    name: "logs-access",
    source_bucket_name: "logs",
    account_id: "111122223333",
    region: "eu-central-1",
    prefix: "",
  };
  const problemsWith = (inputs: object) =>
    check(accessLogBucketDefinition, { ...given, ...inputs }).problems.map(problemText);

  test("that must be given are both buckets, account, region and prefix", () => {
    expect(check(accessLogBucketDefinition, {}).problems.map(({ path }) => path.join("."))).toEqual([
      "name",
      "source_bucket_name",
      "account_id",
      "region",
      "prefix",
    ]);
  });

  test("are by default a year of retention and no destruction by force", () => {
    expect(check(accessLogBucketDefinition, given).inputs).toMatchObject({
      retentionDays: 365,
      forceDestroy: false,
      tags: {},
    });
  });

  test.each([
    [{ retention_days: 0 }, "retention_days: must be a whole number of days from 1 to 36500; got 0"],
    [{ retention_days: 36501 }, "retention_days: must be a whole number of days from 1 to 36500; got 36501"],
    [{ force_destroy: "no" }, 'force_destroy: must be true or false; got the string "no"'],
    [
      { source_bucket_name: "A" },
      'source_bucket_name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "A"',
    ],
    [{ name: "A" }, 'name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "A"'],
  ])("%j are refused", (inputs, problem) => {
    expect(problemsWith(inputs)[0]).toBe(problem);
  });

  test("that are wrong leave nothing behind", () => {
    const stack = newStack();
    expect(() => new AccessLogBucket(stack, "logs", { ...props, retentionDays: 0 })).toThrow(InputError);
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("and everything else are described in sentences", () => {
    const { name, title, fields, outputs } = accessLogBucketDefinition;
    expect([name, title]).toEqual(["access-log-bucket", "Access-log bucket"]);
    for (const { description } of [accessLogBucketDefinition, ...Object.values(fields), ...Object.values(outputs)]) {
      expect(description).toMatch(/^[A-Z].*[A-Za-z`]\.$/s);
    }
  });
});

import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Testing } from "cdktf";
import { logBucketDefinition } from "../../../src/components/log-bucket/inputs";
import { LogBucket, type LogBucketProps } from "../../../src/components/log-bucket/log-bucket";
import type { LogBucketPolicyProps } from "../../../src/components/log-bucket-policy/log-bucket-policy";
import { check, InputError, problemText } from "../../../src/inputs";
import { outputToken, resource, type Structure } from "../../../src/placement";
import { reference } from "../../../src/values";
import { addressesOf, bodyOf, newStack, resolved, synthesized } from "../../placement/support/stack";
import { logBucketPolicyOf } from "../support/policies";

const props: LogBucketProps = {
  name: "example-bucket",
  accountId: "111122223333",
  region: "eu-central-1",
  trailName: "example-logs",
};

const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };

/** One resource of the log bucket, by its type. */
function partWith(type: string, inputs: Partial<LogBucketProps> = {}, structure?: Structure) {
  const stack = newStack();
  new LogBucket(stack, "Default", { ...props, ...inputs }, structure);
  return bodyOf(stack, `${type}.log_bucket`);
}

const BUCKET = "${aws_s3_bucket.log_bucket.bucket}";

test("a log bucket is these resources", () => {
  const stack = newStack();
  new LogBucket(stack, "Default", props);
  expect(addressesOf(synthesized(stack))).toEqual([
    "aws_s3_bucket.log_bucket",
    "aws_s3_bucket_lifecycle_configuration.log_bucket",
    "aws_s3_bucket_ownership_controls.log_bucket",
    "aws_s3_bucket_policy.log_bucket",
    "aws_s3_bucket_public_access_block.log_bucket",
    "aws_s3_bucket_server_side_encryption_configuration.log_bucket",
    "aws_s3_bucket_versioning.log_bucket",
  ]);
});

describe("the bucket", () => {
  test("has its name, and keeps its logs by default", () => {
    expect(partWith("aws_s3_bucket")).toEqual({ bucket: "example-bucket", force_destroy: false, tags: {} });
  });

  test("is destroyed with its logs only where that is asked for", () => {
    expect(partWith("aws_s3_bucket", { forceDestroy: true }).force_destroy).toBe(true);
  });

  test("has tags as they are given", () => {
    const tags = { Stage: "próduction", 監査: "ログ", "a:b/c": "d=e+f@g" };
    expect(partWith("aws_s3_bucket", { tags }).tags).toEqual(tags);
  });

  test("is protected from destruction only where that is asked for", () => {
    expect(partWith("aws_s3_bucket", {}, { preventDestroy: true })).toEqual({
      bucket: "example-bucket",
      force_destroy: false,
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    expect(partWith("aws_s3_bucket", {}, { preventDestroy: false })).not.toHaveProperty("lifecycle");
    expect(partWith("aws_s3_bucket", {}, {})).not.toHaveProperty("lifecycle");
  });

  test("alone is protected", () => {
    const stack = newStack();
    new LogBucket(stack, "Default", props, { preventDestroy: true });
    expect(JSON.stringify(synthesized(stack)).match(/prevent_destroy/g)).toHaveLength(1);
  });
});

test("it is versioned, encrypted, closed to the public, and without ACLs", () => {
  const stack = newStack();
  new LogBucket(stack, "Default", props);
  const json = Testing.synth(stack);
  expect(json).toHaveResource(S3Bucket);
  expect(json).toHaveResourceWithProperties(S3BucketVersioningA, { versioning_configuration: { status: "Enabled" } });
  expect(json).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false }],
  });
  expect(json).toHaveResourceWithProperties(S3BucketPublicAccessBlock, { block_public_acls: true });
  expect(json).toHaveResourceWithProperties(S3BucketOwnershipControls, {
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
  expect(partWith("aws_s3_bucket_versioning")).toEqual({
    bucket: BUCKET,
    versioning_configuration: { status: "Enabled" },
  });
  expect(partWith("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
    bucket: BUCKET,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false }],
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
  });
});

describe("the policy", () => {
  const about: LogBucketPolicyProps = {
    bucketName: "example-bucket",
    accountId: "111122223333",
    region: "eu-central-1",
    trailName: "example-logs",
  };

  test("is that of the bucket and the trail, and waits for the public access block", () => {
    expect(partWith("aws_s3_bucket_policy")).toEqual({
      bucket: BUCKET,
      policy: logBucketPolicyOf(about),
      depends_on: ["aws_s3_bucket_public_access_block.log_bucket"],
    });
  });

  test.each<Partial<LogBucketPolicyProps>>([
    { prefix: "audit/logs" },
    { region: "cn-north-1" },
    { region: "us-gov-west-1" },
    { organization },
    { furtherTrails: [{ accountId: "555566667777", region: "us-east-1", name: "second" }] },
    { restrictToOrganization: { id: "o-exampleorgid", deliveries: false } },
    { denyUnencryptedUploads: true },
    { additionalPolicy: '{"Statement":[{"Sid":"More"}]}' },
  ])("knows %j", (inputs) => {
    const { policy } = partWith("aws_s3_bucket_policy", inputs);
    expect(policy).toBe(logBucketPolicyOf({ ...about, ...inputs }));
    expect(policy).not.toBe(logBucketPolicyOf(about));
  });

  test("is about the trail's account, whichever that of the bucket is", () => {
    expect(partWith("aws_s3_bucket_policy", { bucketAccountId: "999900001111" }).policy).toBe(logBucketPolicyOf(about));
  });

  test("is complete before anything exists: no name in it is that of a resource", () => {
    expect(partWith("aws_s3_bucket_policy", { organization }).policy).not.toContain("${");
  });
});

describe("the lifecycle of logs", () => {
  const abort = {
    id: "abort-incomplete-uploads",
    status: "Enabled",
    filter: [{}],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  };
  const expire = (days: number | string) => ({
    id: "expire-logs",
    status: "Enabled",
    filter: [{}],
    expiration: [{ days }],
    noncurrent_version_expiration: [{ noncurrent_days: 30 }],
  });
  const removeMarkers = {
    id: "remove-delete-markers",
    status: "Enabled",
    filter: [{}],
    expiration: [{ expired_object_delete_marker: true }],
  };
  const rest = { bucket: BUCKET, depends_on: ["aws_s3_bucket_versioning.log_bucket"] };

  test("is for ever by default; only uploads that were never completed are removed", () => {
    expect(partWith("aws_s3_bucket_lifecycle_configuration")).toEqual({ ...rest, rule: [abort] });
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { retentionDays: null })).toEqual({
      ...rest,
      rule: [abort],
    });
  });

  test("ends after the days of retention, with what is left of deleted logs", () => {
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { retentionDays: 2557 })).toEqual({
      ...rest,
      rule: [abort, expire(2557), removeMarkers],
    });
  });

  test("depends on the variable where only Terraform knows the days", () => {
    const retentionDays = reference<number | null>("var.days");
    const often = "${var.days != null ? [1] : []}";
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { retentionDays })).toEqual({
      ...rest,
      dynamic: {
        rule: [
          { for_each: [1], content: abort },
          { for_each: often, content: expire("${var.days}") },
          { for_each: often, content: removeMarkers },
        ],
      },
    });
  });
});

describe("the outputs", () => {
  test("are the name, the ARN and the policy", () => {
    const stack = newStack();
    const { outputs } = new LogBucket(stack, "audit", { ...props, region: "cn-north-1" });
    expect(Object.keys(outputs)).toEqual(["bucket", "arn", "policy", "access_log_bucket", "access_log_path"]);
    expect(outputs.arn.value).toBe("arn:aws-cn:s3:::example-bucket");
    expect(resolved(stack, [outputToken(outputs.bucket), outputToken(outputs.policy)])).toEqual([
      "${aws_s3_bucket.audit_log_bucket.bucket}",
      "${aws_s3_bucket_policy.audit_log_bucket.policy}",
    ]);
  });

  test("make who uses the name wait for everything that a trail needs of the bucket", () => {
    const stack = newStack();
    const { outputs } = new LogBucket(stack, "Default", props);
    const waited = (outputs.bucket.after ?? []).map((placed) => resolved(stack, placed.element?.fqn));
    expect(waited).toEqual([
      "${aws_s3_bucket_versioning.log_bucket}",
      "${aws_s3_bucket_server_side_encryption_configuration.log_bucket}",
      "${aws_s3_bucket_public_access_block.log_bucket}",
      "${aws_s3_bucket_ownership_controls.log_bucket}",
      "${aws_s3_bucket_policy.log_bucket}",
    ]);
    expect([outputs.arn.after, outputs.policy.after]).toEqual([undefined, undefined]);
    resource(stack, S3Bucket, "user", { bucket: outputs.arn.value });
    expect(bodyOf(stack, "aws_s3_bucket.user")).toEqual({ bucket: "arn:aws:s3:::example-bucket" });
  });
});

describe("the inputs", () => {
  const given = { name: "example-bucket", account_id: "111122223333", region: "eu-central-1", trail_name: "example" };
  const problemsWith = (inputs: object) =>
    check(logBucketDefinition, { ...given, ...inputs }).problems.map((problem) => problemText(problem));

  test("that must be given are name, account, region and trail", () => {
    expect(check(logBucketDefinition, {}).problems.map((problem) => problemText(problem))).toEqual([
      "name: must be given: The name of the bucket",
      "account_id: must be given: The account that owns the trail",
      "region: must be given: The home region of the trail and the region of the bucket",
      "trail_name: must be given: The name of the trail that may deliver logs",
    ]);
  });

  test("keep logs for ever under no prefix by default, and never delete them by force", () => {
    expect(check(logBucketDefinition, given).inputs).toStrictEqual({
      name: "example-bucket",
      accountId: "111122223333",
      region: "eu-central-1",
      trailName: "example",
      organization: null,
      bucketAccountId: null,
      encryption: null,
      prefix: null,
      furtherTrails: [],
      restrictToOrganization: null,
      denyUnencryptedUploads: false,
      additionalPolicy: null,
      retentionDays: null,
      deletedLogDays: 30,
      transitions: [],
      transitionDefaultMinimumObjectSize: "varies_by_storage_class",
      accessLogs: null,
      forceDestroy: false,
      tags: {},
    });
  });

  test.each([90, 91, 36500, null])("take %p days of retention", (days) => {
    expect(problemsWith({ retention_days: days })).toEqual([]);
  });

  test.each([89, 0, -1, 36501, 90.5])("refuse %p days of retention", (days) => {
    expect(problemsWith({ retention_days: days })).toEqual([
      `retention_days: must be a whole number of days from 90 to 36500; got ${days}`,
    ]);
  });

  test.each([
    [{ name: "Logs" }, 'name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "Logs"'],
    [{ account_id: "1" }, 'account_id: must be the 12 digits of an AWS account id; got "1"'],
    [{ region: "x" }, 'region: must be the name of an AWS region, such as "eu-central-1"; got "x"'],
    [{ trail_name: "a" }, 'trail_name: must have 3 to 128 characters; got "a"'],
    [{ prefix: "a//b" }, 'prefix: must not begin or end with a slash, nor have two in a row; got "a//b"'],
    [{ force_destroy: null, tags: null }],
    [{ force_destroy: "no" }, 'force_destroy: must be true or false; got the string "no"'],
    [{ organization: { id: "x" } }, "organization.management_account_id: must be given: The management account"],
    [{ tags: { "aws:a": "b" } }, 'tags (its keys): must not begin with "aws:", which AWS reserves; got ["aws:a"]'],
  ])("%j have the problem %j", (inputs, ...problems) => {
    expect(problemsWith(inputs).slice(0, 1)).toEqual(problems);
  });

  test("that are wrong are told all at once, and leave nothing behind", () => {
    const stack = newStack();
    const wrong = () => new LogBucket(stack, "logs", { ...props, name: "Logs", retentionDays: 1 });
    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(
      'Log bucket "logs" has wrong inputs:\n' +
        '  - name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "Logs"\n' +
        "  - retentionDays: must be a whole number of days from 90 to 36500; got 1",
    );
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });
});

test("everything is described in sentences", () => {
  const { name, title, fields, outputs } = logBucketDefinition;
  expect([name, title]).toEqual(["log-bucket", "Log bucket"]);
  for (const { description } of [logBucketDefinition, ...Object.values(fields), ...Object.values(outputs)]) {
    expect(description).toMatch(/^[A-Z].*[A-Za-z0-9`]\.$/s);
  }
});

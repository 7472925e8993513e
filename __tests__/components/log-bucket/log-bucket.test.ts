import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Testing, Token } from "cdktf";
import { logBucketDefinition } from "../../../src/components/log-bucket/inputs";
import { LogBucket, type LogBucketProps } from "../../../src/components/log-bucket/log-bucket";
import type { LogBucketPolicyProps } from "../../../src/components/log-bucket-policy/log-bucket-policy";
import { check, InputError, problemText } from "../../../src/inputs";
import { outputToken, outputTokenIfSet, resource, type Structure } from "../../../src/placement";
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
    depends_on: ["aws_s3_bucket_policy.log_bucket"],
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

  test("brings deleted logs back for as many days as are chosen, where logs are deleted at all", () => {
    const [, expiry] = partWith("aws_s3_bucket_lifecycle_configuration", { retentionDays: 90, deletedLogDays: 400 })
      .rule as readonly object[];
    expect(expiry).toEqual({ ...expire(90), noncurrent_version_expiration: [{ noncurrent_days: 400 }] });
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { deletedLogDays: 400 })).toEqual({
      ...rest,
      rule: [abort],
    });
  });

  const move = (...transition: readonly object[]) => ({
    id: "move-logs",
    status: "Enabled",
    filter: [{}],
    transition,
  });

  test("moves logs to cheaper storage before they expire", () => {
    const transitions = [
      { days: 30, storageClass: "STANDARD_IA" },
      { days: 90, storageClass: "GLACIER_IR" },
    ] as const;
    const moves = move({ days: 30, storage_class: "STANDARD_IA" }, { days: 90, storage_class: "GLACIER_IR" });
    const size = { transition_default_minimum_object_size: "varies_by_storage_class" };
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { transitions })).toEqual({
      ...rest,
      ...size,
      rule: [abort, moves],
    });
    expect(partWith("aws_s3_bucket_lifecycle_configuration", { transitions, retentionDays: 100 })).toEqual({
      ...rest,
      ...size,
      rule: [abort, moves, expire(100), removeMarkers],
    });
  });

  test("says which logs are too small to be moved only where some are moved", () => {
    const transitionDefaultMinimumObjectSize = "all_storage_classes_128K" as const;
    const transitions = [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] as const;
    const lifecycle = (inputs: Partial<LogBucketProps>) => partWith("aws_s3_bucket_lifecycle_configuration", inputs);
    expect(lifecycle({ transitions, transitionDefaultMinimumObjectSize }).transition_default_minimum_object_size).toBe(
      "all_storage_classes_128K",
    );
    expect(lifecycle({ transitionDefaultMinimumObjectSize })).toEqual({ ...rest, rule: [abort] });
  });

  test("depends on the variable where only Terraform knows the days", () => {
    const retentionDays = Token.asNumber(reference<number | null>("var.days"));
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

describe("encryption", () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

  test("with a key has a bucket key, which saves requests", () => {
    expect(partWith("aws_s3_bucket_server_side_encryption_configuration", { encryption: { kmsKeyArn } })).toEqual({
      bucket: BUCKET,
      rule: [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  test("is switched by the object, so that a key of the same run may be unknown", () => {
    const encryption = reference("var.encryption") as never;
    expect(partWith("aws_s3_bucket_server_side_encryption_configuration", { encryption }).rule).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: '${var.encryption == null ? "AES256" : "aws:kms"}',
          kms_master_key_id: "${var.encryption == null ? null : var.encryption.kms_key_arn}",
        },
        bucket_key_enabled: "${var.encryption != null}",
      },
    ]);
  });
});

describe("access logs", () => {
  const bucketWith = (inputs: Partial<LogBucketProps>) => {
    const stack = newStack();
    const { outputs } = new LogBucket(stack, "Default", { ...props, ...inputs });
    return {
      addresses: addressesOf(synthesized(stack)).filter((address) => /access_log|logging/.test(address)),
      resource: synthesized(stack).resource ?? {},
      outputs: resolved(stack, [
        outputTokenIfSet(outputs.access_log_bucket),
        outputTokenIfSet(outputs.access_log_path),
      ]),
    };
  };
  const TYPES = [
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ];

  test("that are off make nothing, and are named nowhere", () => {
    for (const accessLogs of [undefined, null]) {
      const { addresses, outputs } = bucketWith({ accessLogs });
      expect(addresses).toEqual([]);
      expect(outputs).toEqual([undefined, undefined]);
    }
  });

  test("go to a bucket of their own, which is named after the log bucket, under the name of the log bucket", () => {
    const { addresses, resource, outputs } = bucketWith({ accessLogs: {} });
    expect(addresses).toEqual(
      [...TYPES.map((type) => `${type}.access_log_bucket`), "aws_s3_bucket_logging.log_bucket"].sort(),
    );
    expect(resource.aws_s3_bucket?.access_log_bucket).toEqual({
      bucket: "example-bucket-access",
      force_destroy: false,
      tags: {},
    });
    expect(resource.aws_s3_bucket_logging?.log_bucket).toEqual({
      bucket: BUCKET,
      target_bucket: "${aws_s3_bucket.access_log_bucket.bucket}",
      target_prefix: "example-bucket/",
      // S3 delivers only once it is let in.
      depends_on: [
        "aws_s3_bucket_versioning.access_log_bucket",
        "aws_s3_bucket_server_side_encryption_configuration.access_log_bucket",
        "aws_s3_bucket_public_access_block.access_log_bucket",
        "aws_s3_bucket_ownership_controls.access_log_bucket",
        "aws_s3_bucket_policy.access_log_bucket",
      ],
    });
    expect(outputs).toEqual(["${aws_s3_bucket.access_log_bucket.bucket}", "example-bucket-access/example-bucket/"]);
  });

  test("have a name, a prefix and a retention of their own, and the tags of the log bucket", () => {
    const { resource } = bucketWith({
      accessLogs: { name: "who-read-what", prefix: "audit", retentionDays: 30, forceDestroy: true },
      tags: { a: "b" },
    });
    expect(resource.aws_s3_bucket?.access_log_bucket).toEqual({
      bucket: "who-read-what",
      force_destroy: true,
      tags: { a: "b" },
    });
    expect(resource.aws_s3_bucket_logging?.log_bucket?.target_prefix).toBe("audit/");
    expect(JSON.stringify(resource.aws_s3_bucket_policy?.access_log_bucket)).toContain(
      "arn:aws:s3:::who-read-what/audit/*",
    );
    expect(JSON.stringify(resource.aws_s3_bucket_lifecycle_configuration?.access_log_bucket)).toContain(
      '"expiration":[{"days":30}]',
    );
  });

  test("come from the account of the bucket, where that is another than the trail's", () => {
    const policyWith = (inputs: Partial<LogBucketProps>) =>
      JSON.parse(
        String(bucketWith({ accessLogs: {}, ...inputs }).resource.aws_s3_bucket_policy?.access_log_bucket?.policy),
      ).Statement[0].Condition;
    expect(policyWith({})).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::example-bucket" },
      StringEquals: { "aws:SourceAccount": "111122223333" },
    });
    expect(policyWith({ bucketAccountId: "999900001111" })).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::example-bucket" },
      StringEquals: { "aws:SourceAccount": "999900001111" },
    });
  });

  test("go to a bucket that is there already, of which nothing is made", () => {
    const existingBucket = { name: "all-access-logs" };
    const { addresses, resource, outputs } = bucketWith({ accessLogs: { existingBucket, prefix: "x" } });
    expect(addresses).toEqual(["aws_s3_bucket_logging.log_bucket"]);
    expect(resource.aws_s3_bucket_logging?.log_bucket).toEqual({
      bucket: BUCKET,
      target_bucket: "all-access-logs",
      target_prefix: "x/",
    });
    expect(outputs).toEqual(["all-access-logs", "all-access-logs/x/"]);
  });

  test("are protected from destruction where the logs are", () => {
    const stack = newStack();
    new LogBucket(stack, "Default", { ...props, accessLogs: {} }, { preventDestroy: true });
    expect(JSON.stringify(synthesized(stack)).match(/prevent_destroy/g)).toHaveLength(2);
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

  test("of a bucket without access logs are null where they would tell of them", () => {
    const { outputs } = new LogBucket(newStack(), "Default", props);
    expect(outputs.access_log_bucket.value).toBeNull();
    expect(outputs.access_log_path.value).toBeNull();
  });

  test("make who uses the name wait for everything that a trail needs of the bucket", () => {
    const stack = newStack();
    const { outputs } = new LogBucket(stack, "Default", props);
    const waited = (outputs.bucket.after ?? []).flatMap(({ elements }) =>
      elements.map(({ fqn }) => resolved(stack, fqn)),
    );
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
      denyTampering: null,
      additionalPolicy: null,
      retentionDays: null,
      deletedLogDays: 30,
      transitions: [],
      transitionDefaultMinimumObjectSize: "varies_by_storage_class",
      accessLogs: null,
      eventNotifications: false,
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
    [{ deleted_log_days: 0 }, "deleted_log_days: must be a whole number of days from 1 to 36500; got 0"],
    [
      { transition_default_minimum_object_size: "all" },
      'transition_default_minimum_object_size: must be one of "varies_by_storage_class", "all_storage_classes_128K"; ' +
        'got "all"',
    ],
    [
      { encryption: { kms_key_arn: "alias/a" } },
      'encryption.kms_key_arn: must be the ARN of a KMS key, "arn:aws:kms:REGION:ACCOUNT:key/ID"; an alias is not ' +
        'enough; got "alias/a"',
    ],
    [{ encryption: {} }, "encryption.kms_key_arn: must be given: The ARN of the key"],
    [{ bucket_account_id: "1" }, 'bucket_account_id: must be the 12 digits of an AWS account id; got "1"'],
    [
      { transitions: [{ days: 90, storage_class: "GLACIER" }], retention_days: 90 },
      "transitions: must move logs before retention_days are over, when they are deleted; " +
        'got [{"days":90,"storage_class":"GLACIER"}]',
    ],
    [
      { access_logs: { retention_days: 0 } },
      "access_logs.retention_days: must be a whole number of days from 1 to 36500; got 0",
    ],
    [
      { access_logs: { existing_bucket: { name: "there" }, name: "new" } },
      "access_logs.existing_bucket: must be null where name or force_destroy is given, which are about a new bucket; " +
        'got {"name":"there"}',
    ],
    [
      { access_logs: { existing_bucket: { name: "there" }, force_destroy: true } },
      "access_logs.existing_bucket: must be null where name or force_destroy is given, which are about a new bucket; " +
        'got {"name":"there"}',
    ],
    [{ name: "Logs" }, 'name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "Logs"'],
    [{ account_id: "1" }, 'account_id: must be the 12 digits of an AWS account id; got "1"'],
    [{ region: "x" }, 'region: must be the name of an AWS region, such as "eu-central-1"; got "x"'],
    [{ trail_name: "a" }, 'trail_name: must have 3 to 128 characters; got "a"'],
    [{ prefix: "a//b" }, 'prefix: must not begin or end with a slash, nor have two in a row; got "a//b"'],
    [{ force_destroy: null, tags: null }],
    [{ force_destroy: "no" }, 'force_destroy: must be true or false; got the string "no"'],
    [{ organization: { id: "x" } }, "organization.management_account_id: must be given: The management account"],
    [
      { tags: { "aws:a": "b" } },
      'tags["aws:a"] (the key): must not begin with "aws:", which AWS reserves; got "aws:a"',
    ],
  ])("%j have the problem %j", (inputs, ...problems) => {
    expect(problemsWith(inputs).slice(0, 1)).toEqual(problems);
  });

  test("let logs be moved until the day before they are deleted, and at any time where they never are", () => {
    const transitions = [{ days: 89, storage_class: "GLACIER" }];
    expect(problemsWith({ transitions, retention_days: 90 })).toEqual([]);
    expect(problemsWith({ transitions: [{ days: 36500, storage_class: "GLACIER" }] })).toEqual([]);
  });

  test("name the access-log bucket after the log bucket only where that makes a name", () => {
    const [fits, tooLong] = ["a".repeat(56), "a".repeat(57)];
    const refusal = "access_logs: must have a name where that of the log bucket has more than 56 characters; got ";
    expect(problemsWith({ name: fits, access_logs: {} })).toEqual([]);
    expect(problemsWith({ name: tooLong, access_logs: {} })).toEqual([expect.stringContaining(refusal)]);
    expect(problemsWith({ name: tooLong, access_logs: { name: "short" } })).toEqual([]);
    expect(problemsWith({ name: tooLong, access_logs: { existing_bucket: { name: "there" } } })).toEqual([]);
    expect(problemsWith({ name: tooLong, access_logs: null })).toEqual([]);
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

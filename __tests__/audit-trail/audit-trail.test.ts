import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Fn, Lazy, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { AuditTrail, type AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { EncryptionKey, LogBucket, Trail } from "../../src/components";
import { encryptionKeyOptions } from "../../src/components/encryption-key/inputs";
import { logBucketOptions } from "../../src/components/log-bucket/inputs";
import { camelCase, InputError } from "../../src/inputs";
import type { Structure } from "../../src/placement";
import { keyPolicyOf, logBucketPolicyOf } from "../components/support/policies";
import { providerSchemas } from "../generator/support/provider-schemas";
import {
  addressesOf,
  type Body,
  bodyOf,
  newStack,
  resolved,
  type Synthesized,
  synthesized,
} from "../placement/support/stack";

const props: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

/** The audit trail alone in a stack, with some inputs. */
function synthesizedWith(inputs: Partial<AuditTrailProps>, structure?: Structure): Required<Synthesized> {
  const stack = newStack();
  new AuditTrail(stack, "Default", { ...props, ...inputs }, structure);
  return synthesized(stack) as Required<Synthesized>;
}

/** One resource of it. */
function partWith(address: string, inputs: Partial<AuditTrailProps>, structure?: Structure) {
  const [type, name] = address.split(".") as [string, string];
  return synthesizedWith(inputs, structure).resource[type]?.[name] as Body;
}

const BUCKET = "${aws_s3_bucket.log_bucket.bucket}";
const TYPES = [
  "aws_cloudtrail",
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
];

describe("the default audit trail", () => {
  const { resource, data } = synthesizedWith({});

  test("is a trail with its log bucket, and nothing else", () => {
    expect(addressesOf({ resource, data })).toEqual([
      "aws_cloudtrail.trail",
      ...TYPES.slice(1).map((type) => `${type}.log_bucket`),
      "data.aws_caller_identity.current",
    ]);
  });

  test("records all regions, all management events and all data events of S3 and Lambda", () => {
    const data = { field: "eventCategory", equals: ["Data"] };
    const object = { field: "resources.type", equals: ["AWS::S3::Object"] };
    expect(resource.aws_cloudtrail?.trail).toEqual({
      name: "example-logs",
      s3_bucket_name: BUCKET,
      is_multi_region_trail: true,
      include_global_service_events: true,
      is_organization_trail: false,
      enable_logging: true,
      enable_log_file_validation: true,
      tags: { Own: "Example Owner" },
      advanced_event_selector: [
        {
          name: "Management events selector",
          field_selector: [{ field: "eventCategory", equals: ["Management"] }],
        },
        {
          name: "S3 data events of all objects but the logs",
          field_selector: [
            data,
            object,
            { field: "resources.ARN", not_starts_with: [`arn:aws:s3:::${BUCKET}/AWSLogs/`] },
          ],
        },
        {
          name: "S3 data events of the log bucket but the delivery of logs",
          field_selector: [
            data,
            object,
            { field: "resources.ARN", starts_with: [`arn:aws:s3:::${BUCKET}/`] },
            { field: "eventName", not_equals: ["PutObject"] },
          ],
        },
        {
          name: "Lambda data events of all functions",
          field_selector: [data, { field: "resources.type", equals: ["AWS::Lambda::Function"] }],
        },
      ],
      depends_on: [
        "aws_s3_bucket_versioning.log_bucket",
        "aws_s3_bucket_server_side_encryption_configuration.log_bucket",
        "aws_s3_bucket_public_access_block.log_bucket",
        "aws_s3_bucket_ownership_controls.log_bucket",
        "aws_s3_bucket_policy.log_bucket",
      ],
      lifecycle: {
        precondition: [
          {
            condition: '${data.aws_caller_identity.current.account_id == "111122223333"}',
            error_message:
              "account_id: must be the account of the credentials, which is " +
              "${data.aws_caller_identity.current.account_id}; got 111122223333",
          },
        ],
      },
    });
  });

  test("has a bucket that is named after account and region, and keeps logs for ever", () => {
    expect(resource.aws_s3_bucket?.log_bucket).toEqual({
      bucket: "bucket-for-cloudtrail-logs-111122223333-eu-central-1",
      force_destroy: false,
      tags: { Own: "Example Owner" },
    });
    expect(JSON.stringify(resource.aws_s3_bucket_lifecycle_configuration)).not.toContain("expiration");
  });

  test("has the policy of that bucket and that trail, which waits for the public access block", () => {
    expect(resource.aws_s3_bucket_policy?.log_bucket).toEqual({
      bucket: BUCKET,
      policy: logBucketPolicyOf({
        bucketName: "bucket-for-cloudtrail-logs-111122223333-eu-central-1",
        accountId: "111122223333",
        region: "eu-central-1",
        trailName: "example-logs",
      }),
      depends_on: ["aws_s3_bucket_public_access_block.log_bucket"],
    });
  });

  test("has no Insights, which cost more than all the rest", () => {
    expect(resource.aws_cloudtrail?.trail).not.toHaveProperty("insight_selector");
  });

  test("is the same, whether its defaults are written out or left out", () => {
    expect(
      synthesizedWith({
        name: null,
        organization: null,
        multiRegion: true,
        enableLogging: true,
        managementEvents: { readWriteType: "All", excludeEventSources: [] },
        s3DataEvents: { readWriteType: "All" },
        lambdaDataEvents: {},
        insights: null,
        logBucket: { name: null, prefix: null, retentionDays: null, forceDestroy: false },
        tags: {},
      }),
    ).toEqual(synthesizedWith({}));
    expect(synthesizedWith({ tags: undefined, name: undefined, logBucket: undefined })).toEqual(synthesizedWith({}));
  });
});

describe("names", () => {
  const names = (inputs: Partial<AuditTrailProps>) => ({
    trail: partWith("aws_cloudtrail.trail", inputs).name,
    bucket: partWith("aws_s3_bucket.log_bucket", inputs).bucket,
  });

  test("are derived from the account and the region", () => {
    expect(names({ accountName: "a.b_c", accountId: "000000000001", region: "us-gov-west-1" })).toEqual({
      trail: "a.b_c-logs",
      bucket: "bucket-for-cloudtrail-logs-000000000001-us-gov-west-1",
    });
  });

  test("are those that are given", () => {
    expect(names({ name: "my-trail", logBucket: { name: "my-bucket" } })).toEqual({
      trail: "my-trail",
      bucket: "my-bucket",
    });
  });

  test("need no name of the account where that of the trail is given", () => {
    expect(names({ name: "my-trail", accountName: null })).toMatchObject({ trail: "my-trail" });
  });

  test("are the same in the policy", () => {
    const policy = partWith("aws_s3_bucket_policy.log_bucket", {
      name: "my-trail",
      logBucket: { name: "my-bucket" },
      region: "cn-north-1",
    }).policy;
    expect(policy).toContain('"arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/my-trail"');
    expect(policy).toContain('"arn:aws-cn:s3:::my-bucket/AWSLogs/111122223333/*"');
  });

  test("may be as long as AWS allows", () => {
    expect(names({ accountName: "a".repeat(123) }).trail).toHaveLength(128);
    const longest = "us-gov-northeast-99";
    expect(names({ region: longest }).bucket).toBe(`bucket-for-cloudtrail-logs-111122223333-${longest}`);
  });
});

/** Texts that the rules of an input allow, as editors know them. */
function textsLike(name: "accountName" | "region"): fc.Arbitrary<string> {
  const { kind } = auditTrailDefinition.fields[name === "region" ? "region" : "account_name"];
  return fc.stringMatching(new RegExp(String(kind.rules[0]?.jsonSchema?.pattern)));
}

test("whatever account and region are taken, the names derived from them are those of a trail and of a bucket", () => {
  fc.assert(
    fc.property(textsLike("accountName"), textsLike("region"), (accountName, region) => {
      fc.pre(accountName.length <= 123);
      const stack = newStack();
      new AuditTrail(stack, "Default", { ...props, accountName, region });
      expect(addressesOf(synthesized(stack))).toHaveLength(9);
    }),
  );
});

describe("each input", () => {
  const trail = (inputs: Partial<AuditTrailProps>) => partWith("aws_cloudtrail.trail", inputs);

  test("multiRegion turns other regions and global services off", () => {
    expect(trail({ multiRegion: false })).toEqual({
      ...trail({}),
      is_multi_region_trail: false,
      include_global_service_events: false,
    });
  });

  test("enableLogging pauses the trail, but not the validation of log files", () => {
    const stack = newStack();
    new AuditTrail(stack, "audit", { ...props, enableLogging: false });
    expect(Testing.synth(stack)).toHaveResourceWithProperties(Cloudtrail, {
      enable_logging: false,
      enable_log_file_validation: true,
    });
    expect(trail({ enableLogging: false })).toEqual({ ...trail({}), enable_logging: false });
  });

  test("managementEvents, s3DataEvents and lambdaDataEvents choose what is recorded", () => {
    const recorded = (inputs: Partial<AuditTrailProps>) =>
      (partWith("aws_cloudtrail.trail", inputs).advanced_event_selector as readonly { readonly name: string }[]).map(
        ({ name }) => name[0],
      );
    expect(recorded({})).toEqual(["M", "S", "S", "L"]);
    expect(recorded({ managementEvents: null })).toEqual(["S", "S", "L"]);
    expect(recorded({ s3DataEvents: null })).toEqual(["M", "L"]);
    expect(recorded({ lambdaDataEvents: null })).toEqual(["M", "S", "S"]);
    expect(JSON.stringify(trail({ managementEvents: { readWriteType: "WriteOnly" } }))).toContain('"readOnly"');
    expect(JSON.stringify(trail({ s3DataEvents: { readWriteType: "WriteOnly" } }))).toContain('"readOnly"');
    expect(JSON.stringify(trail({ lambdaDataEvents: { readWriteType: "WriteOnly" } }))).toContain('"readOnly"');
    expect(JSON.stringify(trail({}))).not.toContain('"readOnly"');
  });

  test("insights switches Insights on", () => {
    expect(trail({ insights: {} }).insight_selector).toEqual([
      { insight_type: "ApiCallRateInsight" },
      { insight_type: "ApiErrorRateInsight" },
    ]);
  });

  test("logBucket.prefix is in the trail and in the policy", () => {
    const inputs = { logBucket: { prefix: "audit/logs" } };
    const moved = JSON.stringify(trail({})).replaceAll("}/AWSLogs/", "}/audit/logs/AWSLogs/");
    expect(trail(inputs)).toEqual({ ...(JSON.parse(moved) as Body), s3_key_prefix: "audit/logs" });
    expect(partWith("aws_s3_bucket_policy.log_bucket", inputs).policy).toContain("/audit/logs/AWSLogs/111122223333/*");
  });

  test("logBucket.retentionDays lets logs expire", () => {
    const rules = partWith("aws_s3_bucket_lifecycle_configuration.log_bucket", { logBucket: { retentionDays: 90 } });
    expect(rules.rule).toMatchObject([{}, { id: "expire-logs", expiration: [{ days: 90 }] }, {}]);
  });

  test("logBucket.forceDestroy lets Terraform delete the logs", () => {
    expect(partWith("aws_s3_bucket.log_bucket", { logBucket: { forceDestroy: true } }).force_destroy).toBe(true);
  });
});

describe("an organization", () => {
  const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };

  test("has one trail over all its accounts, which the management account owns", () => {
    expect(partWith("aws_cloudtrail.trail", { organization })).toEqual({
      ...partWith("aws_cloudtrail.trail", {}),
      is_organization_trail: true,
    });
    expect(partWith("aws_s3_bucket_policy.log_bucket", { organization }).policy).toBe(
      logBucketPolicyOf({
        bucketName: "bucket-for-cloudtrail-logs-111122223333-eu-central-1",
        accountId: "111122223333",
        region: "eu-central-1",
        trailName: "example-logs",
        organization,
      }),
    );
  });
});

/** The addresses of all resources with some inputs, but for those of the default trail. */
function more(inputs: Partial<AuditTrailProps>): readonly string[] {
  const usual = addressesOf({ resource: synthesizedWith({}).resource });
  return addressesOf({ resource: synthesizedWith(inputs).resource }).filter((address) => !usual.includes(address));
}

/** The outputs that other constructs see, with some inputs. */
function outputsWith(inputs: Partial<AuditTrailProps>) {
  const stack = newStack();
  const trail = new AuditTrail(stack, "Default", { ...props, ...inputs });
  return resolved(stack, {
    logBucketName: trail.logBucketName,
    accessLogBucketName: trail.accessLogBucketName,
    encryptionKeyArn: trail.encryptionKeyArn,
    encryptionKeyPolicy: trail.encryptionKeyPolicy,
    logGroupName: trail.logGroupName,
    logGroupArn: trail.logGroupArn,
    cloudwatchLogsRoleArn: trail.cloudwatchLogsRoleArn,
  }) as Readonly<Record<string, string | undefined>>;
}

const LOG_BUCKET_NAME = "bucket-for-cloudtrail-logs-111122223333-eu-central-1";

describe("what is off by default", () => {
  test("has no resources, and no output", () => {
    const off = {
      encryption: null,
      cloudwatchLogs: null,
      logBucket: {
        accessLogs: null,
        existingBucket: null,
        restrictToOrganization: null,
        additionalPolicy: null,
        transitions: [],
        furtherTrails: [],
        denyUnencryptedUploads: false,
        denyTampering: null,
      },
    };
    expect(more(off)).toEqual([]);
    expect(synthesizedWith(off)).toEqual(synthesizedWith({}));
    expect(outputsWith({})).toEqual({ logBucketName: BUCKET });
  });
});

describe("encryption", () => {
  const KEY_ARN = "${aws_kms_key.encryption_key.arn}";
  const about = { accountId: "111122223333", region: "eu-central-1", trailName: "example-logs" };

  test("is a key and its alias; the trail and the bucket use it", () => {
    expect(more({ encryption: {} })).toEqual(["aws_kms_alias.encryption_key", "aws_kms_key.encryption_key"]);
    expect(partWith("aws_cloudtrail.trail", { encryption: {} }).kms_key_id).toBe(KEY_ARN);
    expect(
      partWith("aws_s3_bucket_server_side_encryption_configuration.log_bucket", { encryption: {} }).rule,
    ).toMatchObject([
      { apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY_ARN } },
    ]);
    expect(outputsWith({ encryption: {} })).toMatchObject({
      encryptionKeyArn: KEY_ARN,
      encryptionKeyPolicy: keyPolicyOf(about),
    });
  });

  test("knows the trail, the organization, the further trails, the readers and the log group", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    const furtherTrails = [{ accountId: "555566667777", region: "us-east-1", name: "second" }];
    const readers = ["arn:aws:iam::444455556666:root"];
    const { policy } = partWith("aws_kms_key.encryption_key", {
      organization,
      encryption: { readers },
      cloudwatchLogs: {},
      logBucket: { furtherTrails },
    });
    expect(policy).toBe(
      keyPolicyOf({
        ...about,
        organization,
        furtherTrails,
        readers,
        logGroupName: "/aws/cloudtrail/example-logs",
      }),
    );
  });

  test("has options that are those of the key, and the tags of the trail", () => {
    const encryption = {
      alias: "alias/audit",
      deletionWindowInDays: 7,
      rotationPeriodInDays: 90,
      multiRegion: true,
    };
    expect(partWith("aws_kms_key.encryption_key", { encryption, tags: { a: "b" } })).toMatchObject({
      deletion_window_in_days: 7,
      rotation_period_in_days: 90,
      multi_region: true,
      tags: { a: "b", Own: "Example Owner" },
    });
    expect(partWith("aws_kms_alias.encryption_key", { encryption }).name).toBe("alias/audit");
  });

  test("with a key that is there already makes none, and tells the policy that it needs", () => {
    const arn = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd";
    const inputs = { encryption: { existingKey: { arn } }, cloudwatchLogs: { logGroupName: "events" } };
    expect(more(inputs).filter((address) => address.includes("kms"))).toEqual([]);
    expect(partWith("aws_cloudtrail.trail", inputs).kms_key_id).toBe(arn);
    expect(partWith("aws_cloudwatch_log_group.trail", inputs).kms_key_id).toBe(arn);
    expect(outputsWith(inputs)).toMatchObject({
      encryptionKeyArn: arn,
      encryptionKeyPolicy: keyPolicyOf({ ...about, logGroupName: "events" }),
    });
  });

  test("does not let CloudWatch Logs use the key for a group that is there already", () => {
    const existingLogGroup = { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:there" };
    expect(
      partWith("aws_kms_key.encryption_key", { encryption: {}, cloudwatchLogs: { existingLogGroup } }).policy,
    ).toBe(keyPolicyOf(about));
  });
});

describe("CloudWatch Logs", () => {
  test("are a group, a role and its policy, which are told to other constructs", () => {
    expect(more({ cloudwatchLogs: {} })).toEqual([
      "aws_cloudwatch_log_group.trail",
      "aws_iam_role.cloudwatch_logs",
      "aws_iam_role_policy.cloudwatch_logs",
    ]);
    expect(outputsWith({ cloudwatchLogs: {} })).toEqual({
      logBucketName: BUCKET,
      logGroupName: "${aws_cloudwatch_log_group.trail.name}",
      logGroupArn: "${aws_cloudwatch_log_group.trail.arn}",
      cloudwatchLogsRoleArn: "${aws_iam_role.cloudwatch_logs.arn}",
    });
  });

  test("have every option of the trail", () => {
    const cloudwatchLogs = { retentionInDays: 7, roleName: "deliver", rolePath: "/audit/", trustTrailOnly: true };
    expect(partWith("aws_cloudwatch_log_group.trail", { cloudwatchLogs }).retention_in_days).toBe(7);
    expect(partWith("aws_iam_role.cloudwatch_logs", { cloudwatchLogs })).toMatchObject({
      name: "deliver",
      path: "/audit/",
      assume_role_policy: expect.stringContaining("aws:SourceArn"),
    });
  });

  test("of a group and a role that are there already make nothing, and have no name to tell", () => {
    const existingLogGroup = { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:there:*" };
    const existingRole = { arn: "arn:aws:iam::111122223333:role/there" };
    const inputs = { cloudwatchLogs: { existingLogGroup, existingRole } };
    expect(more(inputs)).toEqual([]);
    expect(outputsWith(inputs)).toEqual({
      logBucketName: BUCKET,
      logGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:there",
      cloudwatchLogsRoleArn: "arn:aws:iam::111122223333:role/there",
    });
  });
});

describe("access logs", () => {
  test("have a bucket of their own, and the trail leaves out their delivery", () => {
    const inputs = { logBucket: { accessLogs: {} } };
    expect(more(inputs)).toEqual(
      ["aws_s3_bucket_logging.log_bucket", ...TYPES.slice(1).map((type) => `${type}.access_log_bucket`)].sort(),
    );
    expect(outputsWith(inputs)).toMatchObject({ accessLogBucketName: "${aws_s3_bucket.access_log_bucket.bucket}" });
    expect(partWith("aws_cloudtrail.trail", inputs).advanced_event_selector).toMatchObject([
      {},
      {
        field_selector: [
          {},
          {},
          {
            not_starts_with: [
              `arn:aws:s3:::${BUCKET}/AWSLogs/`,
              `arn:aws:s3:::${LOG_BUCKET_NAME}-access/${LOG_BUCKET_NAME}/`,
            ],
          },
        ],
      },
      {},
      {},
    ]);
  });

  test("have a name in every region that there is; where none can be derived, that is said", () => {
    const longest = { region: "ap-southeast-1", logBucket: { accessLogs: {} } };
    expect(partWith("aws_s3_bucket.access_log_bucket", longest).bucket).toHaveLength(61);
    expect(() => synthesizedWith({ ...longest, region: "us-gov-northeast-99" })).toThrow(
      "accessLogs: must have a name where that of the log bucket has more than 56 characters",
    );
  });

  test("that go to a bucket that is there already make none", () => {
    const inputs = { logBucket: { accessLogs: { existingBucket: { name: "all-access-logs" }, prefix: "audit" } } };
    expect(more(inputs)).toEqual(["aws_s3_bucket_logging.log_bucket"]);
    expect(outputsWith(inputs)).toMatchObject({ accessLogBucketName: "all-access-logs" });
    expect(JSON.stringify(partWith("aws_cloudtrail.trail", inputs))).toContain('"arn:aws:s3:::all-access-logs/audit/"');
  });
});

describe("a log bucket that is there already", () => {
  const inputs: Partial<AuditTrailProps> = {
    logBucket: {
      existingBucket: { name: "central-logs" },
      prefix: "audit",
      furtherTrails: [{ accountId: "555566667777", region: "us-east-1", name: "second" }],
    },
  };

  test("is used by the trail, which alone is made", () => {
    const { resource } = synthesizedWith(inputs);
    expect(addressesOf({ resource })).toEqual(["aws_cloudtrail.trail"]);
    expect(resource.aws_cloudtrail?.trail).toMatchObject({ s3_bucket_name: "central-logs", s3_key_prefix: "audit" });
    expect(resource.aws_cloudtrail?.trail).not.toHaveProperty("depends_on");
    expect(JSON.stringify(resource)).toContain('"not_starts_with":["arn:aws:s3:::central-logs/audit/AWSLogs/"]');
  });

  test("needs the policy that is told", () => {
    const stack = newStack();
    const trail = new AuditTrail(stack, "Default", { ...props, ...inputs });
    expect([trail.logBucketName, trail.logBucketArn]).toEqual(["central-logs", "arn:aws:s3:::central-logs"]);
    expect(trail.logBucketPolicy).toBe(
      logBucketPolicyOf({
        bucketName: "central-logs",
        accountId: "111122223333",
        region: "eu-central-1",
        trailName: "example-logs",
        prefix: "audit",
        furtherTrails: [{ accountId: "555566667777", region: "us-east-1", name: "second" }],
      }),
    );
  });
});

describe("the policy of the log bucket", () => {
  test.each<NonNullable<AuditTrailProps["logBucket"]>>([
    { furtherTrails: [{ accountId: "555566667777", region: "us-east-1", name: "second" }] },
    { restrictToOrganization: { id: "o-exampleorgid", principals: false } },
    { denyUnencryptedUploads: true },
    { additionalPolicy: '{"Statement":[{"Sid":"More"}]}' },
  ])("knows %j", (logBucket) => {
    expect(partWith("aws_s3_bucket_policy.log_bucket", { logBucket }).policy).toBe(
      logBucketPolicyOf({
        bucketName: LOG_BUCKET_NAME,
        accountId: "111122223333",
        region: "eu-central-1",
        trailName: "example-logs",
        ...(logBucket as object),
      }),
    );
  });
});

describe("without the trail itself", () => {
  test("everything around it is made, with the names that one of its name needs", () => {
    const { resource } = synthesizedWith({ createTrail: false });
    expect(addressesOf({ resource })).toEqual(TYPES.slice(1).map((type) => `${type}.log_bucket`));
    expect(resource.aws_s3_bucket_policy).toEqual(synthesizedWith({}).resource.aws_s3_bucket_policy);
    const stack = newStack();
    const trail = new AuditTrail(stack, "Default", { ...props, createTrail: false });
    expect(resolved(stack, trail.trailArn)).toBe("arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs");
  });
});

describe("tags", () => {
  /** The types of resources that can have tags here. */
  const taggable = [
    ...["aws_cloudtrail", "aws_cloudwatch_log_group", "aws_iam_role", "aws_kms_key", "aws_s3_bucket", "aws_s3_bucket"],
  ];

  test("are on every resource that can have some, with that of the owner", () => {
    const { resource } = synthesizedWith({
      owner: "Team",
      tags: { Stage: "test" },
      encryption: {},
      cloudwatchLogs: {},
      logBucket: { accessLogs: {} },
    });
    const tagged = Object.entries(resource).flatMap(([type, byName]) =>
      Object.values(byName).flatMap(({ tags }) => (tags === undefined ? [] : [[type, tags]])),
    );
    expect(tagged.sort()).toEqual(taggable.map((type) => [type, { Own: "Team", Stage: "test" }]));
  });

  test("are on every resource that can have some, with every part switched on", () => {
    const { resource } = synthesizedWith({
      tags: { Stage: "test" },
      encryption: {},
      cloudwatchLogs: {},
      logBucket: { accessLogs: {} },
    });
    const schema = providerSchemas.at(-1)?.resource;
    const tagged = Object.entries(resource)
      .filter(([type]) => schema?.[type]?.attributes.tags !== undefined)
      .flatMap(([type, byName]) => Object.entries(byName).map(([name, { tags }]) => [`${type}.${name}`, tags]));
    expect(Object.fromEntries(tagged)).toEqual(
      Object.fromEntries(
        [
          "aws_cloudtrail.trail",
          "aws_cloudwatch_log_group.trail",
          "aws_iam_role.cloudwatch_logs",
          "aws_kms_key.encryption_key",
          "aws_s3_bucket.access_log_bucket",
          "aws_s3_bucket.log_bucket",
        ].map((address) => [address, { Own: "Example Owner", Stage: "test" }]),
      ),
    );
  });

  /** So many tags. */
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

  test("may be forty-nine, beside the owner's", () => {
    expect(Object.keys(partWith("aws_cloudtrail.trail", { tags: many(49) }).tags as object)).toHaveLength(50);
  });

  test("that are too many together with the owner's are refused before anything is made", () => {
    const stack = newStack();
    const before = stack.node.findAll().length;
    expect(() => new AuditTrail(stack, "audit", { ...props, tags: many(50) })).toThrow(
      /^Audit trail "audit" has wrong/,
    );
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test("survive unchanged, whatever AWS allows in them", () => {
    const allowed = fc.string({
      unit: fc.constantFrom(..."aZ09 _.:/=+-@ßé漢字ログäÆ\u00a0\u2028٣Ⅷ\u{20000}"),
      minLength: 1,
      maxLength: 20,
    });
    const tags = fc.dictionary(
      allowed.filter((key) => !/^aws:/i.test(key) && key !== "Own"),
      allowed,
      { maxKeys: 5, noNullPrototype: true },
    );
    fc.assert(
      fc.property(tags, allowed, (given, owner) => {
        const expected = { ...given, Own: owner };
        expect(partWith("aws_cloudtrail.trail", { tags: given, owner }).tags).toEqual(expected);
        expect(partWith("aws_s3_bucket.log_bucket", { tags: given, owner }).tags).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("may be named as something that every object has", () => {
    const tags = { constructor: "a", toString: "b", hasOwnProperty: "c" };
    expect(partWith("aws_cloudtrail.trail", { tags: tags as never }).tags).toEqual({ ...tags, Own: "Example Owner" });
  });

  test("that Unicode writes in two ways are written in one", () => {
    expect(partWith("aws_cloudtrail.trail", { owner: "Zoe\u0308" }).tags).toEqual({ Own: "Zo\u00eb" });
  });
});

describe("the structure", () => {
  const protectedOnes = (structure?: Structure) =>
    JSON.stringify(synthesizedWith({}, structure)).match(/"prevent_destroy":true/g)?.length ?? 0;

  test("protects the log bucket from destruction only where that is asked for", () => {
    expect([protectedOnes(), protectedOnes({}), protectedOnes({ preventDestroy: false })]).toEqual([0, 0, 0]);
    expect(protectedOnes({ preventDestroy: true })).toBe(1);
    expect(partWith("aws_s3_bucket.log_bucket", {}, { preventDestroy: true }).lifecycle).toEqual({
      prevent_destroy: true,
    });
  });

  test("protects every bucket with logs and the key, and nothing else", () => {
    const { resource } = synthesizedWith(
      { encryption: {}, cloudwatchLogs: {}, logBucket: { accessLogs: {} } },
      { preventDestroy: true },
    );
    const isProtected = ({ lifecycle }: Body) => (lifecycle as { readonly prevent_destroy?: boolean })?.prevent_destroy;
    const addresses = Object.entries(resource).flatMap(([type, byName]) =>
      Object.entries(byName).flatMap(([name, body]) => (isProtected(body) ? [`${type}.${name}`] : [])),
    );
    expect(addresses).toEqual([
      "aws_kms_key.encryption_key",
      "aws_s3_bucket.access_log_bucket",
      "aws_s3_bucket.log_bucket",
    ]);
  });

  test("leaves the check of the account to the provider where that is asked for", () => {
    const { resource, data } = synthesizedWith({}, { accountCheck: "provider" });
    expect(data).toBeUndefined();
    expect(resource.aws_cloudtrail?.trail).not.toHaveProperty("lifecycle");
  });
});

describe("the parts", () => {
  const { accountId, region } = props;
  const place = { accountId, region, trailName: "example-logs", tags: { Own: "Example Owner" } };
  const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
  const furtherTrails = [{ accountId: "555566667777", region: "us-east-1", name: "second" }];
  const bucketName = "bucket-for-cloudtrail-logs-111122223333-eu-central-1";

  /** What a component makes of its inputs by itself. */
  const madeBy = (build: (stack: ReturnType<typeof newStack>) => void) => {
    const stack = newStack();
    build(stack);
    return synthesized(stack).resource ?? {};
  };

  test("of the log bucket are what that makes of each of its options", () => {
    const options = {
      prefix: "audit",
      furtherTrails,
      restrictToOrganization: { id: "o-exampleorgid", deliveries: false },
      denyUnencryptedUploads: true,
      denyTampering: { except: ["arn:aws:iam::111122223333:role/Deployer"] },
      additionalPolicy: '{"Statement":[{"Sid":"More"}]}',
      retentionDays: 400,
      deletedLogDays: 90,
      transitions: [{ days: 60, storageClass: "GLACIER_IR" }],
      transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
      accessLogs: { name: "who-read-what", prefix: "reads", retentionDays: 30, forceDestroy: true },
      eventNotifications: true,
      forceDestroy: true,
    } as const;
    expect(Object.keys(options).sort()).toEqual(Object.keys(logBucketOptions).map(camelCase).sort());
    const { aws_cloudtrail: _trail, ...made } = synthesizedWith({
      logBucket: { name: "my-bucket", ...options },
    }).resource;
    expect(made).toEqual(
      madeBy((stack) => new LogBucket(stack, "Default", { name: "my-bucket", ...place, ...options })),
    );
  });

  test("of the encryption are what the key makes of each of its options, and it encrypts everything", () => {
    const options = {
      alias: "alias/audit",
      deletionWindowInDays: 7,
      rotationPeriodInDays: 90,
      multiRegion: true,
      readers: ["arn:aws:iam::444455556666:root"],
    };
    expect(["existingKey", ...Object.keys(options)].sort()).toEqual(
      Object.keys(encryptionKeyOptions).map(camelCase).sort(),
    );
    const { resource } = synthesizedWith({ encryption: options, cloudwatchLogs: {}, logBucket: { furtherTrails } });
    const { aws_kms_key, aws_kms_alias } = resource;
    const logGroupName = "/aws/cloudtrail/example-logs";
    expect({ aws_kms_key, aws_kms_alias }).toEqual(
      madeBy((stack) => new EncryptionKey(stack, "Default", { ...place, furtherTrails, logGroupName, ...options })),
    );
    expect(encryptedWith(resource)).toEqual(Array(3).fill("${aws_kms_key.encryption_key.arn}"));
  });

  /** The keys of the trail, of the log group, and of the log bucket. */
  const encryptedWith = (resource: NonNullable<Synthesized["resource"]>) => {
    const rules = (resource.aws_s3_bucket_server_side_encryption_configuration?.log_bucket?.rule ?? []) as readonly {
      readonly apply_server_side_encryption_by_default: { readonly kms_master_key_id?: string };
    }[];
    return [
      resource.aws_cloudtrail?.trail?.kms_key_id,
      resource.aws_cloudwatch_log_group?.trail?.kms_key_id,
      rules[0]?.apply_server_side_encryption_by_default.kms_master_key_id,
    ];
  };

  test("are encrypted with a key that is there already, of which nothing is made", () => {
    const arn = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const { resource } = synthesizedWith({ encryption: { existingKey: { arn } }, cloudwatchLogs: {} });
    expect(Object.keys(resource).filter((type) => type.startsWith("aws_kms"))).toEqual([]);
    expect(encryptedWith(resource)).toEqual([arn, arn, arn]);
  });

  test("of CloudWatch Logs are what the trail makes of its options", () => {
    const cloudwatchLogs = {
      logGroupName: "audit/events",
      retentionInDays: 731,
      logGroupClass: "INFREQUENT_ACCESS",
      roleName: "deliver",
      rolePath: "/audit/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
      trustTrailOnly: true,
    } as const;
    const byItself = madeBy((stack) => {
      const { trailName: name, ...rest } = place;
      new Trail(stack, "Default", { ...rest, name, s3BucketName: bucketName, cloudwatchLogs });
    });
    const { resource } = synthesizedWith({ cloudwatchLogs });
    for (const type of ["aws_cloudwatch_log_group", "aws_iam_role", "aws_iam_role_policy"]) {
      expect(resource[type]).toBeDefined();
      expect(resource[type]).toEqual(byItself[type]);
    }
  });

  test("are about the organization throughout: trail, bucket, key and role", () => {
    const { resource } = synthesizedWith({ organization, encryption: {}, cloudwatchLogs: {} });
    expect(resource.aws_cloudtrail?.trail?.is_organization_trail).toBe(true);
    const about = { accountId, region, trailName: "example-logs", organization };
    expect(resource.aws_s3_bucket_policy?.log_bucket?.policy).toBe(logBucketPolicyOf({ ...about, bucketName }));
    expect(resource.aws_kms_key?.encryption_key?.policy).toBe(
      keyPolicyOf({ ...about, logGroupName: "/aws/cloudtrail/example-logs" }),
    );
    expect(resource.aws_iam_role_policy?.cloudwatch_logs?.policy).toContain(":log-stream:o-exampleorgid_*");
  });

  test("leave the access logs that they make out of the data events, too", () => {
    const { resource } = synthesizedWith({
      managementEvents: null,
      lambdaDataEvents: null,
      logBucket: { accessLogs: {} },
    });
    const accessLogs = `arn:aws:s3:::${bucketName}-access/${bucketName}/`;
    const logs = [`arn:aws:s3:::${BUCKET}/AWSLogs/`, accessLogs];
    expect(resource.aws_cloudtrail?.trail?.advanced_event_selector).toMatchObject([
      { field_selector: [{}, {}, { field: "resources.ARN", not_starts_with: logs }] },
      {
        field_selector: [{}, {}, { field: "resources.ARN", starts_with: [`arn:aws:s3:::${BUCKET}/`, accessLogs] }, {}],
      },
    ]);
  });

  test("use a bucket that is there already, of which nothing is made, and give the policy that it needs", () => {
    const stack = newStack();
    const logBucket = { existingBucket: { name: "all-logs" }, prefix: "audit", furtherTrails };
    const { logBucketName, logBucketPolicy } = new AuditTrail(stack, "Default", { ...props, logBucket });
    expect(addressesOf(synthesized(stack))).toEqual(["aws_cloudtrail.trail", "data.aws_caller_identity.current"]);
    const trail = bodyOf(stack, "aws_cloudtrail.trail");
    expect(trail).toMatchObject({ s3_bucket_name: "all-logs", s3_key_prefix: "audit" });
    expect(JSON.stringify(trail)).toContain('"not_starts_with":["arn:aws:s3:::all-logs/audit/AWSLogs/"]');
    expect(resolved(stack, { logBucketName, logBucketPolicy })).toEqual({
      logBucketName: "all-logs",
      logBucketPolicy: logBucketPolicyOf({
        accountId,
        region,
        trailName: "example-logs",
        bucketName: "all-logs",
        prefix: "audit",
        furtherTrails,
      }),
    });
  });

  test("are all made for a trail that is there already, or none of them", () => {
    const { aws_cloudtrail, ...around } = synthesizedWith({ createTrail: false }).resource;
    expect(aws_cloudtrail).toBeUndefined();
    expect(around).toEqual(madeBy((stack) => new LogBucket(stack, "Default", { name: bucketName, ...place })));
    const logBucket = { existingBucket: { name: "all-logs" } };
    const { resource, data } = synthesizedWith({ createTrail: false, logBucket }, { accountCheck: "provider" });
    expect([resource, data]).toEqual([undefined, undefined]);
  });
});

describe("in the program of somebody else", () => {
  test("two audit trails of one stack keep apart", () => {
    const stack = newStack();
    new AuditTrail(stack, "main", props);
    new AuditTrail(new Construct(stack, "Second"), "trail-2", {
      ...props,
      accountName: "other",
      logBucket: { name: "other-logs" },
    });
    expect(addressesOf(synthesized(stack))).toEqual(
      [
        "data.aws_caller_identity.main_current",
        "data.aws_caller_identity.second_trail_2_current",
        "aws_cloudtrail.main_trail",
        "aws_cloudtrail.second_trail_2_trail",
        ...TYPES.slice(1).flatMap((type) => [`${type}.main_log_bucket`, `${type}.second_trail_2_log_bucket`]),
      ].sort(),
    );
    expect(bodyOf(stack, "aws_cloudtrail.second_trail_2_trail")).toMatchObject({
      name: "other-logs",
      s3_bucket_name: "${aws_s3_bucket.second_trail_2_log_bucket.bucket}",
    });
  });

  test("two that want one bucket, or one trail, are refused when the app is synthesized", () => {
    const app = Testing.app();
    const [first, second] = ["one", "two"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
    new AuditTrail(first, "main", props);
    new AuditTrail(second, "main", { ...props, logBucket: { accessLogs: { name: "access" } } });
    new LogBucket(second, "other", {
      name: "access",
      accountId: props.accountId,
      region: "cn-north-1",
      trailName: "other",
    });
    const problems = app.node.findAll().flatMap(({ node }) => node.validate());
    const bucketName = "bucket-for-cloudtrail-logs-111122223333-eu-central-1";
    expect(problems.filter((problem) => problem.startsWith("must be another name"))).toEqual([
      `must be another name than that of the bucket of two/main/log_bucket; got "${bucketName}"`,
      'must be another name than that of the trail of two/main/trail; got "example-logs"',
      `must be another name than that of the bucket of one/main/log_bucket; got "${bucketName}"`,
      'must be another name than that of the trail of one/main/trail; got "example-logs"',
    ]);
  });

  test("the trail waits for what it is told to: the policy of an existing bucket", () => {
    const stack = newStack();
    const bucket = new S3Bucket(stack, "bucket", { bucket: "all-logs" });
    const policy = new S3BucketPolicy(stack, "policy", {
      bucket: bucket.bucket,
      policy: Lazy.stringValue({ produce: () => audit.logBucketPolicy }),
    });
    const audit: AuditTrail = new AuditTrail(
      stack,
      "audit",
      { ...props, logBucket: { existingBucket: { name: bucket.bucket } } },
      { dependsOn: [policy] },
    );
    expect(bodyOf(stack, "aws_cloudtrail.audit_trail").depends_on).toEqual(["aws_s3_bucket_policy.policy"]);
  });

  test("two of one name are refused", () => {
    const stack = newStack();
    new AuditTrail(stack, "main-1", props);
    expect(() => new AuditTrail(stack, "main_1", props)).toThrow(
      "aws_s3_bucket.main_1_log_bucket is there twice in the stack stack: give one of the constructs another id",
    );
  });

  test("outputs are tokens or literals for other constructs", () => {
    const stack = newStack();
    const trail = new AuditTrail(stack, "audit", props);
    const values = {
      trailArn: trail.trailArn,
      trailName: trail.trailName,
      trailHomeRegion: trail.trailHomeRegion,
      logBucketName: trail.logBucketName,
      logBucketArn: trail.logBucketArn,
      logBucketPolicy: trail.logBucketPolicy,
    };
    expect([trail.name, trail.tags]).toEqual(["example-logs", { Own: "Example Owner" }]);
    expect(resolved(stack, values)).toEqual({
      trailArn: "${aws_cloudtrail.audit_trail.arn}",
      trailName: "${aws_cloudtrail.audit_trail.name}",
      trailHomeRegion: "${aws_cloudtrail.audit_trail.home_region}",
      logBucketName: "${aws_s3_bucket.audit_log_bucket.bucket}",
      logBucketArn: "arn:aws:s3:::${aws_s3_bucket.audit_log_bucket.bucket}",
      logBucketPolicy: "${aws_s3_bucket_policy.audit_log_bucket.policy}",
    });
    expect(Object.keys(trail.outputs)).toEqual([
      "trail_arn",
      "trail_name",
      "trail_home_region",
      "log_bucket_name",
      "log_bucket_arn",
      "log_bucket_policy",
      "access_log_bucket_name",
      "encryption_key_arn",
      "encryption_key_policy",
      "log_group_name",
      "log_group_arn",
      "cloudwatch_logs_role_arn",
      "alarm_names",
      "alarm_topic_arns",
      "alarm_topic_key_arn",
      "alarm_topic_key_policy",
      "alarm_dead_letter_queue_arn",
      "alarm_dead_letter_queue_policy",
      "alarm_dashboard_name",
      "alarm_event_patterns",
      "alarm_event_bus_arn",
    ]);
    new TerraformOutput(stack, "out", { value: `${trail.logBucketName}/x`, staticId: true });
    expect(synthesized(stack).output?.out?.value).toBe("${aws_s3_bucket.audit_log_bucket.bucket}/x");
  });

  test("tokens of other resources end as live references", () => {
    const stack = newStack();
    const other = new S3Bucket(stack, "other");
    new AuditTrail(stack, "audit", { ...props, owner: other.bucket, tags: { From: other.arn, To: "x" } });
    expect(bodyOf(stack, "aws_cloudtrail.audit_trail").tags).toEqual({
      Own: "${aws_s3_bucket.other.bucket}",
      From: "${aws_s3_bucket.other.arn}",
      To: "x",
    });
  });

  test("tags that only Terraform knows get the owner's, too", () => {
    const stack = newStack();
    const other = new S3Bucket(stack, "other");
    new AuditTrail(stack, "audit", { ...props, tags: other.tags });
    new AuditTrail(stack, "more", {
      ...props,
      name: "more",
      logBucket: { name: "more-logs" },
      tags: Fn.merge([other.tags, { a: "b" }]),
    });
    expect(bodyOf(stack, "aws_s3_bucket.audit_log_bucket").tags).toBe(
      '${merge(aws_s3_bucket.other.tags, { Own = "Example Owner" })}',
    );
    expect(bodyOf(stack, "aws_s3_bucket.more_log_bucket").tags).toContain('{ Own = "Example Owner" })}');
  });

  test("numbers and booleans that only Terraform knows stay open", () => {
    const stack = newStack();
    const days = new TerraformVariable(stack, "days", { type: "number" });
    const logging = new TerraformVariable(stack, "logging", { type: "bool" });
    new AuditTrail(stack, "Default", {
      ...props,
      enableLogging: logging.booleanValue as never,
      logBucket: { retentionDays: days.numberValue },
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail").enable_logging).toBe("${var.logging}");
    expect(JSON.stringify(bodyOf(stack, "aws_s3_bucket_lifecycle_configuration.log_bucket").dynamic)).toContain(
      '"expiration":[{"days":"${var.days}"}]',
    );
  });

  test("a name that only Terraform knows is in the policy, too", () => {
    const stack = newStack();
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    new AuditTrail(stack, "Default", { ...props, name });
    expect(bodyOf(stack, "aws_cloudtrail.trail").name).toBe('${var.name == null ? "example-logs" : var.name}');
    expect(JSON.stringify(bodyOf(stack, "aws_s3_bucket_policy.log_bucket").policy)).toContain("var.name");
  });
});

describe("wrong inputs", () => {
  test("are told all at once by TypeScript's names, and leave nothing behind", () => {
    const stack = newStack();
    const before = stack.node.findAll().length;
    const wrong = {
      ...props,
      accountId: "1111",
      acountName: "x",
      logBucket: { retentionDays: 1, forceDestroy: "no" },
      tags: { cost_center: 5 },
    } as unknown as AuditTrailProps;
    expect(() => new AuditTrail(stack, "audit", wrong)).toThrow(InputError);
    expect(() => new AuditTrail(stack, "audit", wrong)).toThrow(
      [
        'Audit trail "audit" has wrong inputs:',
        "  - acountName: is not a known name; did you mean accountName?",
        '  - logBucket.forceDestroy: must be true or false; got the string "no"',
        "  - tags.cost_center: must be a text, in quotes; got the number 5",
        '  - accountId: must be the 12 digits of an AWS account id; got "1111"',
        "  - logBucket.retentionDays: must be a whole number of days from 90 to 36500; got 1",
      ].join("\n"),
    );
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test("are types that do not compile", () => {
    const refused: readonly AuditTrailProps[] = [
      // @ts-expect-error: an account is a text
      { ...props, accountId: 111122223333 },
      // @ts-expect-error: a region is required
      { accountId: "111122223333", accountName: "example", owner: "x" },
      // @ts-expect-error: one of three
      { ...props, managementEvents: { readWriteType: "Both" } },
      // @ts-expect-error: not every source
      { ...props, managementEvents: { excludeEventSources: ["s3.amazonaws.com"] } },
      // @ts-expect-error: tags are texts
      { ...props, tags: { a: 1 } },
      // @ts-expect-error: no such input
      { ...props, enableLogFileValidation: false },
    ];
    for (const wrong of refused) {
      expect(() => new AuditTrail(newStack(), "audit", wrong)).toThrow(InputError);
    }
    // @ts-expect-error: Terraform's names
    const renamed: AuditTrailProps = { ...props, log_bucket: {} };
    // @ts-expect-error: the bucket cannot be left out
    const withoutBucket: AuditTrailProps = { ...props, logBucket: null };
    expect([renamed, withoutBucket]).toHaveLength(2);
  });
});

import { PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import {
  Account,
  type BucketReading,
  type KeyReading,
  type LogGroupReading,
  type PolicyStatement,
  type RoleReading,
  type TrailReading,
} from "./support/account";
import { writeCisConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, NAMES, REGION, STATE } from "./support/names";

const TRAIL_ARN = `arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/${NAMES.trail}`;
const BUCKET_ARN = `arn:aws:s3:::${NAMES.logBucket}`;
const ACCESS_LOG_BUCKET = `${NAMES.logBucket}-access`;
const LOG_GROUP = `/aws/cloudtrail/${NAMES.trail}`;
const LOG_GROUP_ARN = `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${LOG_GROUP}`;
const ROLE = `${NAMES.trail}-cloudwatch-logs`;

const SEVEN_YEARS = 2557;
const CLOUDTRAIL = { Service: "cloudtrail.amazonaws.com" };
const TAGS = { Own: "Example Owner" };

/** The addresses of the resources, by the part that they belong to. */
const ADDRESSES = {
  always: [
    "aws_cloudtrail.trail",
    "aws_s3_bucket.log_bucket",
    "aws_s3_bucket_lifecycle_configuration.log_bucket",
    "aws_s3_bucket_ownership_controls.log_bucket",
    "aws_s3_bucket_policy.log_bucket",
    "aws_s3_bucket_public_access_block.log_bucket",
    "aws_s3_bucket_server_side_encryption_configuration.log_bucket",
    "aws_s3_bucket_versioning.log_bucket",
  ],
  encryption: ["aws_kms_alias.encryption_key", "aws_kms_key.encryption_key"],
  cloudWatchLogs: [
    "aws_cloudwatch_log_group.trail",
    "aws_iam_role.cloudwatch_logs",
    "aws_iam_role_policy.cloudwatch_logs",
  ],
  accessLogs: [
    "aws_s3_bucket.access_log_bucket",
    "aws_s3_bucket_lifecycle_configuration.access_log_bucket",
    "aws_s3_bucket_logging.log_bucket",
    "aws_s3_bucket_ownership_controls.access_log_bucket",
    "aws_s3_bucket_policy.access_log_bucket",
    "aws_s3_bucket_public_access_block.access_log_bucket",
    "aws_s3_bucket_server_side_encryption_configuration.access_log_bucket",
    "aws_s3_bucket_versioning.access_log_bucket",
  ],
};

/** The resources of the alarms, and of those who are told of them. */
const OF_ALARMS = /^aws_(cloudwatch_(dashboard|event|log_metric|metric)|sns|sqs|s3_bucket_notification|kms_\w+\.alarm)/;

/** What is chosen to be able to give the parts up, beside what the profile chooses. */
const CAN_BE_DESTROYED = { prevent_destroy: false };
const MOVES = [
  { days: 90, storage_class: "GLACIER_IR" },
  { days: 365, storage_class: "DEEP_ARCHIVE" },
];
const WITHOUT_ACCESS_LOGS = { ...CAN_BE_DESTROYED, log_bucket: { retention_days: SEVEN_YEARS, transitions: MOVES } };
const WITHOUT_CLOUDWATCH_LOGS = { ...WITHOUT_ACCESS_LOGS, alarms: null, cloudwatch_logs: null };
const WITHOUT_ENCRYPTION = { ...WITHOUT_CLOUDWATCH_LOGS, encryption: null };

// One life of one deployment, told in order: each test goes on where the one before ended.
describe("the configuration of the profile cis", () => {
  let emulator: Emulator;
  let account: Account;
  let deployment: Deployment;

  beforeAll(async () => {
    emulator = await Emulator.start("cis");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    deployment = new Deployment("deployer", emulator.environment(REGION));
    writeCisConfiguration(deployment);
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    deployment.remove();
    account.close();
    await emulator.stop();
  });

  const allInState = async (): Promise<readonly string[]> =>
    (await deployment.succeed("state", "list")).trim().split("\n").sort();
  const inState = async (): Promise<readonly string[]> => (await allInState()).filter((each) => !OF_ALARMS.test(each));
  const alarmsInState = async (): Promise<number> => (await allInState()).filter((each) => OF_ALARMS.test(each)).length;

  describe("once applied", () => {
    let trail: TrailReading;
    let bucket: BucketReading;
    let accessLogBucket: BucketReading;
    let keys: readonly KeyReading[];
    let key: KeyReading;
    let logGroups: readonly LogGroupReading[];
    let role: RoleReading;

    beforeAll(async () => {
      trail = await account.readTrail(NAMES.trail);
      bucket = await account.readBucket(NAMES.logBucket);
      accessLogBucket = await account.readBucket(ACCESS_LOG_BUCKET);
      keys = await account.keys();
      key = keys.find(({ aliases }) => aliases.includes(`alias/${NAMES.trail}`)) as KeyReading;
      logGroups = await account.logGroups();
      role = await account.readRole(ROLE);
    });

    test("is made of the resources of every part, and of no others", async () => {
      expect(await inState()).toEqual(Object.values(ADDRESSES).flat().sort());
      expect(await account.trails()).toHaveLength(1);
      expect(await account.buckets()).toEqual([ACCESS_LOG_BUCKET, NAMES.logBucket, STATE.bucket].sort());
      expect(keys.flatMap(({ aliases }) => aliases).sort()).toEqual([
        `alias/${NAMES.trail}`,
        `alias/${NAMES.trail}-alarms`,
      ]);
      expect(logGroups).toHaveLength(1);
      expect(await account.roles()).toEqual([ROLE]);
    });

    test("has a trail of all regions that encrypts with the key and delivers to the log group by the role", () => {
      expect(trail.trail).toMatchObject({
        TrailARN: TRAIL_ARN,
        S3BucketName: NAMES.logBucket,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        KmsKeyId: key.arn,
        CloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}:*`,
        CloudWatchLogsRoleArn: role.arn,
      });
      expect(trail.logging).toBe(true);
    });

    test("records reads of logs and of access logs, and leaves out none of their writes but those of AWS", () => {
      const accessLogs = `arn:aws:s3:::${ACCESS_LOG_BUCKET}/${NAMES.logBucket}/`;
      const ofOwn = trail.selectors.flatMap(({ FieldSelectors = [] }) =>
        FieldSelectors.filter(({ Field }) => Field === "resources.ARN"),
      );
      expect(ofOwn).toEqual([
        { Field: "resources.ARN", NotStartsWith: [`${BUCKET_ARN}/AWSLogs/`, accessLogs] },
        { Field: "resources.ARN", StartsWith: [`${BUCKET_ARN}/`, accessLogs] },
      ]);
    });

    test("has a key that is rotated every year, under the name of the trail", () => {
      expect(key).toMatchObject({
        state: "Enabled",
        aliases: [`alias/${NAMES.trail}`],
        rotationPeriod: 365,
        tags: TAGS,
      });
    });

    test("lets CloudTrail use the key for the trail, CloudWatch Logs for the log group, and IAM decide of all else", () => {
      const ofTrail = { StringEquals: { "aws:SourceArn": [TRAIL_ARN] } };
      expect(key.policy).toEqual([
        {
          Sid: "EnableIamPolicies",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "AllowCloudTrailToEncrypt",
          Effect: "Allow",
          Principal: CLOUDTRAIL,
          Action: "kms:GenerateDataKey*",
          Resource: "*",
          Condition: {
            ...ofTrail,
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn": [`arn:aws:cloudtrail:*:${ACCOUNT_ID}:trail/*`],
            },
          },
        },
        {
          Sid: "AllowCloudTrailToDescribeKey",
          Effect: "Allow",
          Principal: CLOUDTRAIL,
          Action: "kms:DescribeKey",
          Resource: "*",
          Condition: ofTrail,
        },
        {
          Sid: "AllowCloudTrailToDecrypt",
          Effect: "Allow",
          Principal: CLOUDTRAIL,
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: ofTrail,
        },
        {
          Sid: "AllowCloudWatchLogs",
          Effect: "Allow",
          Principal: { Service: `logs.${REGION}.amazonaws.com` },
          Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
          Resource: "*",
          Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": LOG_GROUP_ARN } },
        },
      ]);
    });

    test("encrypts the log bucket with the key, by a key of the bucket, and the access logs as S3 wants it", () => {
      expect(bucket.encryption).toEqual([{ algorithm: "aws:kms", key: key.arn, bucketKey: true }]);
      expect(accessLogBucket.encryption).toEqual([{ algorithm: "AES256", bucketKey: false }]);
    });

    test("keeps every version in both buckets, which are closed to the public and to ACLs, and tells their owner", () => {
      for (const each of [bucket, accessLogBucket]) {
        expect(each.versioning).toBe("Enabled");
        expect(Object.values(each.publicAccessBlock ?? {})).toEqual([true, true, true, true]);
        expect(each.ownership).toEqual(["BucketOwnerEnforced"]);
        expect(each.tags).toEqual(TAGS);
      }
    });

    test("keeps logs for seven years and access logs for one", () => {
      const kept = ({ lifecycle }: BucketReading): unknown => lifecycle.find(({ Expiration }) => Expiration?.Days);
      expect(kept(bucket)).toMatchObject({ ID: "expire-logs", Status: "Enabled", Expiration: { Days: SEVEN_YEARS } });
      expect(kept(accessLogBucket)).toMatchObject({
        ID: "expire-access-logs",
        Status: "Enabled",
        Expiration: { Days: 365 },
      });
    });

    test("sends the access logs of the log bucket to the other one, and those of that one nowhere", () => {
      expect(bucket.logging).toEqual({ TargetBucket: ACCESS_LOG_BUCKET, TargetPrefix: `${NAMES.logBucket}/` });
      expect(accessLogBucket.logging).toBeUndefined();
    });

    test("lets S3 alone write access logs, of the log bucket and of this account, and refuses everybody else", () => {
      const arn = `arn:aws:s3:::${ACCESS_LOG_BUCKET}`;
      const [allowed, ...refused] = accessLogBucket.policy;
      expect(allowed).toEqual({
        Sid: "S3ServerAccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/${NAMES.logBucket}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": BUCKET_ARN },
          StringEquals: { "aws:SourceAccount": ACCOUNT_ID },
        },
      });
      expect(refused.map(({ Sid, Effect, Resource }) => ({ Sid, Effect, Resource }))).toEqual([
        { Sid: "DenyLogsByHand", Effect: "Deny", Resource: `${arn}/*` },
        { Sid: "DenyInsecureTransport", Effect: "Deny", Resource: [arn, `${arn}/*`] },
        { Sid: "DenyTlsBelow12", Effect: "Deny", Resource: [arn, `${arn}/*`] },
      ]);
      // A refusal without a condition would refuse S3 too.
      expect(refused.filter(({ Condition }) => Condition === undefined)).toEqual([]);
    });

    test("keeps events in the log group for a year, encrypted with the key", () => {
      expect(logGroups).toEqual([{ name: LOG_GROUP, retentionInDays: 365, keyArn: key.arn, tags: TAGS }]);
    });

    test("has a role that CloudTrail assumes and that can write the streams of this account and region alone", () => {
      expect(role).toEqual({
        arn: `arn:aws:iam::${ACCOUNT_ID}:role/${ROLE}`,
        trust: [{ Sid: "AllowCloudTrail", Effect: "Allow", Principal: CLOUDTRAIL, Action: "sts:AssumeRole" }],
        policies: {
          "deliver-events": [
            {
              Sid: "DeliverEvents",
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: [`${LOG_GROUP_ARN}:log-stream:${ACCOUNT_ID}_CloudTrail_${REGION}*`],
            },
          ],
        },
      });
    });

    test("has an alarm and a filter of its name for each control, which tell the topic and its subscriber", async () => {
      type Filters = {
        readonly metricFilters: readonly { filterName: string; metricTransformations: [{ metricName: string }] }[];
      };
      const { metricFilters } = await account.call<Filters>("logs", "Logs_20140328.DescribeMetricFilters");
      const names = metricFilters.map(({ filterName }) => filterName);
      expect(metricFilters.map(({ metricTransformations }) => metricTransformations[0].metricName)).toEqual(names);
      // The fifteen of CIS, six on the trail itself, and the two rates.
      expect(names).toHaveLength(23);
      const topic = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${NAMES.trail}-alarms`;
      const alarms = await account.alarms();
      expect(alarms.map(({ name }) => name)).toEqual(
        [...names, `${NAMES.trail}-no_delivery`, `${NAMES.trail}-no_events`].sort(),
      );
      expect(new Set(alarms.flatMap(({ actions }) => actions))).toEqual(new Set([topic]));
      expect(await account.subscribers(topic)).toEqual([{ protocol: "email", endpoint: "security@example.com" }]);
    });

    test("has nothing to change", async () => {
      expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
    });
  });

  test("has nothing to change either where AWS writes lists of one in its policies as that one, as S3 does", async () => {
    const inOtherWords = (policy: readonly PolicyStatement[]): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: policy.map(withoutListsOfOne) });
    const key = (await account.keys()).find(({ aliases }) => aliases.includes(`alias/${NAMES.trail}`));
    const policy = { KeyId: key?.id, PolicyName: "default", Policy: inOtherWords(key?.policy ?? []) };
    expect(policy.Policy).toContain(`"aws:SourceArn":"${TRAIL_ARN}"`);
    await account.call("kms", "TrentService.PutKeyPolicy", policy);
    for (const Bucket of [NAMES.logBucket, ACCESS_LOG_BUCKET]) {
      const { policy: statements } = await account.readBucket(Bucket);
      await account.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: inOtherWords(statements) }));
    }
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("is not destroyed while prevent_destroy holds: buckets and key refuse it, and nothing is gone", async () => {
    const { code, stderr } = await deployment.terraform("destroy", "-auto-approve", "-input=false", "-no-color");
    expect(code).toBe(1);
    const refusing = [...stderr.matchAll(/Resource (\S+) has\s+lifecycle\.prevent_destroy/g)].map(([, each]) => each);
    expect(refusing.sort()).toEqual([
      "aws_kms_key.encryption_key",
      "aws_s3_bucket.access_log_bucket",
      "aws_s3_bucket.log_bucket",
    ]);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("can be destroyed where that is chosen, access logs included, and moves logs where that is chosen", async () => {
    writeCisConfiguration(deployment, {
      ...CAN_BE_DESTROYED,
      log_bucket: { retention_days: SEVEN_YEARS, transitions: MOVES, access_logs: { force_destroy: true } },
    });
    await deployment.apply();
    const { lifecycle, minimumObjectSize } = await account.readBucket(NAMES.logBucket);
    // The provider sends them as a set.
    expect(new Set(lifecycle.find(({ ID }) => ID === "move-logs")?.Transitions)).toEqual(
      new Set([
        { Days: 90, StorageClass: "GLACIER_IR" },
        { Days: 365, StorageClass: "DEEP_ARCHIVE" },
      ]),
    );
    // Most log files are small: by default, none of them would move.
    expect(minimumObjectSize).toBe("varies_by_storage_class");
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("gives up access logs: their bucket is gone, and nothing sends any", async () => {
    writeCisConfiguration(deployment, WITHOUT_ACCESS_LOGS);
    await deployment.apply();
    expect(await inState()).toEqual([...ADDRESSES.always, ...ADDRESSES.encryption, ...ADDRESSES.cloudWatchLogs].sort());
    expect(await account.buckets()).toEqual([NAMES.logBucket, STATE.bucket].sort());
    expect((await account.readBucket(NAMES.logBucket)).logging).toBeUndefined();
    expect(JSON.stringify(await account.readTrail(NAMES.trail))).not.toContain(ACCESS_LOG_BUCKET);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("gives up CloudWatch Logs: group and role are gone, and neither trail nor key knows of them", async () => {
    writeCisConfiguration(deployment, WITHOUT_CLOUDWATCH_LOGS);
    await deployment.apply();
    expect(await inState()).toEqual([...ADDRESSES.always, ...ADDRESSES.encryption].sort());
    expect(await account.logGroups()).toEqual([]);
    expect(await account.roles()).toEqual([]);
    expect(await alarmsInState()).toBe(0);
    expect(await account.alarms()).toEqual([]);
    const [key] = await account.keys();
    expect(key?.policy.map(({ Sid }) => Sid)).not.toContain("AllowCloudWatchLogs");
    const { trail, logging } = await account.readTrail(NAMES.trail);
    expect(trail.CloudWatchLogsLogGroupArn ?? "").toBe("");
    expect(trail.CloudWatchLogsRoleArn ?? "").toBe("");
    expect(logging).toBe(true);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("gives up the key: it waits for its deletion, and S3 encrypts with its own", async () => {
    writeCisConfiguration(deployment, WITHOUT_ENCRYPTION);
    await deployment.apply();
    expect(await inState()).toEqual(ADDRESSES.always);
    // That of the topics waits since the alarms are gone.
    expect((await account.allKeys()).map(({ state, aliases }) => ({ state, aliases }))).toEqual([
      { state: "PendingDeletion", aliases: [] },
      { state: "PendingDeletion", aliases: [] },
    ]);
    expect((await account.readBucket(NAMES.logBucket)).encryption).toEqual([{ algorithm: "AES256", bucketKey: false }]);
    const { trail, logging } = await account.readTrail(NAMES.trail);
    expect(trail.KmsKeyId ?? "").toBe("");
    expect(logging).toBe(true);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("is made again with every part, and destroyed: the API says that all is gone", async () => {
    writeCisConfiguration(deployment, {
      ...CAN_BE_DESTROYED,
      log_bucket: { retention_days: SEVEN_YEARS, transitions: MOVES, access_logs: { force_destroy: true } },
    });
    await deployment.apply();
    expect(await inState()).toEqual(Object.values(ADDRESSES).flat().sort());
    expect(await alarmsInState()).toBeGreaterThan(50);
    await deployment.destroy();
    expect(await account.alarms()).toEqual([]);
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([STATE.bucket]);
    expect(await account.keys()).toEqual([]);
    expect(await account.logGroups()).toEqual([]);
    expect(await account.roles()).toEqual([]);
  });
});

function withoutListsOfOne(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 1 ? withoutListsOfOne(value[0]) : value.map(withoutListsOfOne);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutListsOfOne(item)]))
    : value;
}

import { PutEventSelectorsCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import {
  DeleteBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { Account, type BucketReading, type TrailReading } from "./support/account";
import { writeDefaultConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, LOCK_KEY, NAMES, REGION, STATE } from "./support/names";

const BUCKET_ARN = `arn:aws:s3:::${NAMES.logBucket}`;
const TRAIL_ARN = `arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/${NAMES.trail}`;

/** What the trail records by default, as CloudTrail is told. */
const SELECTORS = [
  { Name: "Management events selector", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
  {
    Name: "S3 data events of all objects but the logs",
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.ARN", NotStartsWith: [`${BUCKET_ARN}/AWSLogs/`] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
    ],
  },
  {
    Name: "S3 data events of the log bucket but the delivery of logs",
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "eventName", NotEquals: ["PutObject"] },
      { Field: "resources.ARN", StartsWith: [`${BUCKET_ARN}/`] },
      { Field: "resources.type", Equals: ["AWS::S3::Object"] },
    ],
  },
  {
    Name: "Lambda data events of all functions",
    FieldSelectors: [
      { Field: "eventCategory", Equals: ["Data"] },
      { Field: "resources.type", Equals: ["AWS::Lambda::Function"] },
    ],
  },
];

const CLOSED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** What Terraform writes into the lock file. */
interface Lock {
  readonly ID: string;
  readonly Who: string;
}

// One life of one deployment, told in order: each test goes on where the one before ended.
describe("the default configuration", () => {
  let emulator: Emulator;
  let account: Account;
  let deployment: Deployment;
  /** Somebody else, who deploys the same from another folder. */
  let colleague: Deployment;

  beforeAll(async () => {
    emulator = await Emulator.start("audit-trail");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    deployment = new Deployment("deployer", emulator.environment(REGION));
    colleague = new Deployment("colleague", emulator.environment(REGION));
    writeDefaultConfiguration(deployment);
    writeDefaultConfiguration(colleague);
    await Promise.all([deployment.init(), colleague.init()]);
    await deployment.apply();
  });

  afterAll(async () => {
    deployment.remove();
    colleague.remove();
    account.close();
    await emulator.stop();
  });

  const lock = async (): Promise<Lock> => JSON.parse(await account.readObject(STATE.bucket, LOCK_KEY)) as Lock;

  describe("once applied", () => {
    let trail: TrailReading;
    let bucket: BucketReading;

    beforeAll(async () => {
      trail = await account.readTrail(NAMES.trail);
      bucket = await account.readBucket(NAMES.logBucket);
    });

    test("has one trail, of all regions and the global services, with validated log files", () => {
      expect(trail.trail).toMatchObject({
        Name: NAMES.trail,
        TrailARN: TRAIL_ARN,
        HomeRegion: REGION,
        S3BucketName: NAMES.logBucket,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        IsOrganizationTrail: false,
      });
    });

    test("records", () => {
      expect(trail.logging).toBe(true);
    });

    test("records what CloudTrail is told, to the letter", () => {
      expect(trail.selectors).toEqual(SELECTORS);
      expect(trail.insights).toEqual([]);
    });

    test("names its owner on trail and bucket", () => {
      expect(trail.tags).toEqual({ Own: "Example Owner" });
      expect(bucket.tags).toEqual({ Own: "Example Owner" });
    });

    test("keeps every version of a log, encrypted", () => {
      expect(bucket.versioning).toBe("Enabled");
      expect(bucket.encryption).toEqual([{ algorithm: "AES256", bucketKey: false }]);
    });

    test("closes the bucket to the public and to ACLs", () => {
      expect(bucket.publicAccessBlock).toEqual(CLOSED);
      expect(bucket.ownership).toEqual(["BucketOwnerEnforced"]);
    });

    test("deletes no log, only what is left of interrupted uploads", () => {
      expect(bucket.lifecycle).toEqual([
        expect.objectContaining({
          ID: "abort-incomplete-uploads",
          Status: "Enabled",
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        }),
      ]);
      expect(bucket.lifecycle[0]).not.toHaveProperty("Expiration");
    });

    test("lets the trail alone write logs", () => {
      const allowed = bucket.policy.filter(({ Effect }) => Effect === "Allow");
      const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
      expect(allowed).toEqual([
        {
          Sid: "AWSCloudTrailAclCheck20150319",
          Effect: "Allow",
          Principal: cloudTrail,
          Action: "s3:GetBucketAcl",
          Resource: BUCKET_ARN,
          Condition: { StringEquals: { "aws:SourceArn": [TRAIL_ARN] } },
        },
        {
          Sid: "AWSCloudTrailWrite20150319",
          Effect: "Allow",
          Principal: cloudTrail,
          Action: "s3:PutObject",
          Resource: [`${BUCKET_ARN}/AWSLogs/${ACCOUNT_ID}/*`],
          Condition: {
            StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": [TRAIL_ARN] },
          },
        },
      ]);
    });

    test("refuses everybody logs that are written by hand, and to come without TLS 1.2", () => {
      const refused = bucket.policy.filter(({ Effect }) => Effect === "Deny");
      const everything = [BUCKET_ARN, `${BUCKET_ARN}/*`];
      expect(refused.map(({ Sid, Principal, Resource }) => ({ Sid, Principal, Resource }))).toEqual([
        { Sid: "DenyLogsByHand", Principal: { AWS: "*" }, Resource: `${BUCKET_ARN}/AWSLogs/*` },
        { Sid: "DenyInsecureTransport", Principal: { AWS: "*" }, Resource: everything },
        { Sid: "DenyTlsBelow12", Principal: { AWS: "*" }, Resource: everything },
      ]);
      // A refusal without a condition would refuse CloudTrail too.
      expect(refused.filter(({ Condition }) => Condition === undefined)).toEqual([]);
    });

    test("has nothing beside: no other trail and no other bucket", async () => {
      expect(await account.trails()).toHaveLength(1);
      expect(await account.buckets()).toEqual([NAMES.logBucket, STATE.bucket].sort());
    });

    test("keeps its state in the bucket, and no lock", async () => {
      const [newest] = await account.readVersions(STATE.bucket, STATE.key);
      expect(newest).toContain(TRAIL_ARN);
      await expect(account.readObject(STATE.bucket, LOCK_KEY)).rejects.toThrow("key does not exist");
    });

    test("has nothing to change, seen from any folder", async () => {
      expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
      expect(await colleague.changes()).toEqual({ any: false, addresses: [] });
    });
  });

  test("shows what was changed behind Terraform's back", async () => {
    const { cloudTrail, s3 } = account;
    const Bucket = NAMES.logBucket;
    await cloudTrail.send(
      new PutEventSelectorsCommand({ TrailName: NAMES.trail, AdvancedEventSelectors: SELECTORS.slice(0, 1) }),
    );
    expect(await deployment.changes()).toEqual({ any: true, addresses: ["aws_cloudtrail.trail"] });

    await cloudTrail.send(new StopLoggingCommand({ Name: NAMES.trail }));
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { ...CLOSED, BlockPublicPolicy: false },
      }),
    );
    expect(await deployment.changes()).toEqual({
      any: true,
      addresses: [
        "aws_cloudtrail.trail",
        "aws_s3_bucket_policy.log_bucket",
        "aws_s3_bucket_public_access_block.log_bucket",
        "aws_s3_bucket_versioning.log_bucket",
      ],
    });
  });

  test("is not applied twice at once: the second is refused by the lock of the first", async () => {
    const first = await deployment.propose();
    const { ID } = await lock();
    const second = await colleague.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    expect(second.code).toBe(1);
    expect(second.stderr).toContain("Error acquiring the state lock");
    expect(second.stderr).toContain(ID);
    expect((await account.readTrail(NAMES.trail)).logging).toBe(false);
    await first.approve();
  });

  test("is mended by an apply", async () => {
    const { selectors, logging } = await account.readTrail(NAMES.trail);
    expect(selectors).toEqual(SELECTORS);
    expect(logging).toBe(true);
    const { versioning, publicAccessBlock, policy } = await account.readBucket(NAMES.logBucket);
    expect(versioning).toBe("Enabled");
    expect(publicAccessBlock).toEqual(CLOSED);
    expect(policy).toHaveLength(5);
    expect(await colleague.changes()).toEqual({ any: false, addresses: [] });
  });

  test("names the lock that an apply left behind which was killed, until that is removed", async () => {
    writeDefaultConfiguration(deployment, {
      insights: {},
      logBucket: { retentionDays: 2557, forceDestroy: true },
    });
    const killed = await deployment.propose();
    const { ID, Who } = await lock();
    await killed.kill();

    const refused = await colleague.terraform("plan", "-input=false", "-no-color");
    expect(refused.code).toBe(1);
    for (const named of ["Error acquiring the state lock", ID, Who, `${STATE.bucket}/${STATE.key}`]) {
      expect(refused.stderr).toContain(named);
    }

    await deployment.succeed("force-unlock", "-force", ID);
    expect(await colleague.changes()).toEqual({ any: false, addresses: [] });
  });

  test("takes on options that are chosen later", async () => {
    await deployment.apply();
    const { insights, selectors } = await account.readTrail(NAMES.trail);
    expect(insights).toEqual(["ApiCallRateInsight", "ApiErrorRateInsight"]);
    expect(selectors).toEqual(SELECTORS);
    const { lifecycle } = await account.readBucket(NAMES.logBucket);
    expect(lifecycle.map(({ ID }) => ID).sort()).toEqual([
      "abort-incomplete-uploads",
      "expire-logs",
      "remove-delete-markers",
    ]);
    expect(lifecycle.find(({ ID }) => ID === "expire-logs")).toMatchObject({
      Expiration: { Days: 2557 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    });
    expect(lifecycle.find(({ ID }) => ID === "remove-delete-markers")).toMatchObject({
      Expiration: { ExpiredObjectDeleteMarker: true },
    });
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("gives up options that are chosen no more", async () => {
    writeDefaultConfiguration(deployment, {
      insights: { apiCallRate: false },
      managementEvents: { excludeEventSources: ["kms.amazonaws.com"] },
      lambdaDataEvents: null,
      logBucket: { retentionDays: 2557, forceDestroy: true },
    });
    await deployment.apply();
    const { insights, selectors } = await account.readTrail(NAMES.trail);
    expect(insights).toEqual(["ApiErrorRateInsight"]);
    expect(selectors).toEqual([
      {
        Name: "Management events selector",
        FieldSelectors: [
          { Field: "eventCategory", Equals: ["Management"] },
          { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] },
        ],
      },
      ...SELECTORS.slice(1, 3),
    ]);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("gives up data events and Insights altogether", async () => {
    writeDefaultConfiguration(deployment, {
      s3DataEvents: null,
      lambdaDataEvents: null,
      logBucket: { retentionDays: 2557, forceDestroy: true },
    });
    await deployment.apply();
    const { insights, selectors } = await account.readTrail(NAMES.trail);
    expect(insights).toEqual([]);
    expect(selectors).toEqual(SELECTORS.slice(0, 1));
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("is destroyed with the logs, where that was chosen: the API says that all is gone", async () => {
    const log = { Bucket: NAMES.logBucket, Key: `AWSLogs/${ACCOUNT_ID}/CloudTrail/${REGION}/log.json.gz` };
    await account.s3.send(new PutObjectCommand({ ...log, Body: "one version" }));
    await account.s3.send(new PutObjectCommand({ ...log, Body: "another version" }));
    await deployment.destroy();
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([STATE.bucket]);
  });

  test("leaves versions of the state behind, none of which holds a credential", async () => {
    const versions = await account.readVersions(STATE.bucket, STATE.key);
    expect(JSON.parse(versions[0] as string)).toMatchObject({ resources: [], outputs: {} });
    expect(versions.filter((version) => version.includes(TRAIL_ARN)).length).toBeGreaterThan(1);
    const { accessKeyId, secretAccessKey } = emulator.credentials;
    for (const version of versions) {
      expect(version).not.toContain(accessKeyId);
      expect(version).not.toContain(secretAccessKey);
    }
  });
});

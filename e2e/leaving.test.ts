import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Account, type BucketReading } from "./support/account";
import { writeDefaultConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { NAMES, REGION, STATE } from "./support/names";

const README = readFileSync(join(__dirname, "../README.md"), "utf8");

/** What the page has people type who leave and keep the logs, in the folder of the stack. */
const FORGET = (
  /^ +(terraform -chdir=(?:.*\\\n)*.*)$/m.exec(README.split("**Leave, and keep the logs**")[1] ?? "") ?? []
)
  .slice(1)
  .map((command) => command.replace(/-chdir=\S+ /, ""));

/** A trail with all that its logs may have around them. */
const WITH_ALL = { encryption: {}, logBucket: { accessLogs: {}, eventNotifications: true } };

const ACCESS_LOG_BUCKET = `${NAMES.logBucket}-access`;

const DESTROY = ["destroy", "-auto-approve", "-input=false", "-no-color"];

// One life of one deployment, told in order: each test goes on where the one before ended.
describe("a trail with logs, destroyed", () => {
  let emulator: Emulator;
  let account: Account;
  let deployment: Deployment;
  let buckets: readonly BucketReading[];

  const readBuckets = (): Promise<readonly BucketReading[]> =>
    Promise.all([NAMES.logBucket, ACCESS_LOG_BUCKET].map((name) => account.readBucket(name)));

  beforeAll(async () => {
    emulator = await Emulator.start("leaving");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    deployment = new Deployment("deployer", emulator.environment(REGION));
    writeDefaultConfiguration(deployment, WITH_ALL, { prevent_destroy: true });
    await deployment.init();
    await deployment.apply();
    for (const bucket of [NAMES.logBucket, ACCESS_LOG_BUCKET]) {
      await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "AWSLogs/log.json.gz", Body: "a log" }));
    }
    buckets = await readBuckets();
  });

  afterAll(async () => {
    deployment.remove();
    account.close();
    await emulator.stop();
  });

  test("is left whole with prevent_destroy, also where the bucket gets another name", async () => {
    const refused = { code: 1, stderr: expect.stringContaining("Instance cannot be destroyed") };
    expect(await deployment.terraform(...DESTROY)).toMatchObject(refused);
    const renamed = { ...WITH_ALL, logBucket: { ...WITH_ALL.logBucket, name: "another-log-bucket" } };
    writeDefaultConfiguration(deployment, renamed, { prevent_destroy: true });
    expect(await deployment.terraform("apply", "-auto-approve", "-no-color")).toMatchObject(refused);
    expect(await account.trails()).toHaveLength(1);
    expect(await readBuckets()).toEqual(buckets);
  });

  test("leaves buckets, key and all that protects them where Terraform forgot them first, as the README says", async () => {
    expect(FORGET).toHaveLength(1);
    await deployment.shell(FORGET);
    expect(await deployment.succeed("state", "list")).toBe("aws_cloudtrail.trail\n");
    await deployment.destroy();
    expect(await account.trails()).toEqual([]);
    expect(await readBuckets()).toEqual(buckets);
    expect(await account.keys()).toHaveLength(1);
  });
});

describe("a trail with logs, destroyed by somebody who thinks that S3 protects them", () => {
  test("loses all that protects them, before S3 refuses to delete the bucket", async () => {
    const emulator = await Emulator.start("destroyed");
    const account = new Account(emulator, REGION);
    const deployment = new Deployment("deployer", emulator.environment(REGION));
    try {
      await account.makeVersionedBucket(STATE.bucket);
      writeDefaultConfiguration(deployment);
      await deployment.init();
      await deployment.apply();
      await account.s3.send(
        new PutObjectCommand({ Bucket: NAMES.logBucket, Key: "AWSLogs/log.json.gz", Body: "a log" }),
      );
      const destroyed = await deployment.terraform(...DESTROY);
      expect(destroyed).toMatchObject({ code: 1, stderr: expect.stringContaining("BucketNotEmpty") });
      expect(await deployment.succeed("state", "list")).toBe("aws_s3_bucket.log_bucket\n");
      expect(await account.readObject(NAMES.logBucket, "AWSLogs/log.json.gz")).toBe("a log");
      await expect(account.readBucket(NAMES.logBucket)).rejects.toMatchObject({
        name: "ServerSideEncryptionConfigurationNotFoundError",
      });
    } finally {
      deployment.remove();
      account.close();
      await emulator.stop();
    }
  });
});

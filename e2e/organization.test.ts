import { Account } from "./support/account";
import { writeDefaultConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, NAMES, REGION, STATE } from "./support/names";

describe("the trail of an organization", () => {
  let emulator: Emulator;
  let account: Account;
  let deployment: Deployment;
  let organizationId: string;

  beforeAll(async () => {
    emulator = await Emulator.start("organization");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    organizationId = await account.makeOrganization();
    deployment = new Deployment("management", emulator.environment(REGION));
    writeDefaultConfiguration(deployment, { organization: { id: organizationId, managementAccountId: ACCOUNT_ID } });
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    deployment.remove();
    account.close();
    await emulator.stop();
  });

  test("records all accounts and all regions", async () => {
    const { trail, logging } = await account.readTrail(NAMES.trail);
    expect(trail).toMatchObject({
      IsOrganizationTrail: true,
      IsMultiRegionTrail: true,
      LogFileValidationEnabled: true,
    });
    expect(logging).toBe(true);
  });

  test("may deliver the logs of the organization and of the management account, and nothing else", async () => {
    const { policy } = await account.readBucket(NAMES.logBucket);
    const condition = {
      StringEquals: {
        "s3:x-amz-acl": "bucket-owner-full-control",
        "aws:SourceArn": [`arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/${NAMES.trail}`],
      },
    };
    expect(policy.filter(({ Effect, Action }) => Effect === "Allow" && Action === "s3:PutObject")).toEqual([
      expect.objectContaining({
        Sid: "AWSCloudTrailWrite20150319",
        Resource: [`arn:aws:s3:::${NAMES.logBucket}/AWSLogs/${ACCOUNT_ID}/*`],
        Condition: condition,
      }),
      expect.objectContaining({
        Sid: "AWSCloudTrailOrganizationWrite20150319",
        Resource: `arn:aws:s3:::${NAMES.logBucket}/AWSLogs/${organizationId}/*`,
        Condition: condition,
      }),
    ]);
  });

  test("has nothing to change", async () => {
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("is destroyed: the API says that all is gone", async () => {
    await deployment.destroy();
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([STATE.bucket]);
  });
});

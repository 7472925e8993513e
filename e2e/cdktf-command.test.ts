import { Account } from "./support/account";
import { CdktfProject } from "./support/cdktf-project";
import { STACK } from "./support/default-configuration";
import { Emulator } from "./support/emulator";
import { NAMES, REGION, STATE } from "./support/names";

describe("the cdktf command, without a terminal, on the project as it is committed", () => {
  let emulator: Emulator;
  let account: Account;
  let project: CdktfProject;

  beforeAll(async () => {
    emulator = await Emulator.start("cdktf-command");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    project = new CdktfProject(emulator.environment(REGION));
  });

  afterAll(async () => {
    project.remove();
    account.close();
    await emulator.stop();
  });

  test("synthesizes and lists the stack", async () => {
    expect(await project.cdktf("synth")).toMatchObject({ code: 0 });
    const { code, stdout } = await project.cdktf("list");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${STACK}\\s+cdktf.out/stacks/${STACK}`));
  });

  test("shows what would be made", async () => {
    const { code, stdout } = await project.cdktf("diff", STACK);
    expect(code).toBe(0);
    expect(stdout).toContain("aws_cloudtrail.trail");
    expect(await account.trails()).toEqual([]);
  });

  test("deploys, and then has nothing to change", async () => {
    expect(await project.cdktf("deploy", STACK, "--auto-approve")).toMatchObject({ code: 0 });
    const { trail, logging } = await account.readTrail(NAMES.trail);
    expect(trail).toMatchObject({ LogFileValidationEnabled: true, S3BucketName: NAMES.logBucket });
    expect(logging).toBe(true);
    const { code, stdout } = await project.cdktf("diff", STACK);
    expect(code).toBe(0);
    expect(stdout).toContain("No changes");
  });

  test("destroys", async () => {
    expect(await project.cdktf("destroy", STACK, "--auto-approve")).toMatchObject({ code: 0 });
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([STATE.bucket]);
  });
});

import { Account } from "./support/account";
import { Bootstrapping } from "./support/bootstrapping";
import { writeConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION, STATE } from "./support/names";
import type { EndedProcess } from "./support/processes";

const BUCKET = "acme-terraform-state";
const KEY = "audit-trail/state-bucket/terraform.tfstate";
const LOGS = "logs-that-are-there-already";

const CONFIGURATION = `state:
  s3: { bucket: ${BUCKET}, region: ${REGION} }
trails:
  prod: { account_id: "${ACCOUNT_ID}", account_name: prod, region: ${REGION}, owner: Me }
`;

const BOOTSTRAP = ["state", "bootstrap", "--yes", "--account-id", ACCOUNT_ID];

// A disk that is full is a limit for the size of every file here: what goes beyond it cannot be written.
describe("where the disk is full", () => {
  let emulator: Emulator;
  let account: Account;
  let person: Bootstrapping;

  beforeAll(async () => {
    emulator = await Emulator.start("full-disk");
    account = new Account(emulator, REGION);
    person = new Bootstrapping(emulator.environment(REGION), CONFIGURATION);
    // Its bundle is written while there is room.
    await person.command("--version");
  });

  afterAll(async () => {
    person.remove();
    account.close();
    await emulator.stop();
  });

  /** Not one that is half. */
  const expectNothingWritten = ({ code, stderr }: EndedProcess, files: readonly string[]): void => {
    expect(code).toBe(2);
    expect(stderr).toMatch(/file too large|EFBIG/);
    expect(stderr).not.toContain("    at ");
    expect(person.files()).toEqual(files);
  };

  test("synth and init write nothing, and say so", async () => {
    const before = person.files();
    expectNothingWritten(await person.commandOnFullDisk(1, "synth"), before);
    expectNothingWritten(await person.commandOnFullDisk(1, "init", "other.yaml", "--profile", "cis"), before);
  });

  test("bootstrapping makes nothing where its first file cannot be written", async () => {
    const { code, stderr } = await person.commandOnFullDisk(4, ...BOOTSTRAP);
    expect(code).toBe(1);
    expect(stderr).toContain("file too large, write");
    expect(stderr).toContain("Nothing is lost.");
    expect(person.read("cdk.tf.json")).toBeUndefined();
    expect(await account.buckets()).toEqual([]);
  });

  test("bootstrapping has made the bucket where its state cannot be written, says so, and goes on when there is room", async () => {
    const failed = await person.commandOnFullDisk(14, ...BOOTSTRAP);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("terraform apply failed");
    expect(failed.stderr).toContain("The bucket may be made, in part.");
    expect(await account.buckets()).toEqual([BUCKET]);
    const { code, stdout, stderr } = await person.command(...BOOTSTRAP);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("going on: half a state was written");
    expect(stdout).toContain("going on: the bucket was made, and not yet written down in the state");
    const { resources } = JSON.parse(await account.readObject(BUCKET, KEY)) as {
      readonly resources: readonly object[];
    };
    expect(resources).toHaveLength(7);
    expect(await account.buckets()).toEqual([BUCKET]);
    // What is left tells Terraform where the state is.
    expect(person.files().filter((file) => file.includes("tfstate"))).toEqual([
      ".audit-trail/state-bucket/.terraform/terraform.tfstate",
    ]);
  });

  describe("of whoever deploys", () => {
    let deployment: Deployment;

    const configure = (state: string, tag: string): void =>
      writeConfiguration(
        deployment,
        `state: { ${state} }
trails:
  prod:
    account_id: "${ACCOUNT_ID}"
    account_name: prod
    region: ${REGION}
    owner: Me
    tags: { Change: ${tag} }
    log_bucket: { existing_bucket: { name: ${LOGS} } }
`,
        "prod",
      );

    beforeAll(async () => {
      await account.makeVersionedBucket(LOGS);
      await account.makeVersionedBucket(STATE.bucket);
      deployment = new Deployment("deployer", emulator.environment(REGION));
    });

    afterAll(() => {
      deployment.remove();
    });

    test("a state in S3 is written all the same", async () => {
      configure(`s3: { bucket: ${STATE.bucket}, region: ${REGION} }`, "first");
      await deployment.init();
      const { code } = await deployment.onFullDisk("apply", "-auto-approve", "-input=false", "-no-color");
      expect(code).toBe(0);
      expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
      expect(await account.readObject(STATE.bucket, "audit-trail/prod/terraform.tfstate")).toContain('"first"');
    });

    test("a state in a file is printed, whole, and is pushed from there", async () => {
      await deployment.destroy();
      configure("local: { path: prod.tfstate }", "second");
      await deployment.succeed("init", "-reconfigure", "-input=false", "-no-color");
      const { code, stderr } = await deployment.onFullDisk("apply", "-auto-approve", "-input=false", "-no-color");
      expect(code).toBe(1);
      expect(stderr).toContain("Failed to persist state to backend");
      const printed = stderr.slice(stderr.indexOf("{\n"), stderr.indexOf("\n}\n") + 3);
      deployment.write({ "errored.tfstate": printed, "prod.tfstate": "" });
      await deployment.succeed("state", "push", "errored.tfstate");
      expect(deployment.read("prod.tfstate")).toContain('"second"');
      // The outputs come only with the next apply.
      expect((await deployment.changes()).addresses).toEqual([]);
    });
  });
});

import { AuditTrail } from "../src/audit-trail/audit-trail";
import { profiles } from "../src/audit-trail/profiles";
import { terraformFiles } from "../src/generator";
import { Account } from "./support/account";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, NAMES, REGION } from "./support/names";

/** What calls the module once something else is there, which changes now and then. */
function caller(dependency: string): Readonly<Record<string, string>> {
  const { log_bucket: logBucket, ...chosen } = profiles.cis.inputs;
  const call = {
    source: "./module",
    account_id: ACCOUNT_ID,
    account_name: "example",
    region: REGION,
    owner: "Example Owner",
    ...chosen,
    log_bucket: { ...logBucket, access_logs: { force_destroy: true } },
    depends_on: ["terraform_data.dependency"],
  };
  const configuration = {
    provider: { aws: [{ region: REGION }] },
    resource: { terraform_data: { dependency: { input: dependency } } },
    module: { audit_trail: call },
  };
  return { "main.tf.json": JSON.stringify(configuration) };
}

// One life of one deployment, told in order: each test goes on where the one before ended.
describe("the module in the profile cis, called with depends_on", () => {
  let emulator: Emulator;
  let account: Account;
  let deployment: Deployment;

  beforeAll(async () => {
    emulator = await Emulator.start("module");
    account = new Account(emulator, REGION);
    deployment = new Deployment("caller", emulator.environment(REGION));
    deployment.write(new Map([...terraformFiles(AuditTrail)].map(([path, content]) => [`module/${path}`, content])));
    deployment.write(caller("first"));
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    deployment.remove();
    account.close();
    await emulator.stop();
  });

  test("has nothing to change once applied", async () => {
    expect((await account.readTrail(NAMES.trail)).logging).toBe(true);
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("does not change with what it depends on: only whose credentials they are is asked again", async () => {
    deployment.write(caller("second"));
    expect((await deployment.changes()).addresses).toEqual([
      "module.audit_trail.module.trail.data.aws_caller_identity.current",
      "terraform_data.dependency",
    ]);
    await deployment.apply();
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("is destroyed: the API says that all is gone", async () => {
    await deployment.destroy();
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([]);
    expect(await account.keys()).toEqual([]);
    expect(await account.logGroups()).toEqual([]);
    expect(await account.roles()).toEqual([]);
  });
});

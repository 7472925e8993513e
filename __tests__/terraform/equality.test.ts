import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { isCallExample } from "../../src/generator";
import { check } from "../../src/inputs";
import { auditTrailModule as published } from "../../src/published/terraform-aws-audit-trail";
import {
  dependenciesByInstance,
  differences,
  lifecyclesOfModule,
  lifecyclesOfStack,
  plannedByInstance,
  repeatedIn,
  withoutThoseOfTables,
} from "./support/equality";
import { ACCOUNT_ID, IdentityServer } from "./support/identity-server";
import { auditTrailModule, callerFiles, stackOf } from "./support/two-forms";
import { Workspace } from "./support/workspace";

const defaults: AuditTrailProps = {
  accountId: ACCOUNT_ID,
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

const examples: readonly AuditTrailProps[] = [
  defaults,
  { accountId: ACCOUNT_ID, name: "without-account-name", region: "eu-central-1", owner: "Example Owner" },
  ...published.examples
    .filter(isCallExample)
    .map(({ inputs }) => check(auditTrailDefinition, inputs).inputs as AuditTrailProps),
  { ...defaults, organization: { id: "o-exampleorgid", managementAccountId: ACCOUNT_ID } },
  { ...defaults, s3DataEvents: null, lambdaDataEvents: null, logBucket: { retentionDays: 2557, prefix: "audit/logs" } },
  { ...defaults, managementEvents: { readWriteType: "WriteOnly" }, insights: {}, tags: { Stage: "próduction" } },
];

describe("the two forms", () => {
  let server: IdentityServer;
  const stack = { workspace: undefined as unknown as Workspace };
  const caller = { workspace: undefined as unknown as Workspace };

  beforeAll(async () => {
    server = await IdentityServer.start();
    stack.workspace = new Workspace(server.environment);
    caller.workspace = new Workspace(server.environment);
    stack.workspace.write({ "cdk.tf.json": stackOf(examples) });
    caller.workspace.write(callerFiles(examples, auditTrailModule()));
    await Promise.all([stack.workspace.init(), caller.workspace.init()]);
  });

  afterAll(async () => {
    stack.workspace.remove();
    caller.workspace.remove();
    await server.stop();
  });

  test("plan the same resources with the same values", async () => {
    const [inline, called] = await Promise.all([stack.workspace.plan(), caller.workspace.plan()]);
    expect(Object.keys(plannedByInstance(inline))).toHaveLength(examples.length);
    expect(differences(plannedByInstance(called), plannedByInstance(inline))).toEqual([]);
  });

  test("make their resources in the same order", async () => {
    const repeated = repeatedIn(await caller.workspace.plan());
    const orderIn = async (workspace: Workspace) =>
      dependenciesByInstance(await workspace.succeed("graph"), plannedByInstance(await workspace.plan()), repeated);
    const [inline, called] = await Promise.all([orderIn(stack.workspace), orderIn(caller.workspace)]);
    expect(Object.keys(inline)).toHaveLength(examples.length);
    expect(differences(withoutThoseOfTables(called, inline), inline)).toEqual([]);
  });

  test("protect their resources in the same way", async () => {
    expect(await lifecyclesOfModule(auditTrailModule())).toEqual(lifecyclesOfStack(stackOf(examples), "c0"));
  });
});

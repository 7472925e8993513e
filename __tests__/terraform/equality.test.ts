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
import { ACCOUNT_ID } from "./support/identity-server";
import { auditTrailModule, auditTrails, bothForms, stackOf } from "./support/two-forms";
import type { Workspace } from "./support/workspace";
import { workspacesOfTests } from "./support/workspaces";

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
  const workspaces = workspacesOfTests();
  let stack: Workspace;
  let caller: Workspace;

  beforeAll(async () => {
    ({ stack, caller } = await bothForms(workspaces, auditTrails(examples)));
  });

  test("plan the same resources with the same values", async () => {
    const [inline, called] = await Promise.all([stack.plan(), caller.plan()]);
    expect(Object.keys(plannedByInstance(inline))).toHaveLength(examples.length);
    expect(differences(plannedByInstance(called), plannedByInstance(inline))).toEqual([]);
  });

  test("make their resources in the same order", async () => {
    const repeated = repeatedIn(await caller.plan());
    const orderIn = async (workspace: Workspace) =>
      dependenciesByInstance(await workspace.succeed("graph"), plannedByInstance(await workspace.plan()), repeated);
    const [inline, called] = await Promise.all([orderIn(stack), orderIn(caller)]);
    expect(Object.keys(inline)).toHaveLength(examples.length);
    expect(differences(withoutThoseOfTables(called, inline), inline)).toEqual([]);
  });

  test("protect their resources in the same way", async () => {
    expect(await lifecyclesOfModule(auditTrailModule())).toEqual(
      lifecyclesOfStack(stackOf(auditTrails(examples)), "c0"),
    );
  });
});

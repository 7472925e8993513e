import { StateBucket, type StateBucketProps } from "../../src/components/state-bucket/state-bucket";
import { terraformFiles } from "../../src/generator";
import { stateBucketModule } from "../../src/published/terraform-aws-state-bucket";
import { differences, lifecyclesOfModule, lifecyclesOfStack, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID } from "./support/identity-server";
import { expectSound } from "./support/sound-module";
import { bothForms, instancesOf, stackOf } from "./support/two-forms";
import { workspacesOfTests } from "./support/workspaces";

const REGION = "eu-central-1";
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const place = { accountId: ACCOUNT_ID, region: REGION };
const deployers = {
  "prod-eu": { roleArn: "arn:aws:iam::444455556666:role/Deployer" },
  test_1: { stateKey: "states/test" },
};

const buckets: readonly StateBucketProps[] = [
  { ...place, name: "states-by-default" },
  { ...place, name: "states.with.key", encryption: {}, deployers, oldVersionDays: 365, tags: { Own: "Example Owner" } },
  { ...place, name: "states-with-existing-key", encryption: { existingKey: { arn: KEY } }, deployers },
  { ...place, name: "states-with-alias", encryption: { alias: "alias/states", deletionWindowInDays: 7 } },
];

describe("the state bucket", () => {
  const workspaces = workspacesOfTests();

  test("plans the same in both forms", async () => {
    const { stack, caller } = await bothForms(workspaces, instancesOf(StateBucket, buckets));
    const [inline, called] = await Promise.all([stack.plan(), caller.plan()]);
    const planned = plannedByInstance(inline);
    const counts = Object.entries(planned).map(([instance, resources]) => [instance, Object.keys(resources).length]);
    expect(Object.fromEntries(counts)).toEqual({ c0: 7, c1: 9, c2: 7, c3: 9 });
    expect(differences(plannedByInstance(called), planned)).toEqual([]);
  });

  test("is protected from destruction in both forms alike", async () => {
    const structure = { preventDestroy: true };
    const module = terraformFiles(StateBucket, "hcl", structure);
    const lifecycles = await lifecyclesOfModule(module);
    expect(lifecycles).toEqual(lifecyclesOfStack(stackOf(instancesOf(StateBucket, buckets), structure), "c1"));
    expect(Object.keys(lifecycles).sort()).toEqual(["aws_kms_key.state_bucket", "aws_s3_bucket.state_bucket"]);
  });

  test("is published as a module that is well formed and valid, takes its examples and refuses what it must", () =>
    expectSound(workspaces, stateBucketModule));
});

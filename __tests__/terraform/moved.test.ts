import { rmSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { type Files, moduleAddresses, movesToModule, terraformFiles } from "../../src/generator";
import { placedAddresses } from "../../src/placement";
import { AFTER, BEFORE, type Release, released } from "../generator/support/renamed";
import { type PlannedResource, Workspace } from "./support/workspace";

const INPUTS = { label: "a", on: true };

/** The files of a folder in which Terraform deploys a release. */
type Form = (release: Release) => Files;

const asModule: Form = (release) =>
  new Map([
    ["main.tf.json", JSON.stringify({ module: { whole: { source: "./module", ...INPUTS } } })],
    ...[...terraformFiles(released(release))].map(([path, content]) => [`module/${path}`, content] as const),
  ]);

const inStack = (release: Release) => {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), "stack");
  return { stack, component: new (released(release))(stack, "audit", INPUTS) };
};

const asStack: Form = (release) => new Map([["cdk.tf.json", Testing.synth(inStack(release).stack)]]);

/** A planned resource of a state that has another address for it. */
interface Replanned extends PlannedResource {
  readonly previous_address?: string;
}

/** What a plan of a later release does to the resources of an earlier one: address before, address, actions. */
async function upgraded(form: Form, release: Release): Promise<readonly unknown[]> {
  return replanned(form(BEFORE), form(release));
}

/** What a plan of some files does to the resources that others made: address before, address, actions. */
async function replanned(before: Files, now: Files): Promise<readonly unknown[]> {
  const workspace = new Workspace();
  try {
    workspace.write(before);
    await workspace.init();
    await workspace.succeed("apply", "-auto-approve", "-input=false", "-no-color");
    for (const path of before.keys()) {
      rmSync(join(workspace.path, path));
    }
    workspace.write(now);
    await workspace.init();
    const { resource_changes: changes = [] } = await workspace.plan();
    return (changes as readonly Replanned[])
      .map(({ address, previous_address: before, change }) => [before ?? "nothing", address, ...change.actions])
      .sort();
  } finally {
    workspace.remove();
  }
}

describe("what Terraform makes of a release that renames what an earlier one made", () => {
  test("moves everything and replaces nothing, in a module", async () => {
    expect(await upgraded(asModule, AFTER)).toEqual([
      ["module.whole.module.first.terraform_data.old", "module.whole.module.second[0].terraform_data.new", "no-op"],
      ["module.whole.terraform_data.other", "module.whole.module.second[0].terraform_data.other", "no-op"],
    ]);
  });

  test("moves everything and replaces nothing, in a stack", async () => {
    expect(await upgraded(asStack, AFTER)).toEqual([
      ["nothing", "terraform_data.audit_other", "no-op"],
      ["terraform_data.audit_old", "terraform_data.audit_new", "no-op"],
    ]);
  });

  test("would be replaced without the list of moved addresses", async () => {
    const { moved: _, movedInNested: __, ...unlisted } = AFTER;
    expect(await upgraded(asModule, unlisted)).toEqual([
      ["nothing", "module.whole.module.first.terraform_data.old", "delete"],
      ["nothing", "module.whole.module.second[0].terraform_data.new", "create"],
      ["nothing", "module.whole.module.second[0].terraform_data.other", "create"],
      ["nothing", "module.whole.terraform_data.other", "delete"],
    ]);
  });
});

describe("what Terraform makes of a module in place of a stack", () => {
  test("moves everything by the moves that come of the constructs, also into what is counted", async () => {
    const moves = movesToModule(placedAddresses(inStack(AFTER).component), moduleAddresses(released(AFTER)), "whole");
    const moved = moves.map(({ from, entry }) => ({ from, to: entry }));
    const module = new Map([...asModule(AFTER), ["moved.tf.json", JSON.stringify({ moved })]]);
    expect(await replanned(asStack(AFTER), module)).toEqual([
      ["terraform_data.audit_new", "module.whole.module.second[0].terraform_data.new", "no-op"],
      ["terraform_data.audit_other", "module.whole.module.second[0].terraform_data.other", "no-op"],
    ]);
    expect(moves.map(({ to }) => to)).toEqual([
      "module.whole.module.second[0].terraform_data.new",
      "module.whole.module.second[0].terraform_data.other",
    ]);
  });
});

import { join } from "node:path";
import { isCallExample, type ModuleSource, moduleFiles, rejectedInputs } from "../../../src/generator";
import type { Workspaces } from "./workspaces";

/** That a published module is well formed and valid, with its examples, and takes and refuses what its tests say. */
export async function expectSound(workspaces: Workspaces, source: ModuleSource): Promise<void> {
  const { component, examples, accepted = [] } = source;
  const workspace = await workspaces.initializedWith(moduleFiles(source));
  await workspace.succeed("fmt", "-check", "-recursive");
  await workspace.validate();
  const runs = rejectedInputs(component.definition).length + examples.filter(isCallExample).length + accepted.length;
  expect(await workspace.succeed("test", "-no-color")).toContain(`${runs} passed, 0 failed.`);
  for (const { name } of examples) {
    await workspace.succeed(`-chdir=${join("examples", name)}`, "init", "-backend=false", "-input=false");
    await workspace.succeed(`-chdir=${join("examples", name)}`, "validate", "-no-color");
  }
}

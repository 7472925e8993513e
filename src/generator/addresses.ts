import { type AnyComponent, placedAddresses, type Structure } from "../placement";
import { type Draft, draftModule } from "./draft";
import type { Move } from "./root-module";

/** Where a resource stands in a module, and which constructs placed it. */
export interface ModuleAddress {
  /** The ids of the constructs that lead to it from the component of the module, through nested modules. */
  readonly path: string;
  /** Its address within the module: `module.log_bucket.aws_s3_bucket.log_bucket`. */
  readonly address: string;
}

/** The addresses of all resources of a component's module, also of those in the modules that it calls. */
export function moduleAddresses(type: AnyComponent, structure: Structure = {}): readonly ModuleAddress[] {
  return addressesOfDraft(draftModule(type, structure), structure).resources;
}

/**
 * The moves by which what was placed inline becomes that of a call of the module. Resources that only one of the two
 * has are left out.
 */
export function movesToModule(
  placed: readonly ModuleAddress[],
  ofModule: readonly ModuleAddress[],
  label: string,
): readonly Move[] {
  const addresses = new Map(ofModule.map(({ path, address }) => [path, address]));
  return placed.flatMap(({ path, address }) => {
    const target = addresses.get(path);
    return target === undefined ? [] : [{ from: address, to: `module.${label}.${target}` }];
  });
}

/** The addresses of all resources in the draft of a module, and those of the modules that it calls. */
export function addressesOfDraft(
  { component }: Draft,
  structure: Structure,
): { readonly resources: readonly ModuleAddress[]; readonly modules: readonly string[] } {
  const resources: ModuleAddress[] = [];
  const modules: string[] = [];
  for (const { path, address, calls } of placedAddresses(component)) {
    if (calls === undefined) {
      resources.push({ path, address });
      continue;
    }
    const nested = addressesOfDraft(draftModule(calls, structure), structure);
    resources.push(
      ...nested.resources.map((each) => ({ path: `${path}/${each.path}`, address: `${address}.${each.address}` })),
    );
    modules.push(address, ...nested.modules.map((each) => `${address}.${each}`));
  }
  return { resources, modules };
}

import type { Moved } from "../inputs";
import { type AnyComponent, type PlacedAddress, placedAddresses, type Structure } from "../placement";
import { type Draft, draftModule } from "./draft";
import type { Move } from "./root-module";

/** Where a resource stands in a module, and which constructs placed it. */
export interface ModuleAddress {
  /** The ids of the constructs that lead to it from the component of the module, through nested modules. */
  readonly path: string;
  /** Its address within the module: `module.log_bucket.aws_s3_bucket.log_bucket`. */
  readonly address: string;
  /**
   * The address at which the module's own moves to it begin; the same where there are none. Terraform takes but one
   * move to an address: what comes from elsewhere has to begin there, too.
   */
  readonly entry: string;
}

/** The move of a resource to a module, and where it has to lead if the module's own moves shall go on from there. */
export interface ModuleMove extends Move {
  readonly entry: string;
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
  placed: readonly PlacedAddress[],
  ofModule: readonly ModuleAddress[],
  label: string,
): readonly ModuleMove[] {
  const targets = new Map(ofModule.map((target) => [target.path, target]));
  return placed.flatMap(({ path, address: from, key }) => {
    const target = targets.get(path);
    const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    return target === undefined
      ? []
      : [
          {
            from,
            to: `module.${label}.${target.address}${index}`,
            entry: `module.${label}.${target.entry}${index}`,
          },
        ];
  });
}

/** The addresses of all resources in the draft of a module, and those of the modules that it calls. */
export function addressesOfDraft(
  { component, definition }: Draft,
  structure: Structure,
): { readonly resources: readonly ModuleAddress[]; readonly modules: readonly string[] } {
  const resources: ModuleAddress[] = [];
  const modules: string[] = [];
  for (const { path, address, calls } of placedAddresses(component)) {
    if (calls === undefined) {
      resources.push({ path, address, entry: entryOf(address, definition.moved) });
      continue;
    }
    const nested = addressesOfDraft(draftModule(calls, structure), structure);
    resources.push(
      ...nested.resources.map((each) => ({
        path: `${path}/${each.path}`,
        address: `${address}.${each.address}`,
        entry: entryOf(`${address}.${each.entry}`, definition.moved),
      })),
    );
    modules.push(address, ...nested.modules.map((each) => `${address}.${each}`));
  }
  return { resources, modules };
}

/** Where the moves to the address of a resource begin. A move of all that has an index leads from index to index. */
function entryOf(address: string, moved: readonly Moved[]): string {
  for (const { from, to } of moved) {
    if (to === address) {
      return entryOf(from, moved);
    }
    if (`${to}[0]` === address) {
      return entryOf(from.endsWith("[0]") ? from : `${from}[0]`, moved);
    }
  }
  return address;
}

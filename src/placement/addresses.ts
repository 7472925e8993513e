import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { type AnyComponent, ModuleCall } from "./component";
import { addressOf, repeatedAs } from "./resource";

/** Where something stands that a component placed: a resource, or the call of a nested module. */
export interface PlacedAddress {
  /**
   * The ids of the constructs that lead to it from the component. They are the same however the component is placed:
   * by them the addresses of its forms are paired.
   */
  readonly path: string;
  /** Its address within the stack, with the index that a count gives it. */
  readonly address: string;
  /** The key of the map by which it is one of several. They have one path: in a module they are one resource. */
  readonly key?: string;
  /** The component whose module is called there. */
  readonly calls?: AnyComponent;
}

/**
 * The resources and calls of nested modules below a component, in the order in which they were placed. Data sources
 * are left out: Terraform reads them anew wherever they stand.
 */
export function placedAddresses(component: Construct): readonly PlacedAddress[] {
  return component.node.findAll().flatMap((each): readonly PlacedAddress[] => {
    const path = each.node.path.slice(component.node.path.length + 1);
    if (ModuleCall.isModuleCall(each)) {
      return [{ path, address: withIndex(`module.${each.node.id}`, each.count), calls: each.component }];
    }
    if (!TerraformResource.isTerraformResource(each)) {
      return [];
    }
    const address = withIndex(addressOf(each), each.count);
    const repeated = repeatedAs(each);
    return repeated === undefined
      ? [{ path, address }]
      : [{ path: [...path.split("/").slice(0, -1), repeated.id].join("/"), address, key: repeated.key }];
  });
}

/** What has a count is there once or not at all. */
function withIndex(address: string, count: unknown): string {
  return count === undefined ? address : `${address}[0]`;
}

import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { type AnyComponent, ModuleCall } from "./component";
import { addressOf } from "./resource";

/** Where something stands that a component placed: a resource, or the call of a nested module. */
export interface PlacedAddress {
  /**
   * The ids of the constructs that lead to it from the component. They are the same however the component is placed:
   * by them the addresses of its forms are paired.
   */
  readonly path: string;
  /** Its address within the stack, with the index that a count gives it. */
  readonly address: string;
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
    return TerraformResource.isTerraformResource(each)
      ? [{ path, address: withIndex(addressOf(each), each.count) }]
      : [];
  });
}

/** What has a count is there once or not at all. */
function withIndex(address: string, count: unknown): string {
  return count === undefined ? address : `${address}[0]`;
}

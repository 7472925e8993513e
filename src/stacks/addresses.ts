import { inTemporaryApp, type PlacedAddress, placedAddresses } from "../placement";
import { AuditTrailStack } from "./audit-trail-stack";
import type { NamedStack } from "./synthesize";

/** The stack of an audit trail, before it is written. */
export interface DraftedStack {
  /** Where the resources of the audit trail stand. */
  readonly resources: readonly PlacedAddress[];
  /** What forwards events of further regions, by region, and where its resources stand. */
  readonly forwardings: Readonly<Record<string, readonly PlacedAddress[]>>;
  /** What Terraform would read. */
  readonly terraform: object;
}

/** Drafts the stack of an audit trail, to learn what stands where in it. Writes nothing. */
export function draftStack(stack: NamedStack): DraftedStack {
  const drafted = inTemporaryApp((app) => new AuditTrailStack(app, stack.name, stack));
  const forwardings = Object.fromEntries(
    Object.entries(drafted.forwardings).map(([region, each]) => [region, placedAddresses(each)]),
  );
  return { resources: placedAddresses(drafted.trail), forwardings, terraform: drafted.toTerraform() as object };
}

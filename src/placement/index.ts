export { type PlacedAddress, placedAddresses } from "./addresses";
export {
  type Blocks,
  blockForEach,
  blockForEachEntry,
  blockWhen,
  blockWhenSet,
  type ConditionalBlock,
  type DynamicBlock,
  type RepeatedBlock,
} from "./blocks";
export {
  type AnyComponent,
  Component,
  type ComponentClass,
  ifPlaced,
  ModuleCall,
  type Output,
  type OutputValues,
  outputToken,
  outputTokenIfSet,
  outputTokens,
  outputTokensIfSet,
  outputValue,
  type PlaceOptions,
  place,
} from "./component";
export { draftsModule, json, local, localReference, type ModuleForm, moduleForm, table } from "./form";
export { wantName } from "./name-given-once";
export {
  type Arguments,
  forCdktf,
  type Layout,
  layoutOf,
  type Placed,
  PlacedElement,
  PlacedElements,
  type Precondition,
  type ResourceOptions,
  resource,
  resourceForEach,
  terraformName,
} from "./resource";
export type { Structure } from "./structure";
export { inTemporaryApp } from "./temporary-app";
export { AWS_PROVIDER, awsProvider, TERRAFORM_VERSION } from "./versions";

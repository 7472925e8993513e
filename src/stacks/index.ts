export { type DraftedStack, draftStack } from "./addresses";
export { AuditTrailStack, type AuditTrailStackProps, type ProviderSettings } from "./audit-trail-stack";
export {
  otherBackends,
  placeOfState,
  readState,
  type State,
  s3State,
  stateDefinitions,
  terraformForState,
} from "./state";
export {
  STATE_BUCKET_STACK,
  StateBucketStack,
  type StateBucketStackProps,
  stateBucketStackJson,
} from "./state-bucket-stack";
export { addStacks, type NamedStack, synthesize } from "./synthesize";
export { isOfAuditTrail, rivalsOf } from "./written-stacks";

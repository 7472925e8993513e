export { type DraftedStack, draftStack } from "./addresses";
export {
  AuditTrailStack,
  type AuditTrailStackProps,
  forwardingLabel,
  type ProviderSettings,
} from "./audit-trail-stack";
export { forwardedRegions } from "./forwarded-regions";
export { isOfRemoteRun, remoteRunFiles } from "./remote-run";
export { otherBackends, placeOfState, readState, type State, s3State, stateDefinitions } from "./state";
export { addStacks, type NamedStack, synthesize } from "./synthesize";
export { isOfAuditTrail, rivalsOf } from "./written-stacks";

export { AuditTrailStack, type AuditTrailStackProps, type ProviderSettings } from "./audit-trail-stack";
export { needsTerraform110, otherBackends, readState, type State, s3State, stateDefinitions } from "./state";
export { addStacks, type NamedStack, synthesize } from "./synthesize";

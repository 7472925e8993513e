export { type ProviderSettings, providerAlias } from "./account-stack";
export { type DraftedStack, draftStack } from "./addresses";
export {
  AuditTrailStack,
  type AuditTrailStackProps,
  forwardingLabel,
} from "./audit-trail-stack";
export {
  DeploymentRoleStack,
  type DeploymentRoleStackProps,
  deploymentRoleStackJson,
  deploymentRoleStackName,
  isOfDeploymentRole,
} from "./deployment-role-stack";
export { forwardedRegions } from "./forwarded-regions";
export { isOfRemoteRun, remoteRunFiles } from "./remote-run";
export { OUTPUT_FOLDER, STACK_HCL, STACK_JSON, stackFile, stackFolder } from "./stack-files";
export {
  otherBackends,
  placeOfState,
  readState,
  type State,
  s3State,
  stateBeside,
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

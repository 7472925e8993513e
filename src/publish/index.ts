export { ArchiveLayout } from "./archive-layout";
export { readCliConfiguration } from "./cli-configuration";
export { type Comparison, changelogEntry, compareReleases, type Finding, type Release, subjectOf } from "./comparison";
export { DirectoryTarget } from "./directory";
export { GitTarget } from "./git";
export { hasSecret } from "./git-address";
export { HttpClient } from "./http";
export { PublishProblem } from "./problem";
export {
  type PublishEnd,
  type PublishMeans,
  type PublishResult,
  type PublishStep,
  publish,
  publishSteps,
} from "./publish";
export { RegistryTarget } from "./registry";
export { RegistryClient } from "./registry-client";
export { type ModuleName, TARGET_KINDS, type Target, type TargetKind } from "./release";
export { readRelease } from "./release-files";
export { S3Target } from "./s3";
export { parseVersion, SEVERITIES, type SemanticVersion, type Severity, VERSION_RULE } from "./semantic-version";
export { checkWithTerraform } from "./validation";

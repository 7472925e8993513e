export {
  type BootstrapEnd,
  type BootstrapMeans,
  type BootstrapStep,
  bootstrap,
  bootstrapSteps,
  type PlannedChanges,
} from "./bootstrap";
export { BucketReader } from "./bucket-reader";
export { type BucketEvidence, type Finding, fitness } from "./fitness";
export { StateProblem } from "./problem";
export { messageOfS3Error, regionOfS3Error, S3Connection, s3Sdk, statusOfS3Error } from "./s3";
export { chosenBucket, type StateBucketTarget, stateBuckets } from "./target";
export { knowsLockFile, Terraform, terraformVersion } from "./terraform";

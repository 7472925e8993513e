export {
  accountRootArn,
  bucketArn,
  dnsSuffixOf,
  type LogGroupAddress,
  logGroupArn,
  logStreamsArn,
  objectArn,
  partitionOf,
  type TrailAddress,
  trailArn,
  trailsOfAccountArn,
} from "./arn";
export { denyInsecureTransport, denyLogsByHand } from "./bucket-statements";
export { policyDocument, policyDocumentWith } from "./document";
export { logPath, logsOf } from "./log-path";
export { CLOUDTRAIL, type Condition, EVERYBODY, S3_ACCESS_LOGS, type Statement, type Tests } from "./statement";

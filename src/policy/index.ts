export {
  accountRootArn,
  alarmArn,
  anyKeyArn,
  bucketArn,
  dashboardArn,
  dnsSuffixOf,
  eventBusArn,
  eventRuleArn,
  keyAliasArn,
  logGroupArn,
  logGroupNameOf,
  logStreamsArn,
  objectArn,
  oidcProviderArn,
  partitionOf,
  queueArn,
  type RegionalAddress,
  regionalServiceName,
  roleArn,
  rootMfaDeviceArn,
  type TrailAddress,
  topicArn,
  trailArn,
  trailsOfAccountArn,
} from "./arn";
export { allowAccessLogs, denyInsecureTransport, denyLogsByHand } from "./bucket-statements";
export { policyDocument, policyDocumentForEach, policyDocumentWith } from "./document";
export { enableIamPolicies } from "./key-statements";
export { logPath, logsOf } from "./log-path";
export {
  allows,
  allowsEverybody,
  deniesWithoutTls,
  isAboutEverybody,
  principalsOf,
  type ReadStatement,
  readStatements,
} from "./read-statement";
export {
  CLOUDTRAIL,
  CLOUDWATCH,
  type Condition,
  EVENTBRIDGE,
  EVERYBODY,
  S3_ACCESS_LOGS,
  SNS,
  type Statement,
  type Tests,
} from "./statement";
export { arnsOfTrails, type FurtherTrail, trailOwner } from "./trails";

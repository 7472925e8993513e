export { bucketArn, objectArn, partitionOf, type TrailAddress, trailArn } from "./arn";
export { policyDocument } from "./document";
export { logPath, logsOf } from "./log-path";
export { CLOUDTRAIL, type Condition, EVERYBODY, type Statement } from "./statement";

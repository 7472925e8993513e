export { LogBucket, type LogBucketProps } from "./log-bucket/log-bucket";
export { Trail, type TrailProps } from "./trail/trail";

export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket/access-log-bucket";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key/encryption-key";
export { LogBucket, type LogBucketProps } from "./log-bucket/log-bucket";
export { LogBucketPolicy, type LogBucketPolicyProps } from "./log-bucket-policy/log-bucket-policy";
export { StateBucket, type StateBucketProps } from "./state-bucket/state-bucket";
export { Trail, type TrailProps } from "./trail/trail";

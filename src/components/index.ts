export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket/access-log-bucket";
export { AlarmTopics, type AlarmTopicsProps } from "./alarm-topics/alarm-topics";
export { Alarms, type AlarmsProps } from "./alarms/alarms";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key/encryption-key";
export { LogBucket, type LogBucketProps } from "./log-bucket/log-bucket";
export { LogBucketPolicy, type LogBucketPolicyProps } from "./log-bucket-policy/log-bucket-policy";
export { Trail, type TrailProps } from "./trail/trail";

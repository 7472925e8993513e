/** Arguments of one type of resource whose change makes Terraform destroy the resource and create another one. */
export type ReplacingArguments = readonly string[];

const OF_BUCKET: ReplacingArguments = ["bucket", "expected_bucket_owner"];

/**
 * The arguments that force replacement, of the types of resource that the modules have: those of which the documentation
 * of the AWS provider says "Forces new resource".
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const replacingArguments: Readonly<Record<string, ReplacingArguments>> = {
  aws_cloudtrail: ["name"],
  aws_cloudwatch_dashboard: ["dashboard_name"],
  aws_cloudwatch_event_permission: ["event_bus_name", "statement_id"],
  aws_cloudwatch_event_rule: ["event_bus_name", "name", "name_prefix"],
  aws_cloudwatch_event_target: ["event_bus_name", "rule", "target_id"],
  aws_cloudwatch_log_group: ["log_group_class", "name", "name_prefix"],
  aws_cloudwatch_log_metric_filter: ["log_group_name", "name"],
  aws_cloudwatch_metric_alarm: ["alarm_name"],
  aws_iam_openid_connect_provider: ["url"],
  aws_iam_policy: ["description", "name", "name_prefix", "path"],
  aws_iam_role: ["name", "name_prefix", "path"],
  aws_iam_role_policy: ["name", "name_prefix", "role"],
  aws_iam_role_policy_attachment: ["policy_arn", "role"],
  aws_kms_alias: ["name", "name_prefix"],
  aws_kms_key: ["custom_key_store_id", "customer_master_key_spec", "key_usage", "multi_region", "xks_key_id"],
  aws_s3_bucket: ["bucket", "bucket_prefix", "object_lock_enabled"],
  aws_s3_bucket_lifecycle_configuration: OF_BUCKET,
  aws_s3_bucket_logging: OF_BUCKET,
  aws_s3_bucket_notification: ["bucket"],
  aws_s3_bucket_ownership_controls: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
  aws_s3_bucket_public_access_block: ["bucket"],
  aws_s3_bucket_server_side_encryption_configuration: OF_BUCKET,
  aws_s3_bucket_versioning: OF_BUCKET,
  aws_sns_topic: ["fifo_topic", "name", "name_prefix"],
  aws_sns_topic_policy: ["arn"],
  aws_sns_topic_subscription: ["endpoint", "protocol", "topic_arn"],
  aws_sqs_queue: ["fifo_queue", "name", "name_prefix"],
  aws_sqs_queue_policy: ["queue_url"],
};

/** Version 6 of the AWS provider knows this argument of every resource that has a region. */
const REGION = "region";

/** Whether another value of an argument forces replacement; undefined where the type of resource is not known here. */
export function forcesReplacement(type: string, argument: string): boolean | undefined {
  return replacingArguments[type] === undefined
    ? undefined
    : argument === REGION || (replacingArguments[type] as ReplacingArguments).includes(argument);
}

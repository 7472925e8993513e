import { OWNER_TAG } from "../audit-trail/owner-tag";
import {
  alarmArn,
  anyKeyArn,
  bucketArn,
  type Condition,
  dashboardArn,
  eventBusArn,
  eventRuleArn,
  keyAliasArn,
  logGroupArn,
  objectArn,
  queueArn,
  type RegionalAddress,
  roleArn,
  topicArn,
  trailArn,
} from "../policy";
import type { Resource, Stack } from "../stacks/stack";
import type { Value } from "../values";
import type { Grant } from "./grant";
import { DeploymentProblem } from "./problem";

/*
 * The calls that the AWS provider makes for each type of resource. What they are is recorded in e2e/deployment-policy.test.ts,
 * call by call; on which resources IAM decides about them is in the Service Authorization Reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */

type Grants = (resource: Resource, stack: Stack) => readonly Grant[];

/** What is done to something else than the resources of a stack: IAM takes no ARN for these calls. */
const EVERYTHING = ["*"];

const NONE: readonly string[] = [];

const permissions: Readonly<Record<string, Grants>> = {
  aws_cloudtrail: (trail, stack) => [
    // A trail is found by a call that is about all of them.
    { to: "AllTrails", resources: EVERYTHING, read: ["cloudtrail:DescribeTrails"], write: NONE },
    {
      to: "Trail",
      resources: [trailOf(stack, trail)],
      read: [
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetInsightSelectors",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
      ],
      write: [
        "cloudtrail:AddTags",
        "cloudtrail:CreateTrail",
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:PutInsightSelectors",
        "cloudtrail:RemoveTags",
        "cloudtrail:StartLogging",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
      ],
    },
    ...passedRole(stack, trail, "cloud_watch_logs_role_arn", "cloudtrail.amazonaws.com"),
    ...(isOfOrganization(trail) ? ofOrganization(stack) : []),
  ],
  aws_cloudwatch_dashboard: (dashboard, stack) => [
    {
      to: "Dashboards",
      resources: [`${dashboardArn(stack.partition, stack.accountId, textOf(stack, dashboard, "dashboard_name"))}`],
      read: ["cloudwatch:GetDashboard"],
      write: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
    },
  ],
  aws_cloudwatch_event_permission: (_, stack) => [
    {
      to: "EventBus",
      resources: [`${eventBusArn({ ...placeOf(stack), name: "default" })}`],
      read: ["events:DescribeEventBus"],
      write: NONE,
    },
    // IAM takes no ARN of a bus for these, which are about the default one.
    {
      to: "AllEventBuses",
      resources: EVERYTHING,
      read: NONE,
      write: ["events:PutPermission", "events:RemovePermission"],
    },
  ],
  aws_cloudwatch_event_rule: (rule, stack) => [
    {
      to: "EventRules",
      resources: [arnOf(stack, rule, "name", eventRuleArn)],
      read: ["events:DescribeRule", "events:ListTagsForResource"],
      write: ["events:DeleteRule", "events:PutRule", "events:TagResource", "events:UntagResource"],
    },
  ],
  aws_cloudwatch_event_target: (target, stack) => [
    {
      to: "EventRules",
      resources: [arnOf(stack, ownerOf(stack, target, "rule"), "name", eventRuleArn)],
      read: ["events:ListTargetsByRule"],
      write: ["events:PutTargets", "events:RemoveTargets"],
    },
    ...passedRole(stack, target, "role_arn", "events.amazonaws.com"),
  ],
  aws_cloudwatch_log_group: (group, stack) => [
    { to: "AllLogGroups", resources: EVERYTHING, read: ["logs:DescribeLogGroups"], write: NONE },
    {
      to: "LogGroups",
      resources: logGroupArns(stack, group, "name"),
      read: ["logs:ListTagsForResource"],
      write: [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DisassociateKmsKey",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
    },
  ],
  aws_cloudwatch_log_metric_filter: (filter, stack) => [
    {
      to: "LogGroups",
      resources: logGroupArns(stack, filter, "log_group_name"),
      read: ["logs:DescribeMetricFilters"],
      write: ["logs:DeleteMetricFilter", "logs:PutMetricFilter"],
    },
  ],
  aws_cloudwatch_metric_alarm: (alarm, stack) => [
    // An alarm is found by a call that is about all of them.
    {
      to: "AllAlarms",
      resources: [`${alarmArn({ ...placeOf(stack, alarm), name: "*" })}`],
      read: ["cloudwatch:DescribeAlarms"],
      write: NONE,
    },
    {
      to: "Alarms",
      resources: [arnOf(stack, alarm, "alarm_name", alarmArn)],
      read: ["cloudwatch:ListTagsForResource"],
      write: [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
    },
  ],
  aws_iam_role: (role, stack) => [
    {
      to: "Roles",
      resources: [roleArnOf(stack, role)],
      read: ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      write: [
        "iam:DeleteRole",
        "iam:ListInstanceProfilesForRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRoleDescription",
      ],
    },
    {
      to: "PowerOfRoles",
      resources: [roleArnOf(stack, role)],
      read: NONE,
      write: [
        "iam:CreateRole",
        // A boundary may be set, and never taken away.
        ...(boundaryOf(stack, role) === undefined ? [] : ["iam:PutRolePermissionsBoundary"]),
      ],
      ...withBoundary(stack, role),
    },
  ],
  aws_iam_role_policy: (policy, stack) => {
    const role = ownerOf(stack, policy, "role");
    return [
      { to: "Roles", resources: [roleArnOf(stack, role)], read: ["iam:GetRolePolicy"], write: NONE },
      {
        to: "PowerOfRoles",
        resources: [roleArnOf(stack, role)],
        read: NONE,
        write: ["iam:DeleteRolePolicy", "iam:PutRolePolicy"],
        ...withBoundary(stack, role),
      },
    ];
  },
  aws_kms_alias: (alias, stack) => [
    { to: "AllKeyAliases", resources: EVERYTHING, read: ["kms:ListAliases"], write: NONE },
    {
      to: "KeyAliases",
      resources: [arnOf(stack, alias, "name", keyAliasArn)],
      read: NONE,
      write: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
    },
  ],
  // The id of a key is made up by AWS, so that a key is known by its tag.
  aws_kms_key: (key, stack) => {
    const resources = [`${anyKeyArn(placeOf(stack, key))}`];
    const owner = ownerTag(key);
    return [
      {
        to: "Keys",
        resources,
        read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
        write: [
          "kms:CreateAlias",
          "kms:DeleteAlias",
          "kms:EnableKeyRotation",
          "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ],
        condition: { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: owner } },
      },
      {
        to: "NewKeys",
        resources: EVERYTHING,
        read: NONE,
        write: ["kms:CreateKey"],
        condition: { StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: owner } },
      },
      // A new key gets its tags by an action of its own. One that has this tag already is not taken by another value of it.
      {
        to: "TagsOfNewKeys",
        resources,
        read: NONE,
        write: ["kms:TagResource"],
        condition: {
          StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: owner },
          Null: { [`aws:ResourceTag/${OWNER_TAG}`]: "true" },
        },
      },
    ];
  },
  aws_s3_bucket: (bucket, stack) => [
    ...ofBucket(
      stack,
      bucket,
      [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketPolicy",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
      ],
      ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"],
    ),
    ...(bucket.arguments.force_destroy === true ? emptiedBucket(stack, bucket) : []),
  ],
  aws_s3_bucket_lifecycle_configuration: (part, stack) =>
    ofBucket(stack, part, ["s3:GetLifecycleConfiguration"], ["s3:PutLifecycleConfiguration"]),
  aws_s3_bucket_logging: (part, stack) => ofBucket(stack, part, ["s3:GetBucketLogging"], ["s3:PutBucketLogging"]),
  aws_s3_bucket_notification: (part, stack) =>
    ofBucket(stack, part, ["s3:GetBucketNotification"], ["s3:PutBucketNotification"]),
  aws_s3_bucket_ownership_controls: (part, stack) =>
    ofBucket(stack, part, ["s3:GetBucketOwnershipControls"], ["s3:PutBucketOwnershipControls"]),
  aws_s3_bucket_policy: (part, stack) =>
    ofBucket(stack, part, ["s3:GetBucketPolicy"], ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"]),
  aws_s3_bucket_public_access_block: (part, stack) =>
    ofBucket(stack, part, ["s3:GetBucketPublicAccessBlock"], ["s3:PutBucketPublicAccessBlock"]),
  aws_s3_bucket_server_side_encryption_configuration: (part, stack) =>
    ofBucket(stack, part, ["s3:GetEncryptionConfiguration"], ["s3:PutEncryptionConfiguration"]),
  aws_s3_bucket_versioning: (part, stack) =>
    ofBucket(stack, part, ["s3:GetBucketVersioning"], ["s3:PutBucketVersioning"]),
  aws_sns_topic: (topic, stack) => [
    {
      to: "Topics",
      resources: [arnOf(stack, topic, "name", topicArn)],
      read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
      write: ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    },
  ],
  aws_sns_topic_policy: (policy, stack) => [
    {
      to: "Topics",
      resources: [arnOf(stack, ownerOf(stack, policy, "arn"), "name", topicArn)],
      read: ["sns:GetTopicAttributes"],
      write: ["sns:SetTopicAttributes"],
    },
  ],
  aws_sns_topic_subscription: (subscription, stack) => [
    {
      to: "Topics",
      resources: [arnOf(stack, ownerOf(stack, subscription, "topic_arn"), "name", topicArn)],
      read: ["sns:GetSubscriptionAttributes"],
      write: ["sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"],
    },
  ],
  aws_sqs_queue: (queue, stack) => [
    {
      to: "Queues",
      resources: [arnOf(stack, queue, "name", queueArn)],
      read: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
      write: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
    },
  ],
  aws_sqs_queue_policy: (policy, stack) => [
    {
      to: "Queues",
      resources: [arnOf(stack, ownerOf(stack, policy, "queue_url"), "name", queueArn)],
      read: ["sqs:GetQueueAttributes"],
      write: ["sqs:SetQueueAttributes"],
    },
  ],
};

/** The types of resources whose calls are known. */
export const KNOWN_TYPES: readonly string[] = Object.keys(permissions);

/**
 * What Terraform does with a resource of a stack.
 *
 * @throws DeploymentProblem where the calls for its type are not known
 */
export function grantsOf(resource: Resource, stack: Stack): readonly Grant[] {
  const grants = Object.hasOwn(permissions, resource.type) ? permissions[resource.type] : undefined;
  if (grants === undefined) {
    throw new DeploymentProblem(
      `${resource.address}: the calls that Terraform makes for ${resource.type} are not known; add them to src/deployment/permissions.ts`,
    );
  }
  return grants(resource, stack);
}

type Place = Omit<RegionalAddress, "name">;

function placeOf(stack: Stack, resource?: Resource): Place {
  const region = resource === undefined ? stack.region : stack.regionOf(resource);
  return { partition: stack.partition, region, accountId: stack.accountId };
}

/** A text of a resource, such as its name, without which it has no ARN. */
function textOf(stack: Stack, { address, arguments: given }: Resource, argument: string): string {
  const found = stack.text(given[argument]);
  if (found === undefined) {
    throw new DeploymentProblem(`${address}: its ${argument} is known to AWS alone, so that no policy can name it`);
  }
  return found;
}

function arnOf(
  stack: Stack,
  resource: Resource,
  argument: string,
  arn: (address: RegionalAddress) => Value<string>,
): string {
  return `${arn({ ...placeOf(stack, resource), name: textOf(stack, resource, argument) })}`;
}

/** The resource that another one belongs to, by an argument. */
function ownerOf(stack: Stack, { address, arguments: given }: Resource, argument: string): Resource {
  const found = stack.referred(given[argument]);
  if (found === undefined) {
    throw new DeploymentProblem(`${address}: its ${argument} refers to nothing in the stack`);
  }
  return found;
}

function ofBucket(stack: Stack, part: Resource, read: readonly string[], write: readonly string[]): readonly [Grant] {
  return [{ to: "Buckets", resources: [bucketOf(stack, part)], read, write }];
}

function bucketOf(stack: Stack, part: Resource): string {
  return `${bucketArn(stack.partition, textOf(stack, part, "bucket"))}`;
}

/** A bucket that is emptied before it is destroyed. */
function emptiedBucket(stack: Stack, bucket: Resource): readonly Grant[] {
  const arn = bucketOf(stack, bucket);
  return [
    { to: "Buckets", resources: [arn], read: NONE, write: ["s3:ListBucketVersions"] },
    {
      to: "ObjectsThatAreDestroyed",
      resources: [`${objectArn(arn, "*")}`],
      read: NONE,
      write: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    },
  ];
}

/** A log group, and what is in it: IAM has the ARN with and without an end, call by call. */
function logGroupArns(stack: Stack, resource: Resource, argument: string): readonly string[] {
  const arn = arnOf(stack, resource, argument, logGroupArn);
  return [arn, `${arn}:*`];
}

function roleArnOf(stack: Stack, role: Resource): string {
  const path = stack.text(role.arguments.path) ?? "/";
  return `${roleArn(stack.partition, stack.accountId, path, textOf(stack, role, "name"))}`;
}

function boundaryOf(stack: Stack, role: Resource): string | undefined {
  return stack.text(role.arguments.permissions_boundary);
}

/** Where a role has a boundary, nothing of it is made or changed without. */
function withBoundary(stack: Stack, role: Resource): { readonly condition?: Condition } {
  const boundary = boundaryOf(stack, role);
  return boundary === undefined ? {} : { condition: { StringEquals: { "iam:PermissionsBoundary": boundary } } };
}

/** A role that is handed to a service, which then acts as it. */
function passedRole(stack: Stack, resource: Resource, argument: string, service: string): readonly Grant[] {
  const given = resource.arguments[argument];
  if (given === undefined || given === null) {
    return [];
  }
  const role = stack.referred(given);
  const arn = role === undefined ? textOf(stack, resource, argument) : roleArnOf(stack, role);
  return [
    {
      to: "PassedRoles",
      resources: [arn],
      read: NONE,
      write: ["iam:PassRole"],
      condition: { StringEquals: { "iam:PassedToService": service } },
    },
  ];
}

function isOfOrganization(trail: Resource): boolean {
  return trail.arguments.is_organization_trail === true;
}

/** The ARN of a trail. That of an organization belongs to the management account, whoever makes it. */
function trailOf(stack: Stack, trail: Resource): string {
  const place = isOfOrganization(trail) ? { ...placeOf(stack, trail), accountId: "*" } : placeOf(stack, trail);
  return `${trailArn({ ...place, name: textOf(stack, trail, "name") })}`;
}

/**
 * What CloudTrail asks on behalf of who makes a trail of an organization.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
function ofOrganization(stack: Stack): readonly Grant[] {
  const path = "/aws-service-role/cloudtrail.amazonaws.com/";
  const serviceLinkedRole = `${roleArn(stack.partition, stack.accountId, path, "AWSServiceRoleForCloudTrail")}`;
  return [
    {
      to: "Organization",
      resources: EVERYTHING,
      read: NONE,
      write: [
        "organizations:DescribeOrganization",
        "organizations:ListAWSServiceAccessForOrganization",
        "organizations:ListAccounts",
      ],
    },
    {
      to: "ServiceLinkedRoles",
      resources: [serviceLinkedRole],
      read: NONE,
      write: ["iam:CreateServiceLinkedRole"],
      condition: { StringEquals: { "iam:AWSServiceName": "cloudtrail.amazonaws.com" } },
    },
    { to: "ServiceLinkedRole", resources: [serviceLinkedRole], read: NONE, write: ["iam:GetRole"] },
  ];
}

/** The tag by which a key is known. */
function ownerTag({ address, arguments: { tags } }: Resource): string {
  const owner = (tags as Readonly<Record<string, unknown>> | undefined)?.[OWNER_TAG];
  if (typeof owner !== "string") {
    throw new DeploymentProblem(`${address}: a key is known by its tag ${OWNER_TAG}, which it has not`);
  }
  return owner;
}

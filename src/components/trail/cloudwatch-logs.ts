import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { InputValues } from "../../inputs";
import { local, type Placed, resource } from "../../placement";
import { CLOUDTRAIL, logGroupArn, logStreamsArn, policyDocument } from "../../policy";
import {
  choose,
  get,
  ifSet,
  isNull,
  listOf,
  merge,
  type NotNull,
  onlyIfSet,
  shortened,
  text,
  type Value,
  withDefault,
  withoutSuffix,
} from "../../values";
import type { trailDefinition } from "./inputs";

/** What remains of the 64 characters of a role's name for that of the trail. */
const LONGEST_BEGINNING = 48;

type Arn = { readonly arn: string };

/** Where the trail is, beside its inputs. */
export interface CloudWatchLogsSurroundings {
  readonly partition: Value<string>;
  readonly trailArn: Value<string>;
}

/** Log delivery to CloudWatch Logs: what a trail needs of it. Null where there is none. */
export interface CloudWatchLogs {
  /** Of the group that is made here. */
  readonly logGroupName: Value<string | null>;
  /** Without `:*` at its end. */
  readonly logGroupArn: Value<string | null>;
  /** What stands for the streams: of the group itself where it is made here, so that scanners find it. */
  readonly logStreams: Value<string | null>;
  readonly roleArn: Value<string | null>;
  /** What the trail has to wait for. */
  readonly before: readonly Placed[];
}

/** The log group that is made for a trail. */
interface NewLogGroup {
  /** Whether one is made. */
  readonly when: Value<boolean>;
  /** Null where none is made. */
  readonly name: Value<string | null>;
}

/** The name of a trail's log group, where none is chosen. */
export function derivedLogGroupName(trailName: Value<string>): Value<string> {
  return text`/aws/cloudtrail/${trailName}`;
}

/** What the name of the role begins with: the name of the trail, as much of it as there is room for. */
export function beginningOfRoleName(trailName: Value<string>): Value<string> {
  return shortened(trailName, LONGEST_BEGINNING);
}

/** The name of the role, where none is chosen. */
export function derivedRoleName(beginning: Value<string>): Value<string> {
  return text`${beginning}-cloudwatch-logs`;
}

/** The log group that is made for a trail: its key has to know it, too. */
export function newLogGroup(
  scope: Construct,
  cloudwatchLogs: Value<{ readonly log_group_name: string | null; readonly existing_log_group: Arn | null } | null>,
  trailName: Value<string>,
): NewLogGroup {
  if (cloudwatchLogs === null) {
    return { when: false, name: null };
  }
  const chosen = cloudwatchLogs as NotNull<typeof cloudwatchLogs>;
  const when = local(
    scope,
    "creates_log_group",
    ifSet<typeof cloudwatchLogs, boolean>(cloudwatchLogs, () => isNull(get(chosen, "existing_log_group")), false),
  );
  const name = withDefault(get(chosen, "log_group_name"), derivedLogGroupName(trailName));
  return { when, name: local(scope, "log_group_name", choose<string, null>(when, name, null)) };
}

/**
 * The log group and the role by which CloudTrail delivers to it, or those that are there already.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function cloudWatchLogs(
  scope: Construct,
  inputs: InputValues<typeof trailDefinition.fields>,
  { partition, trailArn }: CloudWatchLogsSurroundings,
): CloudWatchLogs {
  const { name, accountId, region, organization, tags, cloudwatchLogs } = inputs;
  if (cloudwatchLogs === null) {
    return { logGroupName: null, logGroupArn: null, logStreams: null, roleArn: null, before: [] };
  }
  const chosen = cloudwatchLogs as NonNullable<typeof cloudwatchLogs>;
  const whenOn = <T>(value: () => Value<T>): Value<T | null> =>
    ifSet<typeof cloudwatchLogs, T | null>(chosen, value, null);
  const existingGroup = get(chosen, "existing_log_group");
  const existingRole = get(chosen, "existing_role");

  const { when: newGroup, name: groupName } = newLogGroup(scope, cloudwatchLogs, name);
  const group = resource(
    scope,
    CloudwatchLogGroup,
    "trail",
    {
      name: groupName,
      retentionInDays: get(chosen, "retention_in_days"),
      logGroupClass: get(chosen, "log_group_class"),
      kmsKeyId: inputs.kmsKeyArn,
      tags,
    },
    { when: newGroup },
  );
  // A name that is not there makes no ARN.
  const newGroupArn =
    groupName === null ? null : logGroupArn({ partition, region, accountId, name: groupName as Value<string> });
  const groupArn = local(
    scope,
    "log_group_arn",
    whenOn(() =>
      ifSet<typeof existingGroup, string | null>(
        existingGroup,
        (existing) => withoutSuffix(get(existing as Value<Arn>, "arn"), ":*"),
        newGroupArn,
      ),
    ),
  );

  const newRole = local(
    scope,
    "creates_role",
    ifSet<typeof chosen, boolean>(chosen, () => isNull(existingRole), false),
  );
  const roleNameBeginsWith = local(scope, "role_name_begins_with", beginningOfRoleName(name));
  const role = resource(
    scope,
    IamRole,
    "cloudwatch_logs",
    {
      name: withDefault(get(chosen, "role_name"), derivedRoleName(roleNameBeginsWith)),
      path: get(chosen, "role_path"),
      description: text`Delivers the events of the trail ${name} to CloudWatch Logs`,
      permissionsBoundary: get(chosen, "permissions_boundary_arn"),
      assumeRolePolicy: policyDocument(
        merge<unknown>(
          {
            Sid: "AllowCloudTrail",
            Effect: "Allow",
            Principal: CLOUDTRAIL,
            Action: "sts:AssumeRole",
          } as never,
          choose(
            get(chosen, "trust_trail_only"),
            { Condition: { StringEquals: { "aws:SourceArn": trailArn } } },
            {},
          ) as never,
        ) as never,
      ),
      tags,
    },
    { when: newRole },
  );
  const rolePolicy = resource(
    scope,
    IamRolePolicy,
    "cloudwatch_logs",
    {
      name: "deliver-events",
      role: role.attribute("name"),
      policy: policyDocument({
        Sid: "DeliverEvents",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: listOf<string>(
          logStreamsArn(groupArn as Value<string>, text`${accountId}_CloudTrail_${region}`),
          onlyIfSet(organization, (member) => logStreamsArn(groupArn as Value<string>, text`${get(member, "id")}_`)),
        ),
      }),
    },
    {
      when: newRole,
      comment: "CloudTrail names the streams after the account, or the organization: it can write to no other.",
    },
  );
  return {
    logGroupName: group.attribute("name"),
    logGroupArn: choose<string | null>(newGroup, group.attribute("arn"), groupArn),
    logStreams: choose<string | null>(
      newGroup,
      newGroup === false ? null : text`${group.attribute("arn")}:*`,
      existingGroup === null
        ? null
        : whenOn(() => text`${withoutSuffix(get(existingGroup as Value<Arn>, "arn"), ":*")}:*`),
    ),
    roleArn:
      existingRole === null
        ? role.attribute("arn")
        : choose(
            newRole,
            role.attribute("arn"),
            whenOn(() => get(existingRole as Value<Arn>, "arn")),
          ),
    before: [rolePolicy],
  };
}

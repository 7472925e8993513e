import { Testing } from "cdktf";
import { Trail, type TrailProps } from "../../../src/components/trail/trail";
import { newStack } from "../../placement/support/stack";
import {
  anonymous,
  type Caller,
  EVERYTHING_ALLOWED,
  type Expectation,
  expectation,
  OTHER_ACCOUNT_ID,
  otherPartition,
  person,
  service,
  type TrailParts,
  trailArnOf,
  withContext,
  withoutContext,
  wrongTrails,
} from "./calls";
import type { PolicyDocument, ServiceCall } from "./evaluator";

/** One way in which events are delivered to CloudWatch Logs, written out by hand. */
export interface LogsLayout {
  readonly name: string;
  readonly props: TrailProps;
  readonly partition: string;
  readonly region: string;
  readonly otherRegion: string;
  /** The account of the log group and of the role. */
  readonly accountId: string;
  readonly trail: TrailParts;
  readonly organizationId: string | null;
  /** The ARN of the log group. */
  readonly logGroup: string;
  /** Whether the role can be assumed on behalf of the trail alone. */
  readonly trailOnly: boolean;
}

const ACCOUNT_ID = "111122223333";
const MANAGEMENT_ACCOUNT_ID = "444455556666";
const ORGANIZATION_ID = "o-exampleorgid";

function layoutOf(
  name: string,
  [partition, region, otherRegion]: readonly [string, string, string],
  organizationId: string | null,
  cloudwatchLogs: TrailProps["cloudwatchLogs"],
  groupName = "/aws/cloudtrail/example-logs",
): LogsLayout {
  const trailAccountId = organizationId === null ? ACCOUNT_ID : MANAGEMENT_ACCOUNT_ID;
  return {
    name: `${partition}, ${name}`,
    partition,
    region,
    otherRegion,
    accountId: ACCOUNT_ID,
    trail: { partition, region, accountId: trailAccountId, name: "example-logs" },
    organizationId,
    logGroup: `arn:${partition}:logs:${region}:${ACCOUNT_ID}:log-group:${groupName}`,
    trailOnly: (cloudwatchLogs as { readonly trustTrailOnly?: boolean }).trustTrailOnly ?? false,
    props: {
      name: "example-logs",
      accountId: ACCOUNT_ID,
      region,
      s3BucketName: "logs",
      ...(organizationId === null
        ? {}
        : { organization: { id: organizationId, managementAccountId: MANAGEMENT_ACCOUNT_ID } }),
      cloudwatchLogs,
    },
  };
}

const commercial = ["aws", "eu-central-1", "us-east-1"] as const;
const china = ["aws-cn", "cn-north-1", "cn-northwest-1"] as const;
const govCloud = ["aws-us-gov", "us-gov-west-1", "us-gov-east-1"] as const;

const THERE = "all-events";

function existing([partition, region]: readonly [string, string, string], ending: string) {
  return { existingLogGroup: { arn: `arn:${partition}:logs:${region}:${ACCOUNT_ID}:log-group:${THERE}${ending}` } };
}

export const logsLayouts: readonly LogsLayout[] = [
  layoutOf("one account", commercial, null, {}),
  layoutOf("an organization, the trail alone", china, ORGANIZATION_ID, { trustTrailOnly: true }),
  layoutOf("a group that is there", govCloud, null, existing(govCloud, ""), THERE),
  layoutOf(
    "an organization, a group that is there, with its streams",
    commercial,
    ORGANIZATION_ID,
    existing(commercial, ":*"),
    THERE,
  ),
];

/** A policy of the role, out of the stack. */
export function policyOfRole({ props }: LogsLayout, which: "trust" | "permissions"): PolicyDocument {
  const stack = newStack();
  new Trail(stack, "Default", props);
  const { aws_iam_role: role, aws_iam_role_policy: policy } = JSON.parse(Testing.synth(stack)).resource;
  return JSON.parse(which === "trust" ? role.cloudwatch_logs.assume_role_policy : policy.cloudwatch_logs.policy);
}

/** Who may assume the role. */
export function expectationsOfTrust(layout: LogsLayout): readonly Expectation[] {
  const { partition, accountId, trail, otherRegion, trailOnly } = layout;
  const assume = (caller: Caller): ServiceCall => ({
    ...caller,
    action: "sts:AssumeRole",
    resource: `arn:${partition}:iam::${accountId}:role/example-logs-cloudwatch-logs`,
    resourceAccountId: accountId,
  });
  const source = { "aws:SourceArn": trailArnOf(trail) };
  const cloudTrail = assume(service("cloudtrail.amazonaws.com", source));
  const iam = `arn:${partition}:iam::${accountId}`;
  const verdict = trailOnly ? "denied" : "allowed";
  const others: Readonly<Record<string, Caller>> = {
    "AWS Config": service("config.amazonaws.com", source),
    "CloudWatch Logs": service("logs.amazonaws.com", source),
    "a user without permissions": person(`${iam}:user/guest`),
    "an administrator": person(`${iam}:user/administrator`, EVERYTHING_ALLOWED),
    "an administrator of another account": person(
      `arn:${partition}:iam::${OTHER_ACCOUNT_ID}:user/administrator`,
      EVERYTHING_ALLOWED,
    ),
    "a caller without credentials": anonymous,
  };
  return [
    expectation("CloudTrail", "allowed", "assume the role on behalf of the trail", cloudTrail),
    ...Object.entries(wrongTrails(trail, otherRegion)).map(([which, arn]) =>
      expectation(
        "CloudTrail",
        verdict,
        `assume the role on behalf of ${which}`,
        withContext(cloudTrail, { "aws:SourceArn": arn }),
      ),
    ),
    expectation(
      "CloudTrail",
      verdict,
      "assume the role on behalf of no trail",
      withoutContext(cloudTrail, "aws:SourceArn"),
    ),
    ...Object.entries(others).map(([who, caller]) => expectation(who, "denied", "assume the role", assume(caller))),
    expectation("CloudTrail", "denied", "tag a session of the role", { ...cloudTrail, action: "sts:TagSession" }),
  ];
}

/** What the role may do. */
export function expectationsOfPermissions(layout: LogsLayout): readonly Expectation[] {
  const { partition, region, otherRegion, accountId, organizationId, logGroup } = layout;
  const role = person(`arn:${partition}:sts::${accountId}:assumed-role/example-logs-cloudwatch-logs/session`);
  const call = (action: string, resource: string, account = accountId): ServiceCall => ({
    ...role,
    action,
    resource,
    resourceAccountId: account,
  });
  const stream = `${logGroup}:log-stream:${accountId}_CloudTrail_${region}`;
  const right: Readonly<Record<string, string>> = {
    "the stream of the trail": stream,
    "a further stream of the trail": `${stream}_2`,
    ...(organizationId === null
      ? {}
      : { "a stream of a member": `${logGroup}:log-stream:${organizationId}_555566667777_CloudTrail_${region}` }),
  };
  const wrong: Readonly<Record<string, string>> = {
    "the stream of another account": stream.replace(`${accountId}_`, `${OTHER_ACCOUNT_ID}_`),
    "the stream of another region": stream.replace(`_${region}`, `_${otherRegion}`),
    "a stream of another service": `${logGroup}:log-stream:application`,
    "the same stream of another group": stream.replace(":log-group:", ":log-group:other"),
    "the same stream of a group whose name begins with the right one": stream.replace(logGroup, `${logGroup}-2`),
    "the same stream in another region": stream.replace(`:logs:${region}:`, `:logs:${otherRegion}:`),
    "the same stream in another account": stream.replace(`:${accountId}:`, `:${OTHER_ACCOUNT_ID}:`),
    "the same stream in another partition": stream.replace(`arn:${partition}:`, `arn:${otherPartition(partition)}:`),
    ...(organizationId === null
      ? { "a stream of an organization where there is none": `${logGroup}:log-stream:o-exampleorgid_555566667777` }
      : {
          "a stream of another organization": `${logGroup}:log-stream:o-otherorgid00_555566667777`,
          "a stream of an organization whose id begins with the right one": `${logGroup}:log-stream:${organizationId}0_1`,
        }),
  };
  const others: readonly (readonly [title: string, action: string, resource: string])[] = [
    ["read events of the trail", "logs:GetLogEvents", stream],
    ["delete the stream of the trail", "logs:DeleteLogStream", stream],
    ["delete the group", "logs:DeleteLogGroup", logGroup],
    ["shorten the retention of the group", "logs:PutRetentionPolicy", logGroup],
    ["create another group", "logs:CreateLogGroup", `${logGroup}-2`],
  ];
  const actions = [
    ["create", "logs:CreateLogStream"],
    ["write events to", "logs:PutLogEvents"],
  ] as const;
  return [
    ...actions.flatMap(([title, action]) => [
      ...Object.entries(right).map(([which, resource]) =>
        expectation("the role", "allowed", `${title} ${which}`, call(action, resource)),
      ),
      ...Object.entries(wrong).map(([which, resource]) =>
        expectation(
          "the role",
          "denied",
          `${title} ${which}`,
          call(action, resource, resource.split(":")[4] ?? accountId),
        ),
      ),
    ]),
    ...others.map(([title, action, resource]) => expectation("the role", "denied", title, call(action, resource))),
  ];
}

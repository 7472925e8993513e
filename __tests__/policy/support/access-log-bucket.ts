import { Testing } from "cdktf";
import { AccessLogBucket } from "../../../src/components/access-log-bucket/access-log-bucket";
import { newStack } from "../../placement/support/stack";
import {
  anonymous,
  type Caller,
  EVERYTHING_ALLOWED,
  type Expectation,
  expectation,
  type Operation,
  OTHER_ACCOUNT_ID,
  otherPartition,
  overTls,
  person,
  service,
  TLS_1_3,
  withContext,
  withoutContext,
  withoutTls,
} from "./calls";
import type { Decision, PolicyDocument, ServiceCall } from "./evaluator";

/** One way in which access logs are kept, written out by hand. */
export interface AccessLogLayout {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  /** The ARN of the bucket. */
  readonly bucket: string;
  /** The ARN of the bucket whose access logs it takes. */
  readonly source: string;
}

const ACCOUNT_ID = "111122223333";
const PREFIX = "of-logs/";

export const accessLogLayouts: readonly AccessLogLayout[] = [
  ["aws", "eu-central-1"],
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
].map(([partition = "", region = ""]) => ({
  name: partition,
  partition,
  region,
  bucket: `arn:${partition}:s3:::logs-access`,
  source: `arn:${partition}:s3:::logs`,
}));

export function accessLogBucketPolicy({ region }: AccessLogLayout): PolicyDocument {
  const stack = newStack();
  new AccessLogBucket(stack, "Default", {
    name: "logs-access",
    sourceBucketName: "logs",
    accountId: ACCOUNT_ID,
    region,
    prefix: PREFIX,
  });
  return JSON.parse(JSON.parse(Testing.synth(stack)).resource.aws_s3_bucket_policy.access_log_bucket.policy);
}

function callOf(caller: Caller, { action, resource, context }: Operation): ServiceCall {
  return {
    ...caller,
    action,
    resource,
    resourceAccountId: ACCOUNT_ID,
    context: { ...TLS_1_3, ...caller.context, ...context },
  };
}

/** The calls that a bucket for access logs has to decide rightly. */
export function expectationsOfAccessLogs(layout: AccessLogLayout): readonly Expectation[] {
  return [...deliveries(layout), ...callsOfPeople(layout)];
}

function deliveries({ partition, bucket, source }: AccessLogLayout): readonly Expectation[] {
  const context = { "aws:SourceArn": source, "aws:SourceAccount": ACCOUNT_ID };
  const s3 = service("logging.s3.amazonaws.com", context);
  const put = (key: string): Operation => ({ title: "", action: "s3:PutObject", resource: `${bucket}/${key}` });
  const log = put(`${PREFIX}2026-11-22-00-00-00-0123456789ABCDEF`);
  const call = callOf(s3, log);
  const object = log.resource;
  const wrong: Readonly<Record<string, ServiceCall>> = {
    "of another bucket": withContext(call, { "aws:SourceArn": `arn:${partition}:s3:::other` }),
    "of a bucket whose name begins with the right one": withContext(call, { "aws:SourceArn": `${source}-2` }),
    "of a bucket of another partition": withContext(call, {
      "aws:SourceArn": `arn:${otherPartition(partition)}:s3:::logs`,
    }),
    "of a bucket of that name that belongs to another account": withContext(call, {
      "aws:SourceAccount": OTHER_ACCOUNT_ID,
    }),
    "of no bucket at all": withoutContext(call, "aws:SourceArn"),
    "of no account at all": withoutContext(call, "aws:SourceAccount"),
    "under another prefix": callOf(s3, put("of-others/log")),
    "under a prefix that begins with the right one": callOf(s3, put("of-logs-2/log")),
    "right into the bucket": callOf(s3, put("log")),
    "over TLS 1.1": overTls(call, "1.1"),
    "without TLS": withoutTls(call),
  };
  const others: readonly Operation[] = [
    { title: "read an access log", action: "s3:GetObject", resource: object },
    { title: "delete an access log", action: "s3:DeleteObject", resource: object },
    { title: "list the bucket", action: "s3:ListBucket", resource: bucket },
    { title: "change the policy of the bucket", action: "s3:PutBucketPolicy", resource: bucket },
  ];
  return [
    expectation("S3", "allowed", "deliver an access log", call),
    expectation("S3", "allowed", "deliver an access log over TLS 1.2", overTls(call, "1.2")),
    ...Object.entries(wrong).map(([how, each]) => expectation("S3", "denied", `deliver an access log ${how}`, each)),
    ...others.map((operation) => expectation("S3", "denied", operation.title, callOf(s3, operation))),
    ...["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"].map((name) =>
      expectation(name, "denied", "deliver an access log", callOf(service(name, context), log)),
    ),
  ];
}

function callsOfPeople({ partition, bucket }: AccessLogLayout): readonly Expectation[] {
  const iam = `arn:${partition}:iam::${ACCOUNT_ID}`;
  const object = `${bucket}/${PREFIX}log`;
  const reads: readonly Operation[] = [
    { title: "read an access log", action: "s3:GetObject", resource: object },
    { title: "list the bucket", action: "s3:ListBucket", resource: bucket },
    { title: "delete an access log", action: "s3:DeleteObject", resource: object },
    { title: "read the policy of the bucket", action: "s3:GetBucketPolicy", resource: bucket },
    { title: "change the policy of the bucket", action: "s3:PutBucketPolicy", resource: bucket },
  ];
  const writes: readonly Operation[] = [
    { title: "write an access log", action: "s3:PutObject", resource: object },
    { title: "write anywhere in the bucket", action: "s3:PutObject", resource: `${bucket}/log` },
    { title: "replicate an access log", action: "s3:ReplicateObject", resource: object },
    { title: "replicate to anywhere in the bucket", action: "s3:ReplicateObject", resource: `${bucket}/log` },
  ];
  const administrator = person(`${iam}:user/administrator`, EVERYTHING_ALLOWED);
  const callers: readonly (readonly [who: string, reading: Decision, caller: Caller])[] = [
    ["an administrator", "allowed", administrator],
    ["the root user", "allowed", person(`${iam}:root`, EVERYTHING_ALLOWED)],
    ["a user without permissions", "denied", person(`${iam}:user/guest`)],
    [
      "an administrator of another account",
      "denied",
      person(`arn:${partition}:iam::${OTHER_ACCOUNT_ID}:user/administrator`, EVERYTHING_ALLOWED),
    ],
    ["a caller without credentials", "denied", anonymous],
  ];
  return [
    ...callers.flatMap(([who, reading, caller]) => [
      ...reads.map((operation) => expectation(who, reading, operation.title, callOf(caller, operation))),
      ...writes.map((operation) => expectation(who, "denied", operation.title, callOf(caller, operation))),
    ]),
    ...reads.flatMap((operation) => {
      const call = callOf(administrator, operation);
      return [
        expectation("an administrator", "allowed", `${operation.title} over TLS 1.2`, overTls(call, "1.2")),
        expectation("an administrator", "denied", `${operation.title} over TLS 1.1`, overTls(call, "1.1")),
        expectation("an administrator", "denied", `${operation.title} without TLS`, withoutTls(call)),
      ];
    }),
    {
      ...expectation(
        "a caller without credentials",
        "denied",
        "write an access log, though an added statement allows that to everybody",
        callOf(anonymous, writes[0] as Operation),
      ),
      added: { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: `${bucket}/*` },
    },
  ];
}

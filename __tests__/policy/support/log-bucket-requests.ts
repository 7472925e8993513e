import { anonymousPrincipal } from "@cloud-copilot/iam-simulate";
import { type Decision, decide, type PolicyDocument, type PolicyStatement, type ServiceCall } from "./evaluator";
import type { Layout } from "./log-bucket-layouts";

/** A call of S3 and what has to become of it. */
export interface Expectation {
  /** A sentence that says what holds. */
  readonly name: string;
  readonly expected: Decision;
  readonly call: ServiceCall;
  /** What somebody has added to the policy of the bucket, where it decides also with that. */
  readonly added?: PolicyStatement;
}

const OTHER_ACCOUNT_ID = "777788889999";
const MEMBER_ACCOUNT_ID = "555566667777";

const EVERYTHING_ALLOWED: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

const TLS_1_3 = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };

/** What CloudTrail says of an object, and S3 wants to hear. */
const OWNED_BY_BUCKET_OWNER = { "s3:x-amz-acl": "bucket-owner-full-control" };

/** Who calls S3, and with which permissions of his own. */
type Caller = Pick<ServiceCall, "principal" | "identityPolicies" | "context">;

/** What of S3 is called. */
interface Operation {
  /** Goes on after "may". */
  readonly title: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** A call and the sentence that describes it, without its verdict. */
interface Deviation {
  readonly title: string;
  readonly call: ServiceCall;
}

function service(name: string, sourceArn: string): Caller {
  return {
    principal: name,
    identityPolicies: [],
    context: {
      "aws:PrincipalIsAWSService": "true",
      "aws:PrincipalServiceName": name,
      "aws:SourceArn": sourceArn,
      ...TLS_1_3,
    },
  };
}

function person(principal: string, ...identityPolicies: readonly PolicyDocument[]): Caller {
  return { principal, identityPolicies, context: { "aws:PrincipalIsAWSService": "false", ...TLS_1_3 } };
}

/** Of a caller without credentials S3 knows nothing: the context has no key about a principal, not even a false one. */
const anonymous: Caller = { principal: anonymousPrincipal, identityPolicies: [], context: TLS_1_3 };

function withContext(call: ServiceCall, changed: Readonly<Record<string, string>>): ServiceCall {
  return { ...call, context: { ...call.context, ...changed } };
}

function withoutContext(call: ServiceCall, key: string): ServiceCall {
  const { [key]: _value, ...context } = call.context;
  return { ...call, context };
}

/** Without TLS there is no version of it. */
function withoutTls(call: ServiceCall): ServiceCall {
  return withContext(withoutContext(call, "s3:TlsVersion"), { "aws:SecureTransport": "false" });
}

function overTls(call: ServiceCall, version: string): ServiceCall {
  return withContext(call, { "s3:TlsVersion": version });
}

/** What becomes of a call by a policy, and by what the expectation adds to it. */
export function decisionOf(policy: PolicyDocument, { call, added }: Expectation): Promise<Decision> {
  return decide(added === undefined ? policy : { ...policy, Statement: [...policy.Statement, added] }, call);
}

/**
 * The calls that a log bucket has to decide rightly. What is not allowed to a service differs from an allowed call in
 * one thing, so that nothing but the policy's test of that thing can be what denies it.
 */
export function expectationsOf(layout: Layout): readonly Expectation[] {
  return [
    ...deliveries(layout),
    ...otherCallsOfCloudTrail(layout),
    ...callsOfPeople(layout),
    ...replications(layout),
    callOfEverybody(layout),
  ];
}

function callIn(layout: Layout, caller: Caller, { action, resource, context }: Operation): ServiceCall {
  return {
    ...caller,
    action,
    resource,
    resourceAccountId: layout.bucketAccountId,
    context: { ...caller.context, ...context },
  };
}

function putObject(layout: Layout, title: string, key: string): Operation {
  return {
    title,
    action: "s3:PutObject",
    resource: `${layout.bucket}/${key}`,
    context: OWNED_BY_BUCKET_OWNER,
  };
}

function logFile(layout: Layout, folder: string): string {
  return `${folder}/CloudTrail/${layout.region}/2026/11/22/log.json.gz`;
}

/** What CloudTrail has to be able to do, and in what ways it is not allowed to do it. */
function deliveries(layout: Layout): readonly Expectation[] {
  const { bucket, path, region, trail, trailAccountId, organizationId } = layout;
  const cloudTrail = service("cloudtrail.amazonaws.com", trail);
  const logs = `${path}${trailAccountId}`;
  const objects = [
    putObject(layout, "deliver logs of the trail's account", logFile(layout, logs)),
    ...(organizationId === null
      ? []
      : [
          putObject(
            layout,
            "deliver logs of the organization",
            logFile(layout, `${path}${organizationId}/${MEMBER_ACCOUNT_ID}`),
          ),
        ]),
  ];
  const operations: readonly Operation[] = [
    { title: "read the ACL of the bucket", action: "s3:GetBucketAcl", resource: bucket },
    ...objects,
  ];
  const allowed = (operation: Operation, title = operation.title): Expectation => ({
    name: `CloudTrail may ${title}`,
    expected: "allowed",
    call: callIn(layout, cloudTrail, operation),
  });
  return [
    ...operations.map((operation) => allowed(operation)),
    allowed(putObject(layout, "deliver digest files", `${logs}/CloudTrail-Digest/${region}/2026/11/22/digest.json.gz`)),
    ...operations.map((operation) => {
      const expectation = allowed(operation, `${operation.title} over TLS 1.2`);
      return { ...expectation, call: overTls(expectation.call, "1.2") };
    }),
    ...operations.flatMap((operation) => {
      const call = callIn(layout, cloudTrail, operation);
      return [
        ...forWrongTrails(layout, operation.title, call),
        ...byOthers(layout, operation),
        { title: `CloudTrail may not ${operation.title} over TLS 1.1`, call: overTls(call, "1.1") },
        { title: `CloudTrail may not ${operation.title} without TLS`, call: withoutTls(call) },
      ].map(denied);
    }),
    ...objects.flatMap((operation) => withWrongAcl(operation.title, callIn(layout, cloudTrail, operation)).map(denied)),
    ...wrongPaths(layout).map(({ title, key }) =>
      denied({
        title: `CloudTrail may not deliver ${title}`,
        call: callIn(layout, cloudTrail, putObject(layout, title, key)),
      }),
    ),
  ];
}

function denied({ title, call }: Deviation): Expectation {
  return { name: title, expected: "denied", call };
}

function forWrongTrails(layout: Layout, title: string, call: ServiceCall): readonly Deviation[] {
  const { partition, region, otherRegion, bucketAccountId, trailAccountId, trail } = layout;
  const otherPartition = partition === "aws" ? "aws-cn" : "aws";
  const wrongTrails: Readonly<Record<string, string>> = {
    "for a trail of another name": trail.replace("example-logs", "other-logs"),
    "for a trail whose name begins with the right one": `${trail}-2`,
    "for a trail of another account": trail.replace(trailAccountId, OTHER_ACCOUNT_ID),
    "for a trail of another region": trail.replace(region, otherRegion),
    "for a trail of another partition": trail.replace(`arn:${partition}:`, `arn:${otherPartition}:`),
    ...(bucketAccountId === trailAccountId
      ? {}
      : { "for a trail of the delegated administrator's own": trail.replace(trailAccountId, bucketAccountId) }),
  };
  return [
    ...Object.entries(wrongTrails).map(([how, sourceArn]) => ({
      title: `CloudTrail may not ${title} ${how}`,
      call: withContext(call, { "aws:SourceArn": sourceArn }),
    })),
    { title: `CloudTrail may not ${title} for no trail at all`, call: withoutContext(call, "aws:SourceArn") },
  ];
}

function byOthers(layout: Layout, operation: Operation): readonly Deviation[] {
  const { partition, bucketAccountId, trail } = layout;
  const others: Readonly<Record<string, Caller>> = {
    "AWS Config": service("config.amazonaws.com", trail),
    "the delivery of logs of other services": service("delivery.logs.amazonaws.com", trail),
    "a user without permissions": person(`arn:${partition}:iam::${bucketAccountId}:user/guest`),
    "a caller without credentials": anonymous,
  };
  return Object.entries(others).map(([who, caller]) => ({
    title: `${who} may not ${operation.title}`,
    call: callIn(layout, caller, operation),
  }));
}

function withWrongAcl(title: string, call: ServiceCall): readonly Deviation[] {
  return [
    { title: `CloudTrail may not ${title} without an ACL`, call: withoutContext(call, "s3:x-amz-acl") },
    ...["private", "public-read"].map((acl) => ({
      title: `CloudTrail may not ${title} with the ACL ${acl}`,
      call: withContext(call, { "s3:x-amz-acl": acl }),
    })),
  ];
}

/** Where even the right trail has nothing to deliver. */
function wrongPaths(layout: Layout): readonly { readonly title: string; readonly key: string }[] {
  const { path, otherPath, bucketAccountId, trailAccountId, organizationId } = layout;
  const wrongFolders: Readonly<Record<string, string>> = {
    "logs of another account": `${path}${OTHER_ACCOUNT_ID}`,
    "logs of an account whose id begins with the right one": `${path}${trailAccountId}0`,
    "logs under the path of another prefix": `${otherPath}${trailAccountId}`,
    "logs below another folder": `other/${path}${trailAccountId}`,
    "logs beside the folder of all logs": `${path.replace(/\/$/, "-archive/")}${trailAccountId}`,
    ...(organizationId === null
      ? { "logs of an organization where there is none": `${path}o-exampleorgid/${MEMBER_ACCOUNT_ID}` }
      : {
          "logs of another organization": `${path}o-otherorgid00/${MEMBER_ACCOUNT_ID}`,
          "logs of an organization whose id begins with the right one": `${path}${organizationId}0/${MEMBER_ACCOUNT_ID}`,
          "logs of the organization under the path of another prefix": `${otherPath}${organizationId}/${MEMBER_ACCOUNT_ID}`,
          "logs of a member outside of the organization's folder": `${path}${MEMBER_ACCOUNT_ID}`,
        }),
    ...(bucketAccountId === trailAccountId
      ? {}
      : { "logs of the delegated administrator's own account": `${path}${bucketAccountId}` }),
  };
  return [
    ...Object.entries(wrongFolders).map(([title, folder]) => ({ title, key: logFile(layout, folder) })),
    { title: "anything right into the folder of all logs", key: `${path}log.json.gz` },
    { title: "anything right into the bucket", key: "log.json.gz" },
  ];
}

/** What CloudTrail never does and is not allowed to, though in the name of the right trail. */
function otherCallsOfCloudTrail(layout: Layout): readonly Expectation[] {
  const { bucket, path, trail, trailAccountId, organizationId } = layout;
  const folders: Readonly<Record<string, string>> = {
    "": `${path}${trailAccountId}`,
    ...(organizationId === null ? {} : { " of the organization": `${path}${organizationId}/${MEMBER_ACCOUNT_ID}` }),
  };
  const operations: readonly Operation[] = [
    { title: "list the bucket", action: "s3:ListBucket", resource: bucket },
    { title: "change the policy of the bucket", action: "s3:PutBucketPolicy", resource: bucket },
    {
      title: "change the ACL of the bucket",
      action: "s3:PutBucketAcl",
      resource: bucket,
      context: OWNED_BY_BUCKET_OWNER,
    },
    ...Object.entries(folders).flatMap(([whose, folder]): readonly Operation[] => {
      const resource = `${bucket}/${logFile(layout, folder)}`;
      return [
        { title: `read a log${whose}`, action: "s3:GetObject", resource },
        { title: `delete a log${whose}`, action: "s3:DeleteObject", resource },
        {
          title: `change the ACL of a log${whose}`,
          action: "s3:PutObjectAcl",
          resource,
          context: OWNED_BY_BUCKET_OWNER,
        },
      ];
    }),
  ];
  return operations.map((operation) =>
    denied({
      title: `CloudTrail may not ${operation.title}`,
      call: callIn(layout, service("cloudtrail.amazonaws.com", trail), operation),
    }),
  );
}

/** What people may do, whose permissions are as wide as can be, and what they may not do all the same. */
function callsOfPeople(layout: Layout): readonly Expectation[] {
  const { partition, bucketAccountId, trailAccountId, bucket, path, otherPath, organizationId } = layout;
  const iam = `arn:${partition}:iam::${bucketAccountId}`;
  const log = logFile(layout, `${path}${trailAccountId}`);
  const read: Operation = { title: "read a log", action: "s3:GetObject", resource: `${bucket}/${log}` };
  const list: Operation = { title: "list the bucket", action: "s3:ListBucket", resource: bucket };
  const write = (title: string, key: string): Operation => ({
    title,
    action: "s3:PutObject",
    resource: `${bucket}/${key}`,
  });
  const writeReport = write("write outside of the logs", "reports/report.json");
  const expect = (who: string, caller: Caller, expected: Decision, ...operations: readonly Operation[]) =>
    operations.map(
      (operation): Expectation => ({
        name: `${who} ${expected === "allowed" ? "may" : "may not"} ${operation.title}`,
        expected,
        call: callIn(layout, caller, operation),
      }),
    );
  const administrator = person(`${iam}:user/administrator`, EVERYTHING_ALLOWED);
  const session = person(
    `arn:${partition}:sts::${bucketAccountId}:assumed-role/administrator/session`,
    EVERYTHING_ALLOWED,
  );
  const root = person(`${iam}:root`, EVERYTHING_ALLOWED);
  const guest = person(`${iam}:user/guest`);
  const strangers: Readonly<Record<string, string>> = {
    "an administrator of another account": OTHER_ACCOUNT_ID,
    ...(bucketAccountId === trailAccountId ? {} : { "an administrator of the management account": trailAccountId }),
  };
  return [
    ...expect(
      "an administrator",
      administrator,
      "allowed",
      read,
      list,
      { title: "delete a log, as that is recorded", action: "s3:DeleteObject", resource: `${bucket}/${log}` },
      { title: "read the policy of the bucket", action: "s3:GetBucketPolicy", resource: bucket },
      writeReport,
      write("write under the path of another prefix", `${otherPath}${trailAccountId}/report.json`),
      write("write beside the folder of all logs", `${path.replace(/\/$/, "-archive/")}report.json`),
    ),
    ...expect(
      "an administrator",
      administrator,
      "denied",
      write("write a log", log),
      putObject(layout, "write a log with the ACL that CloudTrail gives", log),
      write("write a log of another account", logFile(layout, `${path}${OTHER_ACCOUNT_ID}`)),
      write("write a log of an organization", logFile(layout, `${path}${organizationId ?? "o-exampleorgid"}`)),
      write("write right into the folder of all logs", `${path}log.json.gz`),
      write("make the folder of all logs", path),
    ),
    ...expect("a session of an administrator", session, "allowed", read, list, writeReport),
    ...expect("a session of an administrator", session, "denied", write("write a log", log)),
    ...expect("the root user", root, "allowed", read, list, writeReport),
    ...expect("the root user", root, "denied", write("write a log", log)),
    ...expect("a user without permissions", guest, "denied", read, list, writeReport, write("write a log", log)),
    ...expect("a caller without credentials", anonymous, "denied", read, list, writeReport, write("write a log", log)),
    ...Object.entries(strangers).flatMap(([who, accountId]) =>
      expect(
        who,
        person(`arn:${partition}:iam::${accountId}:user/administrator`, EVERYTHING_ALLOWED),
        "denied",
        read,
        list,
        writeReport,
        write("write a log", log),
      ),
    ),
    ...transports(layout, administrator, [
      read,
      list,
      writeReport,
      { title: "delete a log", action: "s3:DeleteObject", resource: `${bucket}/${log}` },
      { title: "read the ACL of the bucket", action: "s3:GetBucketAcl", resource: bucket },
      { title: "change the policy of the bucket", action: "s3:PutBucketPolicy", resource: bucket },
    ]),
  ];
}

/** The other way to write: copies of what lies in another bucket, also by a role that may do nothing else. */
function replications(layout: Layout): readonly Expectation[] {
  const { partition, bucketAccountId, trailAccountId, bucket, path, otherPath, organizationId } = layout;
  const role = person(`arn:${partition}:sts::${bucketAccountId}:assumed-role/replication/s3-replication`, {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:ReplicateObject", Resource: `${bucket}/*` }],
  });
  const callers: Readonly<Record<string, Caller>> = {
    "an administrator": person(`arn:${partition}:iam::${bucketAccountId}:user/administrator`, EVERYTHING_ALLOWED),
    "a replication role of the same account": role,
  };
  const keys: readonly (readonly [title: string, expected: Decision, key: string])[] = [
    ["replicate a log", "denied", logFile(layout, `${path}${trailAccountId}`)],
    ["replicate a log of another account", "denied", logFile(layout, `${path}${OTHER_ACCOUNT_ID}`)],
    ["replicate a log of an organization", "denied", logFile(layout, `${path}${organizationId ?? "o-exampleorgid"}`)],
    ["replicate right into the folder of all logs", "denied", `${path}log.json.gz`],
    ["replicate outside of the logs", "allowed", "reports/report.json"],
    ["replicate under the path of another prefix", "allowed", `${otherPath}${trailAccountId}/report.json`],
    ["replicate beside the folder of all logs", "allowed", `${path.replace(/\/$/, "-archive/")}report.json`],
  ];
  return Object.entries(callers).flatMap(([who, caller]) =>
    keys.map(([title, expected, key]) => ({
      name: `${who} ${expected === "allowed" ? "may" : "may not"} ${title}`,
      expected,
      call: callIn(layout, caller, { title, action: "s3:ReplicateObject", resource: `${bucket}/${key}` }),
    })),
  );
}

/** The policy allows nothing to callers without credentials; where something else does, it has to deny them logs. */
function callOfEverybody(layout: Layout): Expectation {
  const { bucket, path, trailAccountId } = layout;
  const log = `${bucket}/${logFile(layout, `${path}${trailAccountId}`)}`;
  const title = "write a log, though an added statement allows that to everybody";
  return {
    name: `a caller without credentials may not ${title}`,
    expected: "denied",
    call: callIn(layout, anonymous, { title, action: "s3:PutObject", resource: log }),
    added: { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: `${bucket}/${path}*` },
  };
}

/** The ways to the bucket, each with calls that are allowed to the caller by a good way. */
function transports(layout: Layout, caller: Caller, operations: readonly Operation[]): readonly Expectation[] {
  return operations.flatMap((operation) => {
    const call = callIn(layout, caller, operation);
    const title = (verb: string, way: string) => `an administrator ${verb} ${operation.title} ${way}`;
    return [
      ...["1.2", "1.3"].map(
        (version): Expectation => ({
          name: title("may", `over TLS ${version}`),
          expected: "allowed",
          call: overTls(call, version),
        }),
      ),
      ...["1.0", "1.1"].map((version) =>
        denied({ title: title("may not", `over TLS ${version}`), call: overTls(call, version) }),
      ),
      denied({ title: title("may not", "without TLS"), call: withoutTls(call) }),
    ];
  });
}

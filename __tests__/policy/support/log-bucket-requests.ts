import {
  anonymous,
  type Caller,
  type Deviation,
  denied,
  EVERYTHING_ALLOWED,
  type Expectation,
  MEMBER_ACCOUNT_ID,
  type Operation,
  OTHER_ACCOUNT_ID,
  overTls,
  person,
  service,
  TLS_1_3,
  type TrailParts,
  trailArnOf,
  withContext,
  withoutContext,
  withoutTls,
  wrongTrails,
} from "./calls";
import type { Decision, ServiceCall } from "./evaluator";
import type { Layout } from "./log-bucket-layouts";

/** What CloudTrail says of an object, and S3 wants to hear. */
const OWNED_BY_BUCKET_OWNER = { "s3:x-amz-acl": "bucket-owner-full-control" };

const ENCRYPTION_HEADER = "s3:x-amz-server-side-encryption";

const OTHER_ORGANIZATION_ID = "o-otherorgid00";

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
    ...(layout.restriction?.deliveries ? deliveriesForOutsiders(layout) : []),
    ...(layout.restriction?.principals ? callsOfOutsiders(layout) : []),
    ...(layout.encryptedUploads ? unencryptedUploads(layout) : []),
    ...(layout.readerAccountId === undefined ? [] : callsOfReader(layout, layout.readerAccountId)),
  ];
}

/** A call with what is true of every call of such a caller in the layout. */
function callIn(layout: Layout, caller: Caller, { action, resource, context }: Operation): ServiceCall {
  return {
    ...caller,
    action,
    resource,
    resourceAccountId: layout.bucketAccountId,
    context: {
      ...TLS_1_3,
      ...caller.context,
      ...organizationOf(layout, caller),
      ...(layout.encryptedUploads && action === "s3:PutObject" ? { [ENCRYPTION_HEADER]: "AES256" } : {}),
      ...context,
    },
  };
}

/** Where the bucket is closed to an organization, everybody is of it who does not say otherwise. */
function organizationOf({ restriction }: Layout, { context }: Caller): Readonly<Record<string, string>> {
  if (restriction === undefined) {
    return {};
  }
  switch (context["aws:PrincipalIsAWSService"]) {
    case "true":
      return { "aws:SourceOrgID": restriction.id };
    case "false":
      return { "aws:PrincipalOrgID": restriction.id };
    default:
      return {};
  }
}

/** CloudTrail on behalf of a trail. */
function cloudTrailFor(trail: TrailParts): Caller {
  return service("cloudtrail.amazonaws.com", { "aws:SourceArn": trailArnOf(trail) });
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

/** What CloudTrail does to deliver the logs of a trail: the first trail's, unless another is named. */
function operationsOfDelivery(layout: Layout, trail: TrailParts): readonly [Operation, ...(readonly Operation[])] {
  const { bucket, path, organizationId, trails } = layout;
  const further = trail !== trails[0];
  const whose = further ? ` of ${trail.name}` : "";
  return [
    {
      title: `read the ACL of the bucket${further ? ` for ${trail.name}` : ""}`,
      action: "s3:GetBucketAcl",
      resource: bucket,
    },
    putObject(
      layout,
      further ? `deliver logs${whose}` : "deliver logs of the trail's account",
      logFile(layout, `${path}${trail.accountId}`),
    ),
    ...(organizationId === null || further
      ? []
      : [
          putObject(
            layout,
            "deliver logs of the organization",
            logFile(layout, `${path}${organizationId}/${MEMBER_ACCOUNT_ID}`),
          ),
        ]),
  ];
}

/** What CloudTrail has to be able to do, and in what ways it is not allowed to do it. */
function deliveries(layout: Layout): readonly Expectation[] {
  const { path, region, trails, trailAccountId } = layout;
  const ofTrail = (trail: TrailParts): readonly Expectation[] => {
    const cloudTrail = cloudTrailFor(trail);
    const operations = operationsOfDelivery(layout, trail);
    const [, ...objects] = operations;
    const allowed = (operation: Operation, title = operation.title): Expectation => ({
      name: `CloudTrail may ${title}`,
      expected: "allowed",
      call: callIn(layout, cloudTrail, operation),
    });
    return [
      ...operations.map((operation) => allowed(operation)),
      ...operations.map((operation) => {
        const { call, ...expectation } = allowed(operation, `${operation.title} over TLS 1.2`);
        return { ...expectation, call: overTls(call, "1.2") };
      }),
      ...operations.flatMap((operation) => {
        const call = callIn(layout, cloudTrail, operation);
        return [
          ...forWrongTrails(layout, trail, operation.title, call),
          ...byOthers(layout, trail, operation),
          { title: `CloudTrail may not ${operation.title} over TLS 1.1`, call: overTls(call, "1.1") },
          { title: `CloudTrail may not ${operation.title} without TLS`, call: withoutTls(call) },
        ].map(denied);
      }),
      ...objects.flatMap((operation) =>
        withWrongAcl(operation.title, callIn(layout, cloudTrail, operation)).map(denied),
      ),
    ];
  };
  const cloudTrail = cloudTrailFor(trails[0]);
  const digest = `${path}${trailAccountId}/CloudTrail-Digest/${region}/2026/11/22/digest.json.gz`;
  return [
    ...trails.flatMap(ofTrail),
    {
      name: "CloudTrail may deliver digest files",
      expected: "allowed",
      call: callIn(layout, cloudTrail, putObject(layout, "deliver digest files", digest)),
    },
    ...deliveriesOfFurtherTrails(layout).map(denied),
    ...wrongPaths(layout).map(({ title, key }) =>
      denied({
        title: `CloudTrail may not deliver ${title}`,
        call: callIn(layout, cloudTrail, putObject(layout, title, key)),
      }),
    ),
  ];
}

/** What further trails, which are those of single accounts, do not deliver. */
function deliveriesOfFurtherTrails(layout: Layout): readonly Deviation[] {
  const { trails, organizationId, path } = layout;
  if (organizationId === null) {
    return [];
  }
  const key = logFile(layout, `${path}${organizationId}/${MEMBER_ACCOUNT_ID}`);
  return trails.slice(1).map((trail) => ({
    title: `CloudTrail may not deliver logs of the organization for ${trail.name}`,
    call: callIn(layout, cloudTrailFor(trail), putObject(layout, "", key)),
  }));
}

function forWrongTrails(layout: Layout, trail: TrailParts, title: string, call: ServiceCall): readonly Deviation[] {
  const { otherRegion, bucketAccountId, trailAccountId } = layout;
  const wrong: Readonly<Record<string, string>> = {
    ...wrongTrails(trail, otherRegion),
    ...(bucketAccountId === trailAccountId
      ? {}
      : { "a trail of the bucket's own account": trailArnOf(trail, { accountId: bucketAccountId }) }),
  };
  return [
    ...Object.entries(wrong).map(([which, sourceArn]) => ({
      title: `CloudTrail may not ${title} for ${which}`,
      call: withContext(call, { "aws:SourceArn": sourceArn }),
    })),
    { title: `CloudTrail may not ${title} for no trail at all`, call: withoutContext(call, "aws:SourceArn") },
  ];
}

function byOthers(layout: Layout, trail: TrailParts, operation: Operation): readonly Deviation[] {
  const { partition, bucketAccountId } = layout;
  const source = { "aws:SourceArn": trailArnOf(trail) };
  const others: Readonly<Record<string, Caller>> = {
    "AWS Config": service("config.amazonaws.com", source),
    "the delivery of logs of other services": service("delivery.logs.amazonaws.com", source),
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
  const { path, otherPath, bucketAccountId, trailAccountId, organizationId, trails } = layout;
  const wrongFolders: Readonly<Record<string, string>> = {
    "logs of another account": `${path}${OTHER_ACCOUNT_ID}`,
    "logs of an account whose id begins with the right one": `${path}${trailAccountId}0`,
    ...Object.fromEntries(
      trails
        .slice(1)
        .map(({ name, accountId }) => [
          `logs of an account whose id begins with that of ${name}`,
          `${path}${accountId}0`,
        ]),
    ),
    "logs under the path of another prefix": `${otherPath}${trailAccountId}`,
    "logs below another folder": `other/${path}${trailAccountId}`,
    "logs beside the folder of all logs": `${path.replace(/\/$/, "-archive/")}${trailAccountId}`,
    ...(organizationId === null
      ? { "logs of an organization where there is none": `${path}o-exampleorgid/${MEMBER_ACCOUNT_ID}` }
      : {
          "logs of another organization": `${path}${OTHER_ORGANIZATION_ID}/${MEMBER_ACCOUNT_ID}`,
          "logs of an organization whose id begins with the right one": `${path}${organizationId}0/${MEMBER_ACCOUNT_ID}`,
          "logs of the organization under the path of another prefix": `${otherPath}${organizationId}/${MEMBER_ACCOUNT_ID}`,
          "logs of a member outside of the organization's folder": `${path}${MEMBER_ACCOUNT_ID}`,
        }),
    ...(bucketAccountId === trailAccountId ? {} : { "logs of the bucket's own account": `${path}${bucketAccountId}` }),
  };
  return [
    ...Object.entries(wrongFolders).map(([title, folder]) => ({ title, key: logFile(layout, folder) })),
    { title: "anything right into the folder of all logs", key: `${path}log.json.gz` },
    { title: "anything right into the bucket", key: "log.json.gz" },
  ];
}

/** What CloudTrail never does and is not allowed to, though in the name of the right trail. */
function otherCallsOfCloudTrail(layout: Layout): readonly Expectation[] {
  const { bucket, path, trails, trailAccountId, organizationId } = layout;
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
      call: callIn(layout, cloudTrailFor(trails[0]), operation),
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
    ...(bucketAccountId === trailAccountId ? {} : { "an administrator of the trail's account": trailAccountId }),
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

/** Deliveries for accounts outside of the organization, to which the bucket is closed. */
function deliveriesForOutsiders(layout: Layout): readonly Expectation[] {
  return layout.trails.flatMap((trail) =>
    operationsOfDelivery(layout, trail).flatMap((operation) => {
      const call = callIn(layout, cloudTrailFor(trail), operation);
      const title = `CloudTrail may not ${operation.title} on behalf of`;
      return [
        {
          title: `${title} an account of another organization`,
          call: withContext(call, { "aws:SourceOrgID": OTHER_ORGANIZATION_ID }),
        },
        { title: `${title} an account of no organization`, call: withoutContext(call, "aws:SourceOrgID") },
      ].map(denied);
    }),
  );
}

/** What people outside of the organization do, though somebody has let everybody in. */
function callsOfOutsiders(layout: Layout): readonly Expectation[] {
  const { partition, bucket, restriction, bucketAccountId } = layout;
  const added = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
  } as const;
  const administrator = (accountId: string): Caller =>
    person(`arn:${partition}:iam::${accountId}:user/administrator`, EVERYTHING_ALLOWED);
  const report = `${bucket}/reports/report.json`;
  const operations: readonly Operation[] = [
    { title: "read a report", action: "s3:GetObject", resource: report },
    { title: "write a report", action: "s3:PutObject", resource: report },
    { title: "list the bucket", action: "s3:ListBucket", resource: bucket },
    { title: "read the policy of the bucket", action: "s3:GetBucketPolicy", resource: bucket },
  ];
  const callers: readonly (readonly [
    who: string,
    expected: Decision,
    caller: Caller,
    organization: string | undefined,
  ])[] = [
    ["an administrator of a member account", "allowed", administrator(MEMBER_ACCOUNT_ID), restriction?.id],
    ["an administrator of another organization", "denied", administrator(OTHER_ACCOUNT_ID), OTHER_ORGANIZATION_ID],
    ["an administrator of no organization", "denied", administrator(OTHER_ACCOUNT_ID), undefined],
    [
      "an administrator of the bucket's account that has left the organization",
      "denied",
      administrator(bucketAccountId),
      undefined,
    ],
    ["a caller without credentials", "denied", anonymous, undefined],
  ];
  return callers.flatMap(([who, expected, caller, organization]) =>
    operations.map((operation) => {
      const call = withoutContext(callIn(layout, caller, operation), "aws:PrincipalOrgID");
      return {
        name:
          `${who} ${expected === "allowed" ? "may" : "may not"} ${operation.title}, ` +
          "though an added statement allows everything to everybody",
        expected,
        call: organization === undefined ? call : withContext(call, { "aws:PrincipalOrgID": organization }),
        added,
      };
    }),
  );
}

/** Uploads by what they ask for: CloudTrail uses both kinds of encryption. */
function unencryptedUploads(layout: Layout): readonly Expectation[] {
  const { partition, bucket, bucketAccountId, trails } = layout;
  const report: Operation = {
    title: "write a report",
    action: "s3:PutObject",
    resource: `${bucket}/reports/report.json`,
  };
  const [, log] = operationsOfDelivery(layout, trails[0]);
  const callers: readonly (readonly [who: string, caller: Caller, operation: Operation])[] = [
    [
      "an administrator",
      person(`arn:${partition}:iam::${bucketAccountId}:user/administrator`, EVERYTHING_ALLOWED),
      report,
    ],
    ["CloudTrail", cloudTrailFor(trails[0]), log as Operation],
  ];
  return callers.flatMap(([who, caller, operation]) => {
    const call = callIn(layout, caller, operation);
    const uploads: readonly (readonly [how: string, expected: Decision, call: ServiceCall])[] = [
      ["encrypted with SSE-S3", "allowed", withContext(call, { [ENCRYPTION_HEADER]: "AES256" })],
      ["encrypted with SSE-KMS", "allowed", withContext(call, { [ENCRYPTION_HEADER]: "aws:kms" })],
      ["encrypted in another way", "denied", withContext(call, { [ENCRYPTION_HEADER]: "aws:kms:dsse" })],
      ["without asking for encryption", "denied", withoutContext(call, ENCRYPTION_HEADER)],
    ];
    return uploads.map(([how, expected, upload]) => ({
      name: `${who} ${expected === "allowed" ? "may" : "may not"} ${operation.title} ${how}`,
      expected,
      call: upload,
    }));
  });
}

/** What the account may do to which the additional policy gives the right to read. */
function callsOfReader(layout: Layout, accountId: string): readonly Expectation[] {
  const { partition, bucket, path, trailAccountId } = layout;
  const log = `${bucket}/${logFile(layout, `${path}${trailAccountId}`)}`;
  const user = `arn:${partition}:iam::${accountId}:user/reader`;
  const reader = person(user, EVERYTHING_ALLOWED);
  const read: Operation = { title: "read a log", action: "s3:GetObject", resource: log };
  const expect = (who: string, expected: Decision, caller: Caller, operation: Operation): Expectation => ({
    name: `${who} ${expected === "allowed" ? "may" : "may not"} ${operation.title}`,
    expected,
    call: callIn(layout, caller, operation),
  });
  return [
    expect("a reader of the additional policy", "allowed", reader, read),
    expect("a reader of the additional policy without permissions of his own", "denied", person(user), read),
    ...[
      { title: "delete a log", action: "s3:DeleteObject", resource: log },
      { title: "list the bucket", action: "s3:ListBucket", resource: bucket },
      { title: "write a log", action: "s3:PutObject", resource: log },
    ].map((operation) => expect("a reader of the additional policy", "denied", reader, operation)),
    denied({
      title: "a reader of the additional policy may not read a log without TLS",
      call: withoutTls(callIn(layout, reader, read)),
    }),
  ];
}

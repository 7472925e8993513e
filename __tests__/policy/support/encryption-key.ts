import type { EncryptionKeyProps } from "../../../src/components/encryption-key/encryption-key";
import { keyPolicyOf } from "../../components/support/policies";
import {
  anonymous,
  type Caller,
  denied,
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
import type { Decision, PolicyDocument, ServiceCall } from "./evaluator";

/** One way in which a key is used, written out by hand. */
export interface KeyLayout {
  readonly name: string;
  readonly props: EncryptionKeyProps;
  readonly partition: string;
  readonly region: string;
  readonly otherRegion: string;
  /** The end of the names of services. */
  readonly dnsSuffix: string;
  readonly accountId: string;
  /** The trail, and further ones of other accounts. */
  readonly trails: readonly [TrailParts, ...(readonly TrailParts[])];
  /** Whether there are readers: a role of the key's account, and another account. */
  readonly readers: boolean;
  /** The ARN of the log group that is encrypted with the key. */
  readonly logGroup?: string;
}

const ACCOUNT_ID = "111122223333";
const MANAGEMENT_ACCOUNT_ID = "444455556666";
const READER_ACCOUNT_ID = "222233334444";
const LOG_GROUP_NAME = "/aws/cloudtrail/example-logs";

const places = {
  commercial: { partition: "aws", region: "eu-central-1", otherRegion: "us-east-1", dnsSuffix: "amazonaws.com" },
  china: { partition: "aws-cn", region: "cn-north-1", otherRegion: "cn-northwest-1", dnsSuffix: "amazonaws.com.cn" },
  govCloud: {
    partition: "aws-us-gov",
    region: "us-gov-west-1",
    otherRegion: "us-gov-east-1",
    dnsSuffix: "amazonaws.com",
  },
} as const;

interface Uses {
  /** Whether the trail is that of an organization, and by whom it was made. */
  readonly organization?: "by the management account" | "by a delegated administrator";
  readonly furtherTrails?: boolean;
  readonly readers?: boolean;
  readonly logGroup?: boolean;
}

const furtherTrails = [
  { accountId: "555500006666", region: "eu-central-1", name: "second-logs" },
  { accountId: "666600007777", region: "eu-west-1", name: "third.logs" },
] as const;

function layoutOf(placeName: keyof typeof places, uses: Uses): KeyLayout {
  const place = places[placeName];
  const { partition, region } = place;
  const accountId = uses.organization === "by the management account" ? MANAGEMENT_ACCOUNT_ID : ACCOUNT_ID;
  const trailAccountId = uses.organization === undefined ? ACCOUNT_ID : MANAGEMENT_ACCOUNT_ID;
  const further = uses.furtherTrails ? furtherTrails : [];
  const named = Object.entries(uses).map(([use, how]) => (how === true ? use : `${use} ${how}`));
  return {
    name: [partition, ...(named.length === 0 ? ["the trail alone"] : named)].join(", "),
    ...place,
    accountId,
    trails: [
      { partition, region, accountId: trailAccountId, name: "example-logs" },
      ...further.map((trail) => ({ partition, ...trail })),
    ],
    readers: uses.readers ?? false,
    ...(uses.logGroup ? { logGroup: `arn:${partition}:logs:${region}:${accountId}:log-group:${LOG_GROUP_NAME}` } : {}),
    props: {
      accountId,
      region,
      trailName: "example-logs",
      ...(uses.organization === undefined
        ? {}
        : { organization: { id: "o-exampleorgid", managementAccountId: MANAGEMENT_ACCOUNT_ID } }),
      furtherTrails: further,
      ...(uses.readers ? { readers: [readerRole(partition, accountId), rootOf(partition, READER_ACCOUNT_ID)] } : {}),
      ...(uses.logGroup ? { logGroupName: LOG_GROUP_NAME } : {}),
    },
  };
}

function readerRole(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:role/audit/reader`;
}

function rootOf(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

const everything = layoutOf("commercial", {
  organization: "by a delegated administrator",
  furtherTrails: true,
  readers: true,
  logGroup: true,
});

const inChina = layoutOf("china", { readers: true, logGroup: true });

/** The layouts of a key with each of its uses, in every partition. */
export const keyLayouts: readonly KeyLayout[] = [
  layoutOf("commercial", {}),
  layoutOf("govCloud", { organization: "by the management account", logGroup: true }),
  layoutOf("china", { organization: "by a delegated administrator" }),
  layoutOf("commercial", { furtherTrails: true }),
  inChina,
  everything,
];

/** Layouts with every statement and every condition in one of them at least. */
export const mistakenKeyLayouts: readonly KeyLayout[] = [inChina, everything];

export function keyPolicy({ props }: KeyLayout): PolicyDocument {
  return JSON.parse(keyPolicyOf(props));
}

/** What the encryption context of logs is: the trail, under the name that it has in each region. */
const TRAIL_CONTEXT = "kms:EncryptionContext:aws:cloudtrail:arn";

const LOG_GROUP_CONTEXT = "kms:EncryptionContext:aws:logs:arn";

function callOf(layout: KeyLayout, caller: Caller, action: string, context: ServiceCall["context"] = {}): ServiceCall {
  const { partition, region, accountId } = layout;
  return {
    ...caller,
    action,
    resource: `arn:${partition}:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    resourceAccountId: accountId,
    context: { ...caller.context, ...context },
  };
}

/** The calls that a key has to decide rightly. */
export function expectationsOfKey(layout: KeyLayout): readonly Expectation[] {
  return [
    ...layout.trails.flatMap((trail, index) => callsForTrail(layout, trail, index === 0 ? "" : ` for ${trail.name}`)),
    ...otherCallsOfCloudTrail(layout),
    ...callsOfPeople(layout),
    ...callsOfReaders(layout),
    ...callsOfLogs(layout),
  ];
}

/** What CloudTrail does with the key, by what it is for. */
function operationsOf(
  trail: TrailParts,
): readonly (readonly [title: string, action: string, ServiceCall["context"]])[] {
  const encryption = { [TRAIL_CONTEXT]: trailArnOf(trail) };
  return [
    ["encrypt a log", "kms:GenerateDataKey", encryption],
    ["encrypt a log with a data key that it does not see", "kms:GenerateDataKeyWithoutPlaintext", encryption],
    ["look at the key", "kms:DescribeKey", {}],
    ["decrypt what tests the bucket", "kms:Decrypt", encryption],
  ];
}

function cloudTrailFor(trail: TrailParts): Caller {
  return service("cloudtrail.amazonaws.com", { "aws:SourceArn": trailArnOf(trail) });
}

function callsForTrail(layout: KeyLayout, trail: TrailParts, suffix: string): readonly Expectation[] {
  const { partition, accountId, otherRegion } = layout;
  const source = { "aws:SourceArn": trailArnOf(trail) };
  const others: Readonly<Record<string, Caller>> = {
    "AWS Config": service("config.amazonaws.com", source),
    "a user without permissions": person(`arn:${partition}:iam::${accountId}:user/guest`),
    "a caller without credentials": anonymous,
  };
  const perOperation = operationsOf(trail).flatMap(([what, action, context]) => {
    const title = `${what}${suffix}`;
    const call = callOf(layout, cloudTrailFor(trail), action, context);
    return [
      expectation("CloudTrail", "allowed", title, call),
      ...Object.entries(wrongTrails(trail, otherRegion)).map(([which, arn]) =>
        expectation(
          "CloudTrail",
          "denied",
          `${title} on behalf of ${which}`,
          withContext(call, { "aws:SourceArn": arn }),
        ),
      ),
      expectation("CloudTrail", "denied", `${title} on behalf of no trail`, withoutContext(call, "aws:SourceArn")),
      ...Object.entries(others).map(([who, caller]) =>
        expectation(who, "denied", title, callOf(layout, caller, action, context)),
      ),
    ];
  });
  const encrypt = callOf(layout, cloudTrailFor(trail), "kms:GenerateDataKey");
  const contexts: readonly (readonly [of: string, expected: Decision, arn: string])[] = [
    ["another region", "allowed", trailArnOf(trail, { region: otherRegion })],
    ["another account", "denied", trailArnOf(trail, { accountId: OTHER_ACCOUNT_ID })],
    ["another partition", "denied", trailArnOf(trail, { partition: otherPartition(trail.partition) })],
    ["something that is no trail", "denied", trailArnOf(trail).replace(":trail/", ":eventdatastore/")],
  ];
  return [
    ...perOperation,
    ...contexts.map(([of, expected, arn]) =>
      expectation(
        "CloudTrail",
        expected,
        `encrypt a log of ${of}${suffix}`,
        withContext(encrypt, { [TRAIL_CONTEXT]: arn }),
      ),
    ),
    expectation("CloudTrail", "denied", `encrypt what has no context${suffix}`, encrypt),
  ];
}

/** What CloudTrail never does and is not allowed to, though in the name of the right trail. */
function otherCallsOfCloudTrail(layout: KeyLayout): readonly Expectation[] {
  const [trail] = layout.trails;
  const encryption = { [TRAIL_CONTEXT]: trailArnOf(trail) };
  const calls: readonly (readonly [title: string, action: string, ServiceCall["context"]])[] = [
    ["encrypt with the key itself", "kms:Encrypt", encryption],
    ["encrypt again", "kms:ReEncryptTo", encryption],
    ["give somebody else the key", "kms:CreateGrant", {}],
    ["change the policy of the key", "kms:PutKeyPolicy", {}],
    ["delete the key", "kms:ScheduleKeyDeletion", {}],
  ];
  return calls.map(([title, action, context]) =>
    expectation("CloudTrail", "denied", title, callOf(layout, cloudTrailFor(trail), action, context)),
  );
}

function callsOfPeople(layout: KeyLayout): readonly Expectation[] {
  const { partition, accountId } = layout;
  const calls: readonly (readonly [title: string, action: string])[] = [
    ["decrypt a log", "kms:Decrypt"],
    ["encrypt something", "kms:Encrypt"],
    ["look at the key", "kms:DescribeKey"],
    ["change the policy of the key", "kms:PutKeyPolicy"],
    ["delete the key", "kms:ScheduleKeyDeletion"],
  ];
  const of = (account: string, name: string, ...policies: readonly PolicyDocument[]): Caller =>
    person(`arn:${partition}:iam::${account}:user/${name}`, ...policies);
  const callers: readonly (readonly [who: string, expected: Decision, caller: Caller])[] = [
    ["an administrator", "allowed", of(accountId, "administrator", EVERYTHING_ALLOWED)],
    ["the root user", "allowed", person(rootOf(partition, accountId), EVERYTHING_ALLOWED)],
    ["a user without permissions of his own", "denied", of(accountId, "other-guest")],
    ["an administrator of another account", "denied", of(OTHER_ACCOUNT_ID, "administrator", EVERYTHING_ALLOWED)],
    ["nobody in particular", "denied", anonymous],
  ];
  return callers.flatMap(([who, expected, caller]) =>
    calls.map(([title, action]) => expectation(who, expected, title, callOf(layout, caller, action))),
  );
}

/** What readers may do: decrypt what they read from S3, and nothing else. */
function callsOfReaders(layout: KeyLayout): readonly Expectation[] {
  const { partition, region, otherRegion, accountId, dnsSuffix, readers } = layout;
  const verdict: Decision = readers ? "allowed" : "denied";
  const throughS3 = { "kms:ViaService": `s3.${region}.${dnsSuffix}` };
  const session = `arn:${partition}:sts::${accountId}:assumed-role/audit/reader/session`;
  const role = readerRole(partition, accountId);
  const people: Readonly<Record<string, Caller>> = {
    "the reader's role": person(role),
    "a user of the readers' account": person(
      `arn:${partition}:iam::${READER_ACCOUNT_ID}:user/auditor`,
      EVERYTHING_ALLOWED,
    ),
  };
  const wrongWays: Readonly<Record<string, ServiceCall["context"]>> = {
    directly: {},
    "through another service": { "kms:ViaService": `dynamodb.${region}.${dnsSuffix}` },
    "through S3 of another region": { "kms:ViaService": `s3.${otherRegion}.${dnsSuffix}` },
  };
  return [
    ...Object.entries(people).flatMap(([who, caller]) => [
      expectation(who, verdict, "decrypt what is read from S3", callOf(layout, caller, "kms:Decrypt", throughS3)),
      ...Object.entries(wrongWays).map(([way, context]) =>
        expectation(who, "denied", `decrypt ${way}`, callOf(layout, caller, "kms:Decrypt", context)),
      ),
      expectation(who, "denied", "encrypt through S3", callOf(layout, caller, "kms:GenerateDataKey", throughS3)),
      expectation(who, "denied", "change the policy of the key", callOf(layout, caller, "kms:PutKeyPolicy")),
    ]),
    ...Object.entries({
      "another role of the key's account": person(role.replace("reader", "other")),
      "a session of another role": person(session.replace("reader", "other")),
      "a user of the readers' account without permissions": person(
        `arn:${partition}:iam::${READER_ACCOUNT_ID}:user/guest`,
      ),
      "an administrator of an account that is no reader's": person(
        `arn:${partition}:iam::${OTHER_ACCOUNT_ID}:user/administrator`,
        EVERYTHING_ALLOWED,
      ),
    }).map(([who, caller]) =>
      expectation(who, "denied", "decrypt what is read from S3", callOf(layout, caller, "kms:Decrypt", throughS3)),
    ),
  ];
}

/** What CloudWatch Logs does with the key, for its one log group. */
function callsOfLogs(layout: KeyLayout): readonly Expectation[] {
  const { partition, region, otherRegion, accountId, dnsSuffix, logGroup } = layout;
  const verdict: Decision = logGroup === undefined ? "denied" : "allowed";
  const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${LOG_GROUP_NAME}`;
  const logs = service(`logs.${region}.${dnsSuffix}`, {});
  const actions: readonly (readonly [title: string, action: string])[] = [
    ["encrypt", "kms:Encrypt"],
    ["decrypt", "kms:Decrypt"],
    ["make data keys", "kms:GenerateDataKey"],
    ["encrypt again from the key", "kms:ReEncryptFrom"],
    ["encrypt again to the key", "kms:ReEncryptTo"],
  ];
  const wrongGroups: Readonly<Record<string, string>> = {
    "another log group": arn.replace("example-logs", "other-logs"),
    "a log group whose name begins with the right one": `${arn}-2`,
    "a log group of another account": arn.replace(accountId, OTHER_ACCOUNT_ID),
    "a log group of another region": arn.replace(region, otherRegion),
    "a log group of another partition": arn.replace(`arn:${partition}:`, `arn:${otherPartition(partition)}:`),
  };
  const decrypt = callOf(layout, logs, "kms:Decrypt", { [LOG_GROUP_CONTEXT]: arn });
  return [
    ...actions.map(([title, action]) =>
      expectation(
        "CloudWatch Logs",
        verdict,
        `${title} for the log group`,
        callOf(layout, logs, action, { [LOG_GROUP_CONTEXT]: arn }),
      ),
    ),
    ...Object.entries(wrongGroups).map(([which, group]) =>
      expectation(
        "CloudWatch Logs",
        "denied",
        `decrypt for ${which}`,
        withContext(decrypt, { [LOG_GROUP_CONTEXT]: group }),
      ),
    ),
    expectation(
      "CloudWatch Logs",
      "denied",
      "give somebody else the key",
      callOf(layout, logs, "kms:CreateGrant", { [LOG_GROUP_CONTEXT]: arn }),
    ),
    expectation("CloudWatch Logs", "denied", "delete the key", callOf(layout, logs, "kms:ScheduleKeyDeletion")),
    denied({
      title: "CloudWatch Logs may not decrypt for no log group",
      call: withoutContext(decrypt, LOG_GROUP_CONTEXT),
    }),
    expectation(
      "CloudWatch Logs of another region",
      "denied",
      "decrypt for the log group",
      callOf(layout, service(`logs.${otherRegion}.${dnsSuffix}`, {}), "kms:Decrypt", { [LOG_GROUP_CONTEXT]: arn }),
    ),
    expectation(
      "AWS Backup",
      "denied",
      "decrypt for the log group",
      callOf(layout, service("backup.amazonaws.com", {}), "kms:Decrypt", { [LOG_GROUP_CONTEXT]: arn }),
    ),
  ];
}

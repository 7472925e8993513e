import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { notes, notesAmong } from "../../src/audit-trail/notes";

const props: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

const forgeable = (path: string) =>
  `${path}: the trail does not record what is put there, so that the policy of that bucket has to deny it to everybody ` +
  "but AWS services, or somebody inside could forge access logs unseen";

const notesOf = (inputs: Partial<AuditTrailProps>) => notes({ ...props, ...inputs });

const SMALL_LOGS_STAY =
  "log_bucket.transitions leave logs under 128 KB where they are, and most are smaller: to GLACIER and DEEP_ARCHIVE " +
  "alone S3 moves those, too";

test("small logs are moved to GLACIER and DEEP_ARCHIVE, unless a least size holds for all storage classes", () => {
  const notesOn = (transitionDefaultMinimumObjectSize: "varies_by_storage_class" | "all_storage_classes_128K") =>
    notesOf({
      logBucket: {
        transitions: [
          { days: 90, storageClass: "GLACIER_IR" },
          { days: 180, storageClass: "GLACIER" },
        ],
        transitionDefaultMinimumObjectSize,
      },
    });
  expect(notesOn("varies_by_storage_class")).not.toContain(SMALL_LOGS_STAY);
  expect(notesOn("all_storage_classes_128K")).toContain(SMALL_LOGS_STAY);
});

test("of choices by which nothing is lost there is nothing to note", () => {
  expect(notesOf({})).toEqual([]);
  expect(
    notesOf({
      multiRegion: true,
      enableLogging: true,
      createTrail: true,
      managementEvents: { readWriteType: "All", excludeEventSources: [] },
      logBucket: {
        transitions: [],
        forceDestroy: false,
        accessLogs: { forceDestroy: false, existingBucket: null },
        additionalPolicy: null,
      },
    }),
  ).toEqual([]);
  expect(notesOf({ logBucket: { existingBucket: { name: "all-logs", accessLogPath: null } } })).toEqual([]);
});

test.each<[Partial<AuditTrailProps>, string]>([
  [
    { multiRegion: false },
    "multi_region is false: calls in other regions, and those to global services, are not recorded",
  ],
  [{ enableLogging: false }, "enable_logging is false: nothing is recorded until it is true"],
  [
    { createTrail: false },
    "create_trail is false: what is around the trail is made; the trail of that name has to be there, or come later",
  ],
  [{ managementEvents: null }, "management_events is null: controls of CIS and Security Hub count on them"],
  [
    { managementEvents: { readWriteType: "WriteOnly" } },
    "management_events are recorded in part: controls of CIS and Security Hub count on reads and writes",
  ],
  [
    { managementEvents: { excludeEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] } },
    "management_events leave out kms.amazonaws.com and rdsdata.amazonaws.com: " +
      "controls of CIS and Security Hub count on all",
  ],
  ...(["GLACIER", "DEEP_ARCHIVE"] as const).map((storageClass): [Partial<AuditTrailProps>, string] => [
    { logBucket: { transitions: [{ days: 90, storageClass }] } },
    "log_bucket.transitions move logs to where they have to be restored before anybody, or Athena, can read them",
  ]),
  ...(["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"] as const).map(
    (storageClass): [Partial<AuditTrailProps>, string] => [
      { logBucket: { transitions: [{ days: 90, storageClass }] } },
      SMALL_LOGS_STAY,
    ],
  ),
  [
    { logBucket: { forceDestroy: true } },
    "log_bucket.force_destroy is true: terraform destroy deletes all logs, and every version of them",
  ],
  ...["role/*", "role/**", "user/*"].map((pattern): [Partial<AuditTrailProps>, string] => [
    { logBucket: { denyTampering: { except: [`arn:aws:iam::111122223333:${pattern}`] } } },
    "log_bucket.deny_tampering.except stands for every role, or every user, of an account: it denies them nothing",
  ]),
  [
    { logBucket: { accessLogs: { forceDestroy: true } } },
    "log_bucket.access_logs.force_destroy is true: terraform destroy deletes all access logs",
  ],
  [
    { logBucket: { accessLogs: { existingBucket: { name: "example-access" } } } },
    forgeable("log_bucket.access_logs.existing_bucket"),
  ],
  [
    { logBucket: { existingBucket: { name: "all-logs", accessLogPath: "example-access/logs/" } } },
    forgeable("log_bucket.existing_bucket.access_log_path"),
  ],
])("%j is noted", (inputs, note) => {
  expect(notesOf(inputs)).toEqual([note]);
});

describe("a policy of one's own that allows something", () => {
  /** Whether it is noted that S3 refuses a policy with a statement. */
  const isRefused = (statement: object | readonly object[]): boolean =>
    notesOf({ logBucket: { additionalPolicy: JSON.stringify({ Statement: statement }) } }).some((note) =>
      note.startsWith(
        "log_bucket.additional_policy allows everybody something: with public access blocked, as it is on the log bucket, " +
          "S3 refuses such a policy",
      ),
    );
  const allowed = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" };
  const reader = { AWS: "arn:aws:iam::111122223333:role/Reader" };

  test.each<[string, object | readonly object[]]>([
    ["everybody", allowed],
    ["everybody, by AWS", { ...allowed, Principal: { AWS: "*" } }],
    ["somebody and everybody", { ...allowed, Principal: { AWS: [reader.AWS, "*"] } }],
    ["everybody but somebody", { ...allowed, Principal: undefined, NotPrincipal: reader }],
    ["everybody, after somebody else", [{ ...allowed, Principal: reader }, allowed]],
    ["everybody who comes with TLS", { ...allowed, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["everybody but an account", { ...allowed, Condition: { StringNotEquals: { "aws:PrincipalAccount": "1" } } }],
    ["roles of any account", { ...allowed, Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/R" } } }],
    ["every address", { ...allowed, Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"] } } }],
  ])("to %s is noted, as S3 refuses it", (_, statement) => {
    expect(isRefused(statement)).toBe(true);
  });

  test.each<[string, object]>([
    ["a role", { ...allowed, Principal: reader }],
    ["nobody", { ...allowed, Effect: "Deny" }],
    ["an organization", { ...allowed, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } }],
    ["an endpoint", { ...allowed, Condition: { "ForAnyValue:StringEquals": { "AWS:sourceVpce": ["vpce-1"] } } }],
    ["some addresses", { ...allowed, Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }],
  ])("to %s alone is not noted", (_, statement) => {
    expect(isRefused(statement)).toBe(false);
  });
});

describe("management events that two trails of one configuration record", () => {
  const trail = (name: string, inputs: Partial<AuditTrailProps> = {}) => ({ name, inputs: { ...props, ...inputs } });
  const note = (name: string, first: string, more = "") =>
    `${name} records management events of the same account as ${first}: AWS charges for the second copy${more}`;

  test("are noted for each trail after the first, as AWS charges for the second copy", () => {
    expect(notesAmong([trail("a"), trail("b"), trail("c")])).toEqual([note("b", "a"), note("c", "a")]);
    expect(notesAmong([trail("a"), trail("b", { region: "us-east-1" })])).toEqual([note("b", "a")]);
  });

  test("are noted with the region where one of the trails has no other", () => {
    const one = trail("one", { region: "us-east-1", multiRegion: false });
    expect(notesAmong([trail("a"), one])).toEqual([note("one", "a", ", in us-east-1")]);
    expect(notesAmong([one, trail("a")])).toEqual([note("a", "one", ", in us-east-1")]);
    expect(notesAmong([one, { ...one, name: "two" }])).toEqual([note("two", "one", ", in us-east-1")]);
  });

  test("are noted where both are of one organization", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "111122223333" };
    const other = { ...organization, id: "o-anotherorgid" };
    expect(notesAmong([trail("a", { organization }), trail("b", { organization })])).toEqual([
      "b records management events of the same organization as a: AWS charges for the second copy",
    ]);
    expect(notesAmong([trail("a", { organization }), trail("b", { organization: other })])).toEqual([]);
  });

  test.each<[string, Partial<AuditTrailProps>, Partial<AuditTrailProps>]>([
    ["accounts that differ", {}, { accountId: "444455556666" }],
    ["regions that differ", { multiRegion: false }, { multiRegion: false, region: "us-east-1" }],
    [
      "reads and writes",
      { managementEvents: { readWriteType: "ReadOnly" } },
      { managementEvents: { readWriteType: "WriteOnly" } },
    ],
    ["one that records none", {}, { managementEvents: null }],
    ["one that is not made", {}, { createTrail: false }],
  ])("are not noted of %s", (_, one, other) => {
    expect(notesAmong([trail("a", one), trail("b", other)])).toEqual([]);
  });

  test("are noted where both record writes, one of them alone", () => {
    const writing = trail("b", { managementEvents: { readWriteType: "WriteOnly" } });
    expect(notesAmong([trail("a"), writing])).toEqual([note("b", "a")]);
    expect(notesAmong([{ ...writing, name: "a" }, writing])).toEqual([note("b", "a")]);
  });
});

describe("beside an organization trail", () => {
  const organization = { id: "o-exampleorgid", managementAccountId: "111122223333" };
  /** A trail in an account of its own. */
  const trail = (name: "a" | "b" | "whole", inputs: Partial<AuditTrailProps> = {}) => ({
    name,
    inputs: { ...props, accountId: { a: "444455556666", b: "777788889999", whole: "111122223333" }[name], ...inputs },
  });
  const whole = trail("whole", { organization });

  test("each trail of an account that records management events is noted, as AWS charges for the second copy", () => {
    const note = (name: string) =>
      `${name} records management events beside the organization trail whole: where its account is in that ` +
      "organization, AWS charges for the second copy";
    expect(notesAmong([trail("a"), whole, trail("b")])).toEqual([note("a"), note("b")]);
  });

  test.each([
    ["a trail without management events", [whole, trail("a", { managementEvents: null })]],
    ["a trail that is not made", [whole, trail("a", { createTrail: false })]],
    [
      "a trail beside one that records no management events",
      [trail("a"), { ...whole, inputs: { ...whole.inputs, managementEvents: null } }],
    ],
    ["trails of accounts alone", [trail("a"), trail("b")]],
    ["the organization trail alone", [whole]],
  ])("%s is not noted", (_, trails) => {
    expect(notesAmong(trails)).toEqual([]);
  });
});

describe("alarms", () => {
  const told = { subscriptions: { mail: { protocol: "email", endpoint: "security@example.com" } } } as const;
  const notesWith = (alarms: AuditTrailProps["alarms"], inputs: Partial<AuditTrailProps> = {}, forwarded?: string[]) =>
    notes({ ...props, alarms: { ...told, ...(alarms as object) }, ...inputs }, forwarded).map((note) =>
      note.replace(/\([a-z_, ]+\)/, "(…)"),
    );
  const bestEffort =
    "alarms that watch by event need a trail that logs, as EventBridge is told of calls by that alone, and as well as it " +
    "can be: AWS promises no delivery. Those that watch by metric see whatever the trail records";
  const regionsAre = (seen: string) =>
    `alarms that watch by event (…) see calls in ${seen} alone: in any other region a call raises none; alarm_regions ` +
    "adds regions";

  test("that watch by metric see all that the trail records", () => {
    expect(notesWith({}, { cloudwatchLogs: {} })).toEqual([]);
  });

  test("that watch by event see the regions whose events are forwarded, and are told as well as can be", () => {
    const missed = expect.stringContaining(" miss sign-ins of IAM users ");
    expect(notesWith({})).toEqual([regionsAre("eu-central-1"), missed, bestEffort]);
    expect(notesWith({}, {}, ["us-east-1"])).toEqual([regionsAre("eu-central-1 and us-east-1"), missed, bestEffort]);
    expect(notesWith({}, { multiRegion: false }, ["us-east-1"])).toContain(regionsAre("eu-central-1"));
  });

  test("that watch by event are named, each, without those about the trail itself and those that are off", () => {
    const [first] = notes({
      ...props,
      cloudwatchLogs: {},
      alarms: {
        ...told,
        changedAlarms: {
          root_use: { watch: "event" },
          vpc_changes: { watch: "event", enabled: false },
          tamper_trail: { watch: "event" },
        },
        ownAlarms: { user_deleted: { title: "A user was deleted", watch: "event", eventPattern: "{}" } },
      },
    });
    expect(first).toContain("(root_use, user_deleted) see calls in eu-central-1 alone");
  });

  test("that watch by event do not see other accounts of an organization", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "111122223333" };
    expect(notesWith({}, { organization })).toContain(
      "alarms that watch by event (…) see account 111122223333 alone: calls in other accounts of the organization raise " +
        "none; alarms.accept_organization lets them in, event-forwarding is placed in each",
    );
    expect(notesWith({ acceptOrganization: true }, { organization })).toContain(
      "alarms that watch by event (…) see account 111122223333, and those accounts of the organization alone in which " +
        "event-forwarding is placed",
    );
    expect(notesWith({}, { organization, cloudwatchLogs: {} })).toEqual([]);
  });

  test.each<[string, Partial<AuditTrailProps>, string]>([
    [
      "nobody is subscribed",
      { alarms: {}, cloudwatchLogs: {} },
      "alarms tell nobody: alarms.subscriptions has no subscriber, alarms.existing_topics no topic",
    ],
    [
      "no call that writes is recorded",
      { alarms: told, cloudwatchLogs: {}, managementEvents: { readWriteType: "ReadOnly" } },
      "alarms see no call that writes, as management_events leave those out",
    ],
    [
      "no call that only reads is recorded",
      { alarms: told, cloudwatchLogs: {}, managementEvents: { readWriteType: "WriteOnly" } },
      "alarms see no call that only reads, as management_events leave those out: unauthorized_calls and root_use see less",
    ],
    [
      "no call to KMS is recorded",
      { alarms: told, cloudwatchLogs: {}, managementEvents: { excludeEventSources: ["kms.amazonaws.com"] } },
      "key_disabled_or_deleted and tamper_key see nothing, as management_events leave out kms.amazonaws.com",
    ],
    [
      "the bucket tells nobody of logs",
      { alarms: told, cloudwatchLogs: {}, logBucket: { existingBucket: { name: "central-logs" } } },
      "nobody is told that no log arrives: log_bucket.existing_bucket does not tell EventBridge of new objects",
    ],
  ])("are noted where %s", (_, inputs, note) => {
    expect(notesOf(inputs)).toContain(note);
  });

  test("on sign-ins that watch by event miss those of IAM users in other regions", () => {
    const missed = (regions: string) =>
      `console_sign_in_without_mfa and console_sign_in_failures miss sign-ins of IAM users that arrive in ${regions}, as ` +
      "those of whoever used the alias of the account before do; alarm_regions adds regions";
    const notesAbout = (inputs: Partial<AuditTrailProps>, forwarded: readonly string[] = []) =>
      notes({ ...props, alarms: told, ...inputs }, forwarded).filter((note) => note.startsWith("console_sign_in"));
    expect(notesAbout({})).toEqual([missed("ap-southeast-2, eu-north-1, us-east-2")]);
    expect(notesAbout({}, ["us-east-1", "eu-north-1"])).toEqual([missed("ap-southeast-2, us-east-2")]);
    expect(notesAbout({ region: "us-east-2" }, ["ap-southeast-2", "eu-north-1"])).toEqual([]);
    expect(notesAbout({ region: "cn-north-1" })).toEqual([]);
    expect(notesAbout({ multiRegion: false })).toEqual([]);
    expect(notesAbout({ cloudwatchLogs: {} })).toEqual([]);
  });

  test.each([
    ["lambda", "arn:aws:lambda:eu-central-1:111122223333:function:pager", "lambda:AddPermission"],
    ["sqs", "arn:aws:sqs:eu-central-1:111122223333:pager", "the policy of the queue"],
  ] as const)("that go by %s arrive only where SNS is let in", (protocol, endpoint, how) => {
    const [note, ...others] = notesOf({
      alarms: { subscriptions: { pager: { protocol, endpoint } } },
      cloudwatchLogs: {},
    });
    expect(note).toContain(`alarms.subscriptions by ${protocol} arrive only where `);
    expect(note).toContain(how);
    expect(others).toEqual([]);
  });

  test("that tell a topic which is there already tell somebody", () => {
    const arn = "arn:aws:sns:eu-central-1:111122223333:alarms";
    expect(notesOf({ alarms: { existingTopics: { pager: { arn } } }, cloudwatchLogs: {} })).toEqual([]);
  });
});

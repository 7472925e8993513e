import fc from "fast-check";
import type { AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { partitionOf, topicArn } from "../../../src/policy";
import { ACCOUNT_ID } from "./identity-server";

const words = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
const tagText = fc.stringMatching(/^[A-Za-z0-9äß漢 _.:/=+@-]{1,20}$/).map((text) => text.normalize("NFC"));
const readWriteType = fc.constantFrom("All", "ReadOnly", "WriteOnly");

/** Something, or null, or left out. */
function switched<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null, freq: 3 });
}

const accountId = fc.stringMatching(/^[0-9]{12}$/);
const organizationId = fc.stringMatching(/^o-[a-z0-9]{10,32}$/);
const bucketName = fc.stringMatching(/^[a-z0-9]{3,20}(-[a-z0-9]{1,10}){0,3}$/);
const keyPrefix = fc.stringMatching(/^[A-Za-z0-9!_.'()-]{1,20}(\/[A-Za-z0-9!_.'()-]{1,20}){0,2}$/);
const trailName = fc.stringMatching(/^[A-Za-z0-9]{3,10}([._-][A-Za-z0-9]{1,10}){0,2}$/);
const regionName = fc.constantFrom("eu-central-1", "us-east-1", "ap-southeast-2", "cn-north-1", "us-gov-west-1");
const roleArn = accountId.map((id) => `arn:aws:iam::${id}:role/audit/Readers`);
const storageClasses = ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

const transitions = fc.subarray(storageClasses).chain((classes) =>
  fc
    .uniqueArray(fc.integer({ min: 60, max: 89 }), { minLength: classes.length, maxLength: classes.length })
    .map((days) =>
      [...days]
        .sort((left, right) => left - right)
        .map((each, index) => ({
          days: classes[index] === "STANDARD_IA" ? each - 30 : each,
          storageClass: classes[index],
        })),
    ),
);

const accessLogs = fc
  .record(
    {
      name: switched(bucketName),
      prefix: switched(keyPrefix),
      retentionDays: fc.integer({ min: 1, max: 3650 }),
      forceDestroy: fc.boolean(),
      existingBucket: switched(fc.record({ name: bucketName })),
    },
    { requiredKeys: [] },
  )
  .map((logs) => (isGiven(logs.existingBucket) ? { ...logs, name: null, forceDestroy: false } : logs));

const additionalPolicy = fc.constantFrom(
  JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Sid: "Audit",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999988887777:root" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::logs/*",
    },
  }),
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "One",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:DeleteObject",
        Resource: ["arn:aws:s3:::logs/*"],
      },
      {
        Sid: "Two",
        Effect: "Deny",
        NotPrincipal: { AWS: ["arn:aws:iam::999988887777:root"] },
        Action: ["s3:DeleteBucket", "s3:PutBucketPolicy"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:PrincipalTag/team": "${aws:username} %{if}" } },
      },
    ],
  }),
);

const logBucket = fc
  .record(
    {
      name: switched(bucketName),
      prefix: switched(keyPrefix),
      furtherTrails: fc.array(fc.record({ accountId, region: regionName, name: trailName }), { maxLength: 2 }),
      restrictToOrganization: switched(
        fc.record({ id: organizationId, deliveries: fc.boolean(), principals: fc.boolean() }, { requiredKeys: ["id"] }),
      ),
      denyUnencryptedUploads: fc.boolean(),
      denyTampering: switched(fc.record({ except: fc.uniqueArray(roleArn, { minLength: 1, maxLength: 2 }) })),
      additionalPolicy: switched(additionalPolicy),
      retentionDays: switched(fc.integer({ min: 90, max: 36500 })),
      deletedLogDays: fc.integer({ min: 1, max: 400 }),
      transitions,
      transitionDefaultMinimumObjectSize: fc.constantFrom("varies_by_storage_class", "all_storage_classes_128K"),
      accessLogs: switched(accessLogs),
      eventNotifications: fc.boolean(),
      forceDestroy: fc.boolean(),
      existingBucket: fc.option(
        fc.record(
          {
            name: bucketName,
            accessLogPath: switched(keyPrefix.map((prefix) => `reads/${prefix}/`)),
            eventNotifications: fc.boolean(),
          },
          { requiredKeys: ["name"] },
        ),
        { nil: null, freq: 3 },
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ name, retentionDays, transitions: moves, accessLogs: logs, eventNotifications, forceDestroy, ...others }) =>
    isGiven(others.existingBucket)
      ? others
      : definedOnly({
          name,
          retentionDays,
          transitions: moves,
          accessLogs: logs,
          eventNotifications,
          forceDestroy,
          ...others,
        }),
  );

const encryption = fc
  .record(
    {
      alias: switched(
        fc.stringMatching(/^alias\/[a-z]{1,8}\/[a-z]{1,8}$/).filter((alias) => !/^alias\/aws/.test(alias)),
      ),
      deletionWindowInDays: fc.integer({ min: 7, max: 30 }),
      rotationPeriodInDays: fc.integer({ min: 90, max: 2560 }),
      multiRegion: fc.boolean(),
      readers: fc.uniqueArray(roleArn, { maxLength: 2 }),
      existingKey: fc.option(
        fc.record({
          arn: accountId.map((id) => `arn:aws:kms:eu-central-1:${id}:key/1234abcd-12ab-34cd-56ef-1234567890ab`),
        }),
        { nil: null, freq: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .map((key) => (isGiven(key.existingKey) ? { ...key, alias: null, multiRegion: false } : key));

const cloudwatchLogs = fc
  .record(
    {
      logGroupName: switched(fc.stringMatching(/^[A-Za-z0-9._/#-]{1,40}$/)),
      retentionInDays: fc.constantFrom(1, 365, 3653),
      logGroupClass: switched(fc.constantFrom("STANDARD", "INFREQUENT_ACCESS")),
      existingLogGroup: fc.option(
        fc.record({
          arn: fc
            .tuple(accountId, fc.constantFrom("", ":*"))
            .map(([id, end]) => `arn:aws:logs:eu-central-1:${id}:log-group:audit${end}`),
        }),
        { nil: null, freq: 2 },
      ),
      roleName: switched(fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,64}$/)),
      rolePath: fc.constantFrom("/", "/audit/"),
      permissionsBoundaryArn: switched(accountId.map((id) => `arn:aws:iam::${id}:policy/Boundary`)),
      trustTrailOnly: fc.boolean(),
      existingRole: fc.option(fc.record({ arn: roleArn }), { nil: null, freq: 2 }),
    },
    { requiredKeys: [] },
  )
  .map((logs) => ({
    ...logs,
    ...(isGiven(logs.existingLogGroup) ? { logGroupName: null } : {}),
    ...(isGiven(logs.existingRole) ? { roleName: null, permissionsBoundaryArn: null } : {}),
  }));

const severities = fc.subarray(["critical", "high", "medium", "low"]);
const patterns = {
  filterPattern: fc.constantFrom('{ $.eventName = "DeleteUser" }', "{ $.errorCode = * && $.eventName != ${x} }"),
  eventPattern: fc.constantFrom(
    '{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeleteUser"]}}',
    '{"detail-type":["AWS API Call via CloudTrail"],"source":[{"anything-but":["${x}","%{if}"]}]}',
  ),
};
const watch = fc.constantFrom("metric", "event");
const severity = fc.constantFrom("critical", "high", "medium", "low");

/** An alarm with the pattern by which it watches. */
const watching = fc.record({ watch, ...patterns });

const alarms = fc.record(
  {
    watch: switched(watch),
    singleSignOn: fc.boolean(),
    modifySecurityGroupRules: fc.boolean(),
    changedAlarms: fc.dictionary(
      fc.constantFrom("root_use", "vpc_changes", "console_sign_in_failures", "tamper_trail", "tamper_key"),
      fc.record(
        {
          enabled: fc.boolean(),
          watch: switched(watch),
          severity: switched(severity),
          threshold: switched(fc.integer({ min: 1, max: 9 })),
          period: switched(fc.constantFrom(60, 300)),
          ...patterns,
        },
        { requiredKeys: [] },
      ),
      { maxKeys: 3 },
    ),
    ownAlarms: fc.dictionary(
      fc.constantFrom("user_deleted", "much"),
      fc
        .tuple(
          watching,
          fc.record(
            {
              why: fc.constant("It is rare, and ${costs} much."),
              severity,
              threshold: fc.integer({ min: 1, max: 3 }),
              readOnly: fc.boolean(),
            },
            { requiredKeys: [] },
          ),
        )
        .map(([patterned, more]) => ({ title: "A user was deleted", ...patterned, ...more })),
      { maxKeys: 2 },
    ),
    rates: fc.record(
      { calls: fc.boolean(), errors: fc.boolean(), deviations: fc.integer({ min: 1, max: 10 }), severity },
      { requiredKeys: [] },
    ),
    silence: fc.record(
      { events: fc.boolean(), delivery: fc.boolean(), hours: fc.integer({ min: 1, max: 24 }), severity },
      { requiredKeys: [] },
    ),
    dashboard: fc.boolean(),
    topics: fc
      .dictionary(fc.constantFrom("urgent", "rest"), fc.record({ severities }, { requiredKeys: [] }), { maxKeys: 2 })
      .map((more) => ({ alarms: { displayName: "Alarms" }, ...more })),
    existingTopics: fc.dictionary(fc.constant("pager"), fc.record({ severities }), { maxKeys: 1 }),
    subscriptions: fc.dictionary(
      fc.constantFrom("mail", "queue"),
      fc.constantFrom(
        { protocol: "email", endpoint: "security@example.com" },
        { topic: "alarms", protocol: "sqs", endpoint: "arn:aws:sqs:eu-central-1:111122223333:alarms" },
      ),
      { maxKeys: 2 },
    ),
    encryptTopics: fc.boolean(),
    existingTopicKey: switched(
      fc.record({ arn: fc.constant("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab") }),
    ),
    deadLetterQueue: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Topics that are there already, in the account and region of the trail. */
function withReachableTopics(props: object): object {
  const { alarms: given, region } = props as {
    readonly alarms?: { readonly existingTopics?: Readonly<Record<string, object>> } | null;
    readonly region: string;
  };
  const pager = given?.existingTopics?.pager;
  const arn = topicArn({ partition: partitionOf(region), region, accountId: ACCOUNT_ID, name: "pager" });
  return pager === undefined ? props : { ...props, alarms: { ...given, existingTopics: { pager: { ...pager, arn } } } };
}

/** The alarms that a trail can have: by metric only with a log group that takes filters. */
function alarmsFor(props: object): object {
  const { alarms: given, cloudwatchLogs: logs } = props as {
    readonly alarms?: Readonly<Record<string, unknown>> | null;
    readonly cloudwatchLogs?: { readonly logGroupClass?: string | null } | null;
  };
  if (given === undefined || given === null || (isGiven(logs) && logs?.logGroupClass !== "INFREQUENT_ACCESS")) {
    return props;
  }
  const byEvent = (entries: unknown): unknown =>
    Object.fromEntries(
      Object.entries((entries ?? {}) as Readonly<Record<string, object>>).map(([id, entry]) => [
        id,
        { ...entry, watch: "event" },
      ]),
    );
  return {
    ...props,
    alarms: {
      ...given,
      watch: "event",
      changedAlarms: byEvent(given.changedAlarms),
      ownAlarms: byEvent(given.ownAlarms),
    },
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

const optionalInputs = {
  name: trailName,
  organization: switched(fc.record({ id: organizationId, managementAccountId: accountId })),
  multiRegion: fc.boolean(),
  enableLogging: fc.boolean(),
  managementEvents: switched(
    fc.record(
      {
        readWriteType,
        excludeEventSources: fc.uniqueArray(fc.constantFrom("kms.amazonaws.com", "rdsdata.amazonaws.com")),
      },
      { requiredKeys: [] },
    ),
  ),
  s3DataEvents: switched(
    fc.record(
      {
        readWriteType,
        buckets: fc.uniqueArray(bucketName, { maxLength: 2 }),
        prefixes: fc.uniqueArray(
          fc.tuple(bucketName, keyPrefix).map(([bucket, prefix]) => `${bucket}/${prefix}`),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
  ),
  lambdaDataEvents: switched(
    fc.record(
      {
        readWriteType,
        functions: fc.uniqueArray(
          fc.tuple(accountId, words).map(([id, name]) => `arn:aws:lambda:eu-central-1:${id}:function:${name}`),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    ),
  ),
  insights: switched(fc.record({ apiCallRate: fc.boolean(), apiErrorRate: fc.boolean() }, { requiredKeys: [] })),
  cloudwatchLogs: switched(cloudwatchLogs),
  createTrail: fc.boolean(),
  encryption: switched(encryption),
  // Rare, as they are half a hundred resources.
  alarms: fc.option(alarms, { nil: null, freq: 2 }),
  logBucket,
  tags: fc.dictionary(
    tagText.filter((key) => !/^aws:/i.test(key) && key !== "Own"),
    tagText,
    { maxKeys: 4 },
  ),
};

/** Any audit trail that the schema accepts. */
export const configurations: fc.Arbitrary<AuditTrailProps> = fc
  .record(
    {
      accountId: fc.constant(ACCOUNT_ID),
      accountName: words,
      region: regionName,
      owner: tagText,
      ...optionalInputs,
    },
    { requiredKeys: ["accountId", "accountName", "region", "owner"] },
  )
  .filter(isAllowed)
  .map(withReachableTopics)
  .map(alarmsFor) as fc.Arbitrary<AuditTrailProps>;

/** The rules between inputs. */
function isAllowed(props: object): boolean {
  const { managementEvents, s3DataEvents, lambdaDataEvents, insights } = props as AuditTrailProps & {
    readonly managementEvents?: { readonly readWriteType?: string } | null;
    readonly insights?: { readonly apiCallRate?: boolean } | null;
  };
  if (managementEvents === null && s3DataEvents === null && lambdaDataEvents === null) {
    return false;
  }
  if (insights === undefined || insights === null) {
    return true;
  }
  return (
    managementEvents !== null && (managementEvents?.readWriteType !== "ReadOnly" || insights.apiCallRate === false)
  );
}

/** The same configurations in every run. */
export function sampleConfigurations(count: number): readonly AuditTrailProps[] {
  return fc.sample(configurations, { numRuns: count, seed: 20261122 });
}

/** Which inputs are given, null or left out in some configuration: `insights given`, `insights null`. */
export function coverage(sample: readonly AuditTrailProps[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const cover = (path: string, value: unknown, names: readonly string[]): void => {
    for (const name of names) {
      const item = (value as Record<string, unknown>)[name];
      const at = `${path}${name}`;
      seen.add(`${at} ${item === undefined ? "left out" : item === null ? "null" : "given"}`);
      if (typeof item === "boolean") {
        seen.add(`${at} ${item}`);
      }
      if (typeof item === "object" && item !== null && name !== "tags") {
        cover(`${at}.`, item, Object.keys(item));
      }
    }
  };
  for (const props of sample) {
    cover("", props, Object.keys(optionalInputs));
  }
  return seen;
}

/** The names of the inputs that may be left out. */
export const optionalInputNames = Object.keys(optionalInputs);

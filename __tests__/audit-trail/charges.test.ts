import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { charges } from "../../src/audit-trail/charges";

const props: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

/** What is charged for, and what is free. */
function itemsOf(inputs: Partial<AuditTrailProps>): readonly (readonly [string, boolean])[] {
  return charges({ ...props, ...inputs }).map(({ item, charged }) => [item, charged]);
}

test("the default trail is charged for its data events and its bucket, not for management events", () => {
  expect(itemsOf({})).toEqual([
    ["management events", false],
    ["S3 data events", true],
    ["Lambda data events", true],
    ["log bucket", true],
  ]);
});

test.each([
  ["management events", { managementEvents: null }],
  ["S3 data events", { s3DataEvents: null }],
  ["Lambda data events", { lambdaDataEvents: null }],
])("%s that are not recorded are not listed", (item, inputs) => {
  expect(itemsOf(inputs)).toEqual(itemsOf({}).filter(([each]) => each !== item));
});

test("events of chosen kinds are listed", () => {
  const inputs = { managementEvents: {}, s3DataEvents: { readWriteType: "ReadOnly" }, lambdaDataEvents: {} } as const;
  expect(itemsOf(inputs)).toEqual(itemsOf({}));
});

test.each<[Partial<AuditTrailProps>, string, string]>([
  [{}, "S3 data events", "every call on an object of every bucket"],
  [
    { s3DataEvents: { buckets: ["a-bucket"] } },
    "S3 data events",
    "every call on an object of the chosen buckets, and every one on a log but its delivery",
  ],
  [
    { s3DataEvents: { prefixes: ["a-bucket/a/"], readWriteType: "WriteOnly" } },
    "S3 data events",
    "every call that writes on an object of the chosen prefixes, and every one on a log but its delivery",
  ],
  [
    { s3DataEvents: { buckets: ["a-bucket"], prefixes: ["b-bucket/b/"] } },
    "S3 data events",
    "every call on an object of the chosen buckets and prefixes, and every one on a log but its delivery",
  ],
  [
    { s3DataEvents: { readWriteType: "ReadOnly" } },
    "S3 data events",
    "every call that only reads on an object of every bucket, and every one on a log but its delivery",
  ],
  [{}, "Lambda data events", "every invocation of every function"],
  [
    { lambdaDataEvents: { functions: ["arn:aws:lambda:eu-central-1:111122223333:function:pay"] } },
    "Lambda data events",
    "every invocation of the chosen functions",
  ],
  [
    { lambdaDataEvents: { readWriteType: "WriteOnly" } },
    "Lambda data events",
    "every invocation that writes of every function",
  ],
])("with %j, %s are charged for %s", (inputs, item, why) => {
  expect(charges({ ...props, ...inputs })).toContainEqual({ item, charged: true, why: `per event: ${why}` });
});

test("Insights are charged for where they are on", () => {
  expect(itemsOf({ insights: {} })).toContainEqual(["CloudTrail Insights", true]);
  expect(itemsOf({ insights: null })).toEqual(itemsOf({}));
  expect(itemsOf({ insights: undefined })).toEqual(itemsOf({}));
});

test.each<[string, Partial<AuditTrailProps>, Partial<AuditTrailProps>]>([
  ["encryption key", { encryption: {} }, { encryption: null }],
  ["CloudWatch Logs", { cloudwatchLogs: {} }, { cloudwatchLogs: null }],
  ["access logs", { logBucket: { accessLogs: {} } }, { logBucket: { accessLogs: null } }],
  [
    "moves to cheaper storage",
    { logBucket: { transitions: [{ days: 90, storageClass: "GLACIER_IR" }] } },
    { logBucket: { transitions: [] } },
  ],
])("%s are charged for where they are on", (item, on, off) => {
  expect(itemsOf(on).filter(([each]) => each === item)).toEqual([[item, true]]);
  expect(itemsOf(on)).toHaveLength(itemsOf({}).length + 1);
  expect(itemsOf(off)).toEqual(itemsOf({}));
});

test("alarms are charged for, with what they need", () => {
  const alarmed = ["alarms", "key of the topics", "events of the log bucket"];
  const namesOf = (inputs: Partial<AuditTrailProps>) => itemsOf(inputs).map(([item]) => item);
  const more = (inputs: Partial<AuditTrailProps>) => namesOf(inputs).filter((each) => alarmed.includes(each));
  const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  expect(more({ alarms: null })).toEqual([]);
  expect(more({ alarms: {} })).toEqual(alarmed);
  expect(more({ alarms: { encryptTopics: false } })).toEqual(["alarms", "events of the log bucket"]);
  expect(more({ alarms: { existingTopicKey: { arn } } })).toEqual(["alarms", "events of the log bucket"]);
  expect(more({ alarms: { silence: { delivery: false } } })).toEqual(["alarms", "key of the topics"]);
  expect(more({ alarms: {}, logBucket: { existingBucket: { name: "central-logs" } } })).toEqual([
    "alarms",
    "key of the topics",
  ]);
  expect(more({ logBucket: { eventNotifications: true } })).toEqual(["events of the log bucket"]);
});

test("every item says why", () => {
  const everything: Partial<AuditTrailProps> = {
    insights: {},
    encryption: {},
    cloudwatchLogs: {},
    alarms: {},
    logBucket: { accessLogs: {}, transitions: [{ days: 90, storageClass: "GLACIER_IR" }] },
  };
  expect(charges({ ...props, ...everything }).map(({ item, why }) => `${item}: ${why}`)).toEqual([
    "management events: the first copy in each region is free; a second trail that records them is charged",
    "S3 data events: per event: every call on an object of every bucket",
    "Lambda data events: per event: every invocation of every function",
    "CloudTrail Insights: per event that is looked at, for each kind of rate",
    "encryption key: per month for a key that is made, and per request of those who read logs",
    "CloudWatch Logs: per byte that is delivered, and for as long as it is kept; often the largest part of the bill",
    "access logs: S3 storage of one line for each request to the log bucket",
    "alarms: per alarm of CloudWatch, more for those on unusual rates, and per dashboard beyond three; rules of " +
      "EventBridge, which is what watches by event, are free",
    "key of the topics: per month for a key that is made, and per request",
    "events of the log bucket: per log that is delivered: EventBridge is told of each",
    "moves to cheaper storage: per log that is moved: logs are many and small",
    "log bucket: S3 storage, growing for as long as logs are kept, and S3 requests",
  ]);
});

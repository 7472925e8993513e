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

test("Insights are charged for where they are on", () => {
  expect(itemsOf({ insights: {} })).toContainEqual(["CloudTrail Insights", true]);
  expect(itemsOf({ insights: null })).toEqual(itemsOf({}));
  expect(itemsOf({ insights: undefined })).toEqual(itemsOf({}));
});

test("every item says why", () => {
  expect(charges({ ...props, insights: {} }).map(({ item, why }) => `${item}: ${why}`)).toEqual([
    "management events: the first copy in each region is free; a second trail that records them is charged",
    "S3 data events: per event: every call on an object of every bucket",
    "Lambda data events: per event: every invocation of every function",
    "CloudTrail Insights: per event that is looked at, for each kind of rate",
    "log bucket: S3 storage, growing for as long as logs are kept, and S3 requests",
  ]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { OWNER_TAG } from "../../src/audit-trail/owner-tag";
import { check, fieldsSchema, problemText, validations } from "../../src/inputs";
import { hcl } from "../../src/values";
import { variablesOf } from "../placement/support/variables";

const given = { account_id: "111122223333", account_name: "example", region: "eu-central-1", owner: "Example Owner" };

/** The problems of the given inputs with others laid over them. */
function problemsWith(inputs: object): readonly string[] {
  return check(auditTrailDefinition, { ...given, ...inputs }).problems.map((problem) => problemText(problem));
}

test("what must be given is the account, the region, the owner and some name", () => {
  expect(check(auditTrailDefinition, {}).problems.map((problem) => problemText(problem))).toEqual([
    "account_id: must be given: The AWS account in which the trail is created",
    "region: must be given: The home region of the trail and the region of the log bucket",
    "owner: must be given: The creator of the trail: the value of the tag `Own` on every resource",
    "name: must be given where account_name is not; got null",
  ]);
  expect(problemsWith({ account_name: null })).toEqual(["name: must be given where account_name is not; got null"]);
  expect(problemsWith({ account_name: null, name: "my-trail" })).toEqual([]);
  expect(problemsWith({ name: null })).toEqual([]);
});

test("by default everything is recorded in all regions but Insights, and logs are kept for ever", () => {
  expect(check(auditTrailDefinition, given).inputs).toStrictEqual({
    accountId: "111122223333",
    accountName: "example",
    region: "eu-central-1",
    owner: "Example Owner",
    name: null,
    organization: null,
    multiRegion: true,
    enableLogging: true,
    managementEvents: { read_write_type: "All", exclude_event_sources: [] },
    s3DataEvents: { read_write_type: "All", buckets: [], prefixes: [] },
    lambdaDataEvents: { read_write_type: "All", functions: [] },
    insights: null,
    cloudwatchLogs: null,
    createTrail: true,
    encryption: null,
    alarms: null,
    logBucket: {
      name: null,
      prefix: null,
      further_trails: [],
      restrict_to_organization: null,
      deny_unencrypted_uploads: false,
      deny_tampering: null,
      additional_policy: null,
      retention_days: null,
      deleted_log_days: 30,
      transitions: [],
      transition_default_minimum_object_size: "varies_by_storage_class",
      access_logs: null,
      event_notifications: false,
      force_destroy: false,
      existing_bucket: null,
    },
    tags: {},
  });
});

test("the tag of the owner is taken by the owner", () => {
  expect(OWNER_TAG).toBe("Own");
  expect(problemsWith({ tags: { Own: "x" } })).toEqual([
    'tags: must not hold Own, which comes from owner; got {"Own":"x"}',
  ]);
  expect(problemsWith({ tags: { own: "x", Owner: "y" } })).toEqual([]);
});

test("tags are at most forty-nine, as the owner's is one more", () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
  expect(problemsWith({ tags: many(49) })).toEqual([]);
  expect(problemsWith({ tags: many(50) })).toEqual([
    expect.stringMatching(/^tags: must have at most 49 entries, as Own is one more; got \{"k0":"v",/),
  ]);
});

test.each([
  [{ account_id: "1" }, 'account_id: must be the 12 digits of an AWS account id; got "1"'],
  [
    { account_name: "my account" },
    "account_name: must be letters and digits, with single dots, underscores or hyphens between them; " +
      'got "my account"',
  ],
  [{ region: "x" }, 'region: must be the name of an AWS region, such as "eu-central-1"; got "x"'],
  [
    { owner: '"x"' },
    "owner: must be at most 256 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags; " +
      'got "\\"x\\""',
  ],
  [{ name: "1.2.3.4" }, 'name: must not look like an IP address; got "1.2.3.4"'],
  [
    { log_bucket: { name: "xn--a" } },
    'log_bucket.name: must not begin with xn--, sthree- or amzn-s3-demo-, which AWS reserves; got "xn--a"',
  ],
  [
    { log_bucket: { prefix: "AWSLogs" } },
    'log_bucket.prefix: must not hold "AWSLogs/", which CloudTrail adds itself; got "AWSLogs"',
  ],
  [
    { log_bucket: { retention_days: 89 } },
    "log_bucket.retention_days: must be a whole number of days from 90 to 36500; got 89",
  ],
  [{ log_bucket: { force_destroy: 1 } }, "log_bucket.force_destroy: must be true or false; got the number 1"],
  [
    { organization: { id: "x", management_account_id: "111122223333" } },
    'organization.id: must be the id of an organization, such as "o-exampleorgid"; got "x"',
  ],
  [
    { encryption: { alias: "alias/a", existing_key: { arn: "arn:aws:kms:eu-central-1:111122223333:key/a" } } },
    "encryption.existing_key: must be null where alias or multi_region is given, which are about a new key; " +
      'got {"arn":"arn:aws:kms:eu-central-1:111122223333:key/a"}',
  ],
  [
    { encryption: { readers: ["*"] } },
    'encryption.readers[0]: must be the ARN of a role, of a user, or of the root of an account; got "*"',
  ],
  [
    { log_bucket: { transitions: [{ days: 100, storage_class: "GLACIER" }], retention_days: 100 } },
    "log_bucket.transitions: must move logs before retention_days are over, when they are deleted; " +
      'got [{"days":100,"storage_class":"GLACIER"}]',
  ],
  [
    { log_bucket: { name: "a".repeat(57), access_logs: {} } },
    expect.stringMatching(/^log_bucket\.access_logs: must have a name where that of the log bucket has more than 56/),
  ],
  [
    { cloudwatch_logs: { retention_in_days: 4 } },
    expect.stringMatching(/^cloudwatch_logs\.retention_in_days: must be one of 1, 3, .*; got 4$/),
  ],
  [{ create_trail: "no" }, 'create_trail: must be true or false; got the string "no"'],
  [{ tags: { "aws:x": "y" } }, 'tags["aws:x"] (the key): must not begin with "aws:", which AWS reserves; got "aws:x"'],
  [{ multi_region: "x" }, 'multi_region: must be true or false; got the string "x"'],
])("%j is refused", (inputs, problem) => {
  expect(problemsWith(inputs)).toEqual([problem]);
});

describe("an existing log bucket", () => {
  const existing_bucket = { name: "central-logs" };

  test.each([
    { name: "new-bucket" },
    { retention_days: 90 },
    { transitions: [{ days: 90, storage_class: "GLACIER" }] },
    { access_logs: {} },
    { event_notifications: true },
    { force_destroy: true },
  ])("takes no %j, which is about a new one", (options) => {
    expect(problemsWith({ log_bucket: { existing_bucket, ...options } })).toEqual([
      "log_bucket.existing_bucket: must be null where name, retention_days, transitions, access_logs, " +
        "event_notifications or force_destroy is given, which are about a new one; " +
        'got {"access_log_path":null,"event_notifications":false,"name":"central-logs"}',
    ]);
  });

  test("takes what its policy is about", () => {
    const log_bucket = {
      existing_bucket,
      prefix: "audit",
      further_trails: [{ account_id: "555566667777", region: "us-east-1", name: "second" }],
      restrict_to_organization: { id: "o-exampleorgid" },
      deny_unencrypted_uploads: true,
      additional_policy: '{"Statement":[]}',
    };
    expect(problemsWith({ log_bucket })).toEqual([]);
  });
});

test("the rules of the trail hold here, too", () => {
  expect(problemsWith({ management_events: null, s3_data_events: null, lambda_data_events: null })).toEqual([
    "management_events: must not be null where s3_data_events and lambda_data_events are: " +
      "the trail would record nothing; got null",
  ]);
  expect(problemsWith({ management_events: { read_write_type: "ReadOnly" }, insights: {} })).toEqual([
    "insights: must have api_call_rate = false where no management events that write are recorded; " +
      'got {"api_call_rate":true,"api_error_rate":true}',
  ]);
});

test("all problems are told at once: unknown names and types first, then rules in the order of the inputs", () => {
  expect(
    problemsWith({
      acount_name: "x",
      enable_logging: "yes",
      region: "x",
      account_id: 5,
      log_bucket: { retention_days: 1, prefix: 5, bucket: "x" },
      owner: null,
    }),
  ).toEqual([
    "acount_name: is not a known name; did you mean account_name?",
    "account_id: must be a text, in quotes; got the number 5",
    "owner: must be given: The creator of the trail: the value of the tag `Own` on every resource",
    'enable_logging: must be true or false; got the string "yes"',
    expect.stringMatching(/^log_bucket\.bucket: is not a known name; use one of name, prefix, .*, existing_bucket$/),
    "log_bucket.prefix: must be a text, in quotes; got the number 5",
    'region: must be the name of an AWS region, such as "eu-central-1"; got "x"',
    "log_bucket.retention_days: must be a whole number of days from 90 to 36500; got 1",
  ]);
});

test("rules between inputs are null-safe in Terraform", () => {
  const rendered = validations(auditTrailDefinition, variablesOf(auditTrailDefinition.fields))
    .filter(({ part, requirement }) => part === "" && /must be given|Own/.test(requirement))
    .map(({ name, condition }) => [name, hcl(condition)]);
  expect(rendered).toEqual([
    ["name", "var.name != null || var.account_name != null"],
    ["tags", '!contains(keys(var.tags), "Own")'],
    ["tags", "length(var.tags) <= 49"],
  ]);
});

test("values that have to be replaced are marked as placeholders", () => {
  const placeholders = Object.entries(auditTrailDefinition.fields).flatMap(([name, { placeholder }]) =>
    placeholder === undefined ? [] : [[name, placeholder]],
  );
  expect(placeholders).toEqual([
    ["account_id", "111122223333"],
    ["account_name", "example"],
    ["owner", "Example Owner"],
  ]);
});

test("descriptions, types, rules and defaults stand in the committed schema as they are here", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../schema/audit-trail.schema.json"), "utf8"));
  const { properties } = fieldsSchema(auditTrailDefinition.fields);
  expect(schema.properties.defaults.properties).toMatchObject(properties as object);
});

test("everything else is described in sentences", () => {
  const { name, title, outputs } = auditTrailDefinition;
  expect([name, title]).toEqual(["audit-trail", "Audit trail"]);
  for (const { description } of [auditTrailDefinition, ...Object.values(outputs)]) {
    expect(description).toMatch(/^[A-Z].*[A-Za-z]\.$/s);
  }
});

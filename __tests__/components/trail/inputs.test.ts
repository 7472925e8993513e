import { trailDefinition, trailOptionRules } from "../../../src/components/trail/inputs";
import { check, fieldSchema, problemText, validations } from "../../../src/inputs";
import { hcl } from "../../../src/values";
import { variablesOf } from "../../placement/support/variables";

const given = {
  name: "example-logs",
  account_id: "111122223333",
  region: "eu-central-1",
  s3_bucket_name: "example-bucket",
};

/** The problems of the given inputs with others laid over them. */
function problemsWith(inputs: Readonly<Record<string, unknown>>): readonly string[] {
  return check(trailDefinition, { ...given, ...inputs }).problems.map(problemText);
}

test("what must be given is name, account, region and bucket", () => {
  expect(check(trailDefinition, {}).problems.map(problemText)).toEqual([
    "name: must be given: The name of the trail",
    "account_id: must be given: The account in which the trail is created",
    "region: must be given: The home region of the trail",
    "s3_bucket_name: must be given: The name of the bucket that receives the logs",
  ]);
});

test("by default everything is recorded in all regions but Insights", () => {
  expect(check(trailDefinition, given).inputs).toStrictEqual({
    name: "example-logs",
    accountId: "111122223333",
    region: "eu-central-1",
    s3BucketName: "example-bucket",
    s3KeyPrefix: null,
    accessLogPath: null,
    kmsKeyArn: null,
    organization: null,
    multiRegion: true,
    enableLogging: true,
    managementEvents: { read_write_type: "All", exclude_event_sources: [] },
    s3DataEvents: { read_write_type: "All", buckets: [], prefixes: [] },
    lambdaDataEvents: { read_write_type: "All", functions: [] },
    insights: null,
    cloudwatchLogs: null,
    createTrail: true,
    tags: {},
  });
});

test("Insights that are switched on look for both kinds of rates", () => {
  expect(check(trailDefinition, { ...given, insights: {} }).inputs?.insights).toEqual({
    api_call_rate: true,
    api_error_rate: true,
  });
});

test.each([
  [{ name: "a" }, 'name: must have 3 to 128 characters; got "a"'],
  [{ account_id: "1" }, 'account_id: must be the 12 digits of an AWS account id; got "1"'],
  [{ region: "x" }, 'region: must be the name of an AWS region, such as "eu-central-1"; got "x"'],
  [{ s3_bucket_name: "A-b" }, 's3_bucket_name: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "A-b"'],
  [{ s3_key_prefix: "/a" }, 's3_key_prefix: must not begin or end with a slash, nor have two in a row; got "/a"'],
  [{ organization: {} }, "organization.id: must be given: The id of the organization"],
  [{ multi_region: "yes" }, 'multi_region: must be true or false; got the string "yes"'],
  [{ enable_logging: 1 }, "enable_logging: must be true or false; got the number 1"],
  [
    { management_events: { read_write_type: "all" } },
    'management_events.read_write_type: must be one of "All", "ReadOnly", "WriteOnly"; got "all"',
  ],
  [
    { s3_data_events: { read_write_type: "Both" } },
    's3_data_events.read_write_type: must be one of "All", "ReadOnly", "WriteOnly"; got "Both"',
  ],
  [
    { lambda_data_events: { read_write_type: "" } },
    'lambda_data_events.read_write_type: must be one of "All", "ReadOnly", "WriteOnly"; got ""',
  ],
  [
    { management_events: { exclude_event_sources: ["kms.amazonaws.com", "s3.amazonaws.com"] } },
    "management_events.exclude_event_sources[1]: " +
      'must be one of "kms.amazonaws.com", "rdsdata.amazonaws.com"; got "s3.amazonaws.com"',
  ],
  [{ insights: { api_call_rate: "no" } }, 'insights.api_call_rate: must be true or false; got the string "no"'],
  [{ insights: { api_error_rate: "no" } }, 'insights.api_error_rate: must be true or false; got the string "no"'],
  [
    { s3_data_events: { buckets: ["A"] } },
    's3_data_events.buckets[0]: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "A"',
  ],
  [
    { s3_data_events: { prefixes: ["bucket"] } },
    "s3_data_events.prefixes[0]: must be the name of a bucket, a slash, and the beginning of keys, such as " +
      '"exports/2026/"; got "bucket"',
  ],
  [
    { lambda_data_events: { functions: ["my-function"] } },
    'lambda_data_events.functions[0]: must be the ARN of a Lambda function, without version or alias; got "my-function"',
  ],
  [
    { kms_key_arn: "alias/a" },
    'kms_key_arn: must be the ARN of a KMS key, "arn:aws:kms:REGION:ACCOUNT:key/ID"; an alias is not enough; got "alias/a"',
  ],
  [{ create_trail: "no" }, 'create_trail: must be true or false; got the string "no"'],
  [
    { cloudwatch_logs: { retention_in_days: 366 } },
    expect.stringMatching(/^cloudwatch_logs\.retention_in_days: must be one of 1, 3, 5, .*, 3653; got 366$/),
  ],
  [
    { cloudwatch_logs: { log_group_class: "DELIVERY" } },
    'cloudwatch_logs.log_group_class: must be one of "STANDARD", "INFREQUENT_ACCESS"; got "DELIVERY"',
  ],
  [
    { cloudwatch_logs: { log_group_name: "a b" } },
    'cloudwatch_logs.log_group_name: must be 1 to 512 letters, digits or characters of . _ / # -; got "a b"',
  ],
  [
    { cloudwatch_logs: { existing_log_group: { arn: "my-group" } } },
    'cloudwatch_logs.existing_log_group.arn: must be the ARN of a log group; got "my-group"',
  ],
  [
    { cloudwatch_logs: { role_name: "a b" } },
    'cloudwatch_logs.role_name: must be 1 to 64 letters, digits or characters of + = , . @ _ -; got "a b"',
  ],
  [
    { cloudwatch_logs: { role_path: "audit" } },
    'cloudwatch_logs.role_path: must be a slash, or begin and end with one; got "audit"',
  ],
  [
    { cloudwatch_logs: { permissions_boundary_arn: "boundary" } },
    'cloudwatch_logs.permissions_boundary_arn: must be the ARN of an IAM policy; got "boundary"',
  ],
  [{ cloudwatch_logs: { existing_role: {} } }, "cloudwatch_logs.existing_role.arn: must be given: The ARN of the role"],
  [{ tags: { "aws:a": "b" } }, 'tags["aws:a"] (the key): must not begin with "aws:", which AWS reserves; got "aws:a"'],
])("%j is refused", (inputs, ...problems) => {
  expect(problemsWith(inputs).slice(0, 1)).toEqual(problems);
});

test("the sources that may be left out are those of KMS and of the RDS data API", () => {
  const exclude = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];
  expect(problemsWith({ management_events: { exclude_event_sources: exclude } })).toEqual([]);
  expect(problemsWith({ management_events: { exclude_event_sources: [] } })).toEqual([]);
});

describe("events of chosen things", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `bucket-${index}`);

  test("are of at most 150, so that all of them fit into a trail", () => {
    const functions = names(150).map((name) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}`);
    const prefixes = names(150).map((name) => `${name}/x`);
    expect(
      problemsWith({ s3_data_events: { buckets: names(150), prefixes }, lambda_data_events: { functions } }),
    ).toEqual([]);
    const problems = problemsWith({
      s3_data_events: { buckets: names(151), prefixes: [...prefixes, "more/x"] },
      lambda_data_events: { functions: [...functions, functions[0]] },
    });
    expect(problems.map((problem) => problem.replace(/; got .*/, ""))).toEqual([
      "s3_data_events.buckets: must have at most 150 entries",
      "s3_data_events.prefixes: must have at most 150 entries",
      "lambda_data_events.functions: must have at most 150 entries",
    ]);
  });
});

describe("CloudWatch Logs", () => {
  const existing_log_group = { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:there" };
  const existing_role = { arn: "arn:aws:iam::111122223333:role/there" };
  const NEW_GROUP = "must be null where log_group_name is given, which is about a new one";
  const NEW_ROLE = "must be null where role_name or permissions_boundary_arn is given, which are about a new one";

  test("are by default kept for a year, in a group and by a role of their own", () => {
    expect(check(trailDefinition, { ...given, cloudwatch_logs: {} }).inputs?.cloudwatchLogs).toStrictEqual({
      log_group_name: null,
      retention_in_days: 365,
      log_group_class: null,
      existing_log_group: null,
      role_name: null,
      role_path: "/",
      permissions_boundary_arn: null,
      trust_trail_only: false,
      existing_role: null,
    });
  });

  test.each([
    [{ existing_log_group, log_group_name: "new" }, `cloudwatch_logs.existing_log_group: ${NEW_GROUP}`],
    [{ existing_role, role_name: "new" }, `cloudwatch_logs.existing_role: ${NEW_ROLE}`],
    [
      { existing_role, permissions_boundary_arn: "arn:aws:iam::111122223333:policy/boundary" },
      `cloudwatch_logs.existing_role: ${NEW_ROLE}`,
    ],
  ])("%j contradict themselves", (logs, problem) => {
    const { existing_log_group: group, existing_role: role } = logs as Record<string, unknown>;
    expect(problemsWith({ cloudwatch_logs: logs })).toEqual([`${problem}; got ${JSON.stringify(group ?? role)}`]);
  });

  test.each([
    {},
    { existing_log_group, existing_role },
    { existing_log_group, role_name: "new" },
    { existing_role, log_group_name: "new" },
  ])("may be %j", (logs) => {
    expect(problemsWith({ cloudwatch_logs: logs })).toEqual([]);
  });
});

describe("something has to be recorded", () => {
  const nothing = { management_events: null, s3_data_events: null, lambda_data_events: null };

  test("so that not all kinds of events may be null", () => {
    expect(problemsWith(nothing)).toEqual([
      "management_events: must not be null where s3_data_events and lambda_data_events are: " +
        "the trail would record nothing; got null",
    ]);
  });

  test.each(["management_events", "s3_data_events", "lambda_data_events"])("and %s alone is enough", (name) => {
    expect(problemsWith({ ...nothing, [name]: {} })).toEqual([]);
  });
});

describe("Insights", () => {
  const NO_WRITES = "must have api_call_rate = false where no management events that write are recorded";
  const NO_EVENTS = "must be null where no management events are recorded";
  const both = '{"api_call_rate":true,"api_error_rate":true}';
  const errorsAlone = '{"api_call_rate":false,"api_error_rate":true}';

  test.each([
    [{ read_write_type: "All" }, {}],
    [{ read_write_type: "WriteOnly" }, {}],
    [{ read_write_type: "WriteOnly" }, { api_call_rate: false }],
    [{ read_write_type: "ReadOnly" }, { api_call_rate: false }],
    [{ read_write_type: "ReadOnly" }, null],
    [null, null],
  ])("of %j may be %j", (events, insights) => {
    expect(problemsWith({ management_events: events, insights })).toEqual([]);
  });

  test("on rates of calls need management events that write", () => {
    expect(problemsWith({ management_events: { read_write_type: "ReadOnly" }, insights: {} })).toEqual([
      `insights: ${NO_WRITES}; got ${both}`,
    ]);
  });

  test("need management events", () => {
    expect(problemsWith({ management_events: null, insights: {} })).toEqual([
      `insights: ${NO_WRITES}; got ${both}`,
      `insights: ${NO_EVENTS}; got ${both}`,
    ]);
    expect(problemsWith({ management_events: null, insights: { api_call_rate: false } })).toEqual([
      `insights: ${NO_EVENTS}; got ${errorsAlone}`,
    ]);
  });
});

test("the rules between inputs are null-safe in Terraform, which evaluates both sides of ||", () => {
  const requirements = trailOptionRules.map(({ requirement }) => requirement);
  const rendered = validations(trailDefinition, variablesOf(trailDefinition.fields))
    .filter(({ requirement }) => requirements.includes(requirement))
    .map(({ name, condition }) => [name, hcl(condition, { width: Number.POSITIVE_INFINITY })]);
  expect(rendered).toEqual([
    [
      "management_events",
      "var.management_events != null || var.s3_data_events != null || var.lambda_data_events != null",
    ],
    [
      "insights",
      "var.insights == null ? true : !var.insights.api_call_rate || " +
        '(var.management_events == null ? false : var.management_events.read_write_type != "ReadOnly")',
    ],
    ["insights", "var.insights == null || var.management_events != null"],
  ]);
});

test("everything is described in sentences", () => {
  expect([trailDefinition.name, trailDefinition.title]).toEqual(["trail", "Trail"]);
  const described = [
    trailDefinition,
    ...Object.values(trailDefinition.fields),
    ...Object.values(trailDefinition.outputs),
  ];
  for (const { description } of described) {
    expect(description).toMatch(/^[A-Z].*[a-z`)]\.$/s);
  }
});

test("what is chosen of data events is limited in the JSON schema, too", () => {
  const { anyOf } = fieldSchema(trailDefinition.fields.s3_data_events) as {
    readonly anyOf?: readonly { readonly properties?: Readonly<Record<string, object>> }[];
  };
  const { properties } = anyOf?.find((each) => each.properties !== undefined) ?? {};
  expect(properties?.buckets).toMatchObject({ maxItems: 150 });
  expect(properties?.prefixes).toMatchObject({ maxItems: 150 });
});

import { trailDefinition } from "../../../src/components/trail/inputs";
import { Trail, type TrailProps } from "../../../src/components/trail/trail";
import { reference } from "../../../src/values";
import { bodyOf, newDraft, newStack } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";

const props: TrailProps = {
  name: "example-logs",
  accountId: "111122223333",
  region: "eu-central-1",
  s3BucketName: "example-bucket",
};

const none = { managementEvents: null, s3DataEvents: null, lambdaDataEvents: null } as const;

/** The trail in a stack with some inputs. */
function trailWith(inputs: Partial<TrailProps>) {
  const stack = newStack();
  new Trail(stack, "Default", { ...props, ...inputs });
  return bodyOf(stack, "aws_cloudtrail.trail");
}

/** The selectors of events of the trail. */
function selectorsWith(inputs: Partial<TrailProps>): unknown {
  return trailWith(inputs).advanced_event_selector;
}

const OTHER_BUCKETS = "S3 data events of all objects but the logs";
const LOG_BUCKET = "S3 data events of the log bucket but the delivery of logs";

/** What is chosen from by whether functions are. */
const LAMBDA_NAMES = '"Lambda data events of chosen functions" : "Lambda data events of all functions"';

describe("management events", () => {
  const management = { field: "eventCategory", equals: ["Management"] };

  test("of all kinds have a selector also where they alone are recorded", () => {
    expect(selectorsWith({ ...none, managementEvents: {} })).toEqual([
      { name: "Management events selector", field_selector: [management] },
    ]);
  });

  test.each([
    ["ReadOnly", "true"],
    ["WriteOnly", "false"],
  ] as const)("that are %s are read-only: %s", (readWriteType, readOnly) => {
    expect(selectorsWith({ ...none, managementEvents: { readWriteType } })).toEqual([
      { name: "Management events selector", field_selector: [management, { field: "readOnly", equals: [readOnly] }] },
    ]);
  });

  test("of chosen services are left out", () => {
    const exclude = ["kms.amazonaws.com", "rdsdata.amazonaws.com"] as const;
    expect(selectorsWith({ ...none, managementEvents: { excludeEventSources: exclude } })).toEqual([
      {
        name: "Management events selector",
        field_selector: [management, { field: "eventSource", not_equals: exclude }],
      },
    ]);
    expect(
      selectorsWith({
        ...none,
        managementEvents: { readWriteType: "WriteOnly", excludeEventSources: ["kms.amazonaws.com"] },
      }),
    ).toEqual([
      {
        name: "Management events selector",
        field_selector: [
          management,
          { field: "readOnly", equals: ["false"] },
          { field: "eventSource", not_equals: ["kms.amazonaws.com"] },
        ],
      },
    ]);
  });

  test("that are null have none", () => {
    expect(JSON.stringify(selectorsWith({ managementEvents: null }))).not.toContain("Management");
  });
});

describe("S3 data events", () => {
  const object = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::S3::Object"] },
  ];
  // With the slash: without it, the events of example-bucket-2 would be left out, too.
  const ofOthers = { field: "resources.ARN", not_starts_with: ["arn:aws:s3:::example-bucket/AWSLogs/"] };
  const logBucket = {
    name: LOG_BUCKET,
    field_selector: [
      ...object,
      { field: "resources.ARN", starts_with: ["arn:aws:s3:::example-bucket/"] },
      { field: "eventName", not_equals: ["PutObject"] },
    ],
  };

  test("are those of all other buckets, and of the log bucket all but the delivery of logs", () => {
    expect(selectorsWith({ ...none, s3DataEvents: {} })).toEqual([
      { name: OTHER_BUCKETS, field_selector: [...object, ofOthers] },
      logBucket,
    ]);
  });

  test.each([
    ["ReadOnly", "true"],
    ["WriteOnly", "false"],
  ] as const)(
    "that are %s are read-only: %s; whoever reads or deletes logs is recorded all the same",
    (type, readOnly) => {
      expect(selectorsWith({ ...none, s3DataEvents: { readWriteType: type } })).toEqual([
        { name: OTHER_BUCKETS, field_selector: [...object, { field: "readOnly", equals: [readOnly] }, ofOthers] },
        logBucket,
      ]);
    },
  );

  test.each([
    ["eu-central-1", "arn:aws:s3:::example-bucket/"],
    ["cn-north-1", "arn:aws-cn:s3:::example-bucket/"],
    ["us-gov-west-1", "arn:aws-us-gov:s3:::example-bucket/"],
  ])("in %s know the log bucket as %s", (region, arn) => {
    const selectors = selectorsWith({ ...none, s3DataEvents: {}, region });
    expect(selectors).toMatchObject([
      { field_selector: [{}, {}, { not_starts_with: [`${arn}AWSLogs/`] }] },
      { field_selector: [{}, {}, { starts_with: [arn] }, {}] },
    ]);
  });

  describe("of chosen objects", () => {
    const chosen = (...startsWith: readonly string[]) => [
      {
        name: "S3 data events of chosen buckets",
        field_selector: [
          ...object,
          {
            field: "resources.ARN",
            starts_with: startsWith,
            not_starts_with: ["arn:aws:s3:::example-bucket/AWSLogs/"],
          },
        ],
      },
      logBucket,
    ];

    test.each([
      [{ buckets: ["first", "second"] }, chosen("arn:aws:s3:::first/", "arn:aws:s3:::second/")],
      [{ prefixes: ["first/2026/", "second/x"] }, chosen("arn:aws:s3:::first/2026/", "arn:aws:s3:::second/x")],
      [{ buckets: ["first"], prefixes: ["second/x"] }, chosen("arn:aws:s3:::first/", "arn:aws:s3:::second/x")],
    ])("%j have a selector of these, and everything on the log bucket is recorded all the same", (events, expected) => {
      expect(selectorsWith({ ...none, s3DataEvents: events })).toEqual(expected);
    });

    test("that are the log bucket itself are not recorded twice", () => {
      expect(selectorsWith({ ...none, s3DataEvents: { buckets: ["example-bucket"] } })).toEqual(
        chosen("arn:aws:s3:::example-bucket/"),
      );
    });

    test("are of the partition", () => {
      const s3DataEvents = { buckets: ["first"], prefixes: ["second/x"] };
      expect(selectorsWith({ ...none, s3DataEvents, region: "cn-north-1" })).toMatchObject([
        { field_selector: [{}, {}, { starts_with: ["arn:aws-cn:s3:::first/", "arn:aws-cn:s3:::second/x"] }] },
        {},
      ]);
    });

    test("are all where none is chosen", () => {
      expect(selectorsWith({ ...none, s3DataEvents: { buckets: [], prefixes: [] } })).toEqual(
        selectorsWith({ ...none, s3DataEvents: {} }),
      );
    });
  });

  test("with access logs leave out their delivery, too, but not who reads or deletes them", () => {
    const accessLogs = "arn:aws:s3:::access-logs/example-bucket/";
    const logs = ["arn:aws:s3:::example-bucket/AWSLogs/", accessLogs];
    expect(selectorsWith({ ...none, s3DataEvents: {}, accessLogPath: "access-logs/example-bucket/" })).toEqual([
      { name: OTHER_BUCKETS, field_selector: [...object, { field: "resources.ARN", not_starts_with: logs }] },
      {
        name: LOG_BUCKET,
        field_selector: [
          ...object,
          { field: "resources.ARN", starts_with: ["arn:aws:s3:::example-bucket/", accessLogs] },
          { field: "eventName", not_equals: ["PutObject"] },
        ],
      },
    ]);
    expect(selectorsWith({ ...none, s3DataEvents: {}, accessLogPath: null })).toEqual(
      selectorsWith({ ...none, s3DataEvents: {} }),
    );
  });

  test("that are null have no selectors", () => {
    expect(JSON.stringify(selectorsWith({ s3DataEvents: null }))).not.toContain("S3");
  });
});

describe("Lambda data events", () => {
  const invocation = [
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::Lambda::Function"] },
  ];

  test("are those of all functions", () => {
    expect(selectorsWith({ ...none, lambdaDataEvents: {} })).toEqual([
      { name: "Lambda data events of all functions", field_selector: invocation },
    ]);
  });

  test.each([
    ["ReadOnly", "true"],
    ["WriteOnly", "false"],
  ] as const)("that are %s are read-only: %s", (readWriteType, readOnly) => {
    expect(selectorsWith({ ...none, lambdaDataEvents: { readWriteType } })).toEqual([
      {
        name: "Lambda data events of all functions",
        field_selector: [...invocation, { field: "readOnly", equals: [readOnly] }],
      },
    ]);
  });

  test("of chosen functions name them", () => {
    const functions = ["a", "b"].map((name) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}`);
    expect(selectorsWith({ ...none, lambdaDataEvents: { functions } })).toEqual([
      {
        name: "Lambda data events of chosen functions",
        field_selector: [...invocation, { field: "resources.ARN", equals: functions }],
      },
    ]);
    expect(selectorsWith({ ...none, lambdaDataEvents: { functions, readWriteType: "WriteOnly" } })).toEqual([
      {
        name: "Lambda data events of chosen functions",
        field_selector: [
          ...invocation,
          { field: "readOnly", equals: ["false"] },
          { field: "resources.ARN", equals: functions },
        ],
      },
    ]);
    expect(selectorsWith({ ...none, lambdaDataEvents: { functions: [] } })).toEqual(
      selectorsWith({ ...none, lambdaDataEvents: {} }),
    );
  });

  test("that are null have no selector", () => {
    expect(JSON.stringify(selectorsWith({ lambdaDataEvents: null }))).not.toContain("Lambda");
  });
});

test("all kinds of events have their selectors in one order", () => {
  expect(selectorsWith({})).toMatchObject([
    { name: "Management events selector" },
    { name: OTHER_BUCKETS },
    { name: LOG_BUCKET },
    { name: "Lambda data events of all functions" },
  ]);
});

test("events have advanced selectors alone: there is no input for basic ones, which exclude them", () => {
  expect(trailWith({})).not.toHaveProperty("event_selector");
  // @ts-expect-error: there is no such property
  const basic: TrailProps = { ...props, eventSelector: [{ readWriteType: "All" }] };
  expect(() => new Trail(newStack(), "a", basic)).toThrow("eventSelector: is not a known name");
});

describe("Insights", () => {
  test("are never there by default", () => {
    expect(trailWith({})).not.toHaveProperty("insight_selector");
    expect(trailWith({ insights: null })).not.toHaveProperty("insight_selector");
  });

  test.each([
    [{}, ["ApiCallRateInsight", "ApiErrorRateInsight"]],
    [{ apiErrorRate: false }, ["ApiCallRateInsight"]],
    [{ apiCallRate: false }, ["ApiErrorRateInsight"]],
  ])("of %j look for %j", (insights, types) => {
    expect(trailWith({ insights }).insight_selector).toEqual(types.map((type) => ({ insight_type: type })));
  });

  test("that look for nothing are not there", () => {
    expect(trailWith({ insights: { apiCallRate: false, apiErrorRate: false } })).not.toHaveProperty("insight_selector");
  });
});

describe("in a module", () => {
  test("every selector depends on the variables, and none on whether a value is known", () => {
    const { stack } = newDraft();
    new Trail(stack, "Default", variablesOf<TrailProps>(trailDefinition.fields));
    const { dynamic, ...rest } = bodyOf(stack, "aws_cloudtrail.trail");
    expect(rest).not.toHaveProperty("advanced_event_selector");
    const { advanced_event_selector: selectors, insight_selector: insights } = dynamic as Record<
      string,
      readonly { readonly for_each: string; readonly content: { readonly name: string } }[]
    >;
    expect(selectors?.map(({ for_each: often, content }) => [content.name, often])).toEqual([
      ["Management events selector", "${var.management_events != null ? [1] : []}"],
      [
        `\${length(local.selected_object_arn_prefixes) >= 1 ? "S3 data events of chosen buckets" : "${OTHER_BUCKETS}"}`,
        "${var.s3_data_events != null ? [1] : []}",
      ],
      [LOG_BUCKET, "${var.s3_data_events != null ? [1] : []}"],
      [
        `\${length(var.lambda_data_events.functions) >= 1 ? ${LAMBDA_NAMES}}`,
        "${var.lambda_data_events != null ? [1] : []}",
      ],
    ]);
    expect(insights).toEqual([
      {
        for_each:
          '${var.insights == null ? [] : concat(var.insights.api_call_rate ? ["ApiCallRateInsight"] : [], ' +
          'var.insights.api_error_rate ? ["ApiErrorRateInsight"] : [])}',
        content: { insight_type: "${insight_selector.value}" },
      },
    ]);
  });
});

test("a value that is known only at plan makes its selectors dynamic in a stack, too", () => {
  const { dynamic } = trailWith({ ...none, lambdaDataEvents: reference("var.lambda") as never });
  expect(dynamic).toEqual({
    advanced_event_selector: [
      {
        for_each: "${var.lambda != null ? [1] : []}",
        content: {
          name: `\${length(var.lambda.functions) >= 1 ? ${LAMBDA_NAMES}}`,
          dynamic: {
            field_selector: [
              { for_each: [1], content: { field: "eventCategory", equals: ["Data"] } },
              { for_each: [1], content: { field: "resources.type", equals: ["AWS::Lambda::Function"] } },
              {
                for_each: '${var.lambda.read_write_type != "All" ? [1] : []}',
                content: {
                  field: "readOnly",
                  equals: ['${var.lambda.read_write_type == "ReadOnly" ? "true" : "false"}'],
                },
              },
              {
                for_each: "${length(var.lambda.functions) >= 1 ? [1] : []}",
                content: { field: "resources.ARN", equals: "${var.lambda.functions}" },
              },
            ],
          },
        },
      },
    ],
  });
});

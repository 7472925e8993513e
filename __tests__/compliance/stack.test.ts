import { blocks, listed, refersTo, Stack } from "../../src/compliance/stack";
import { isAboutEverybody, principalsOf, servicesWithoutSource, statementsOf } from "../../src/compliance/statements";

const BUCKET = { type: "aws_s3_bucket", name: "logs", address: "aws_s3_bucket.logs", arguments: { bucket: "a" } };

function stackOf(resource: object, output: object = {}, region = "eu-central-1"): Stack {
  const provider = { aws: [{ region, allowed_account_ids: ["111122223333"] }] };
  return new Stack(JSON.stringify({ provider, resource, output }));
}

describe("a stack", () => {
  test("knows its account, region and partition", () => {
    const { accountId, region, partition } = stackOf({}, {}, "cn-north-1");
    expect({ accountId, region, partition }).toEqual({
      accountId: "111122223333",
      region: "cn-north-1",
      partition: "aws-cn",
    });
  });

  test("may have no resources, where everything is there already", () => {
    const provider = { aws: [{ region: "eu-central-1", allowed_account_ids: ["111122223333"] }] };
    expect(new Stack(JSON.stringify({ provider })).resources).toEqual([]);
  });

  test("finds resources by type and by address", () => {
    const stack = stackOf({ aws_s3_bucket: { logs: { bucket: "a" } } });
    expect(stack.of("aws_s3_bucket")).toEqual([BUCKET]);
    expect(stack.at("aws_s3_bucket.logs")).toEqual(BUCKET);
    expect(stack.at("aws_s3_bucket.log")).toBeUndefined();
  });

  test("finds what belongs to a resource, and not what belongs to one whose name begins alike", () => {
    const stack = stackOf({
      aws_s3_bucket: { logs: {}, logs2: {} },
      aws_s3_bucket_policy: {
        a: { bucket: "${aws_s3_bucket.logs.bucket}" },
        b: { bucket: "${aws_s3_bucket.logs2.id}" },
      },
    });
    const owners = stack.of("aws_s3_bucket").map((each) => stack.belongingTo(each, "aws_s3_bucket_policy", "bucket"));
    expect(owners.map((parts) => parts.map(({ name }) => name))).toEqual([["a"], ["b"]]);
  });

  test.each([
    ["a", "a"],
    ["${aws_s3_bucket.logs.bucket}", "a"],
    ["${aws_s3_bucket.logs.arn}", undefined],
    ["${aws_s3_bucket.other.bucket}", undefined],
    ["arn:aws:s3:::${aws_s3_bucket.logs.bucket}", undefined],
    ["$${a}", "${a}"],
    [1, undefined],
    [undefined, undefined],
  ])("reads %j as %j", (value, expected) => {
    expect(stackOf({ aws_s3_bucket: { logs: { bucket: "a" } } }).text(value)).toBe(expected);
  });

  test("reads outputs", () => {
    const stack = stackOf(
      { aws_s3_bucket: { logs: { bucket: "a" } } },
      { name: { value: "${aws_s3_bucket.logs.bucket}" } },
    );
    expect([stack.output("name"), stack.output("other")]).toEqual(["a", undefined]);
  });
});

test.each([
  ["${aws_s3_bucket.logs.arn}", true],
  ["${aws_s3_bucket.logs.arn}:*", true],
  ["${aws_s3_bucket.logs2.arn}", false],
  ["aws_s3_bucket.logs.arn", false],
  [null, false],
])("%j is about the resource: %p", (value, expected) => {
  expect(refersTo(value, BUCKET)).toBe(expected);
});

test("nested blocks are a list, one of them, or none", () => {
  expect([blocks([{ a: 1 }]), blocks({ a: 1 }), blocks(null), blocks("a")]).toEqual([[{ a: 1 }], [{ a: 1 }], [], []]);
  expect([listed(["a"]), listed("a"), listed(undefined)]).toEqual([["a"], ["a"], []]);
});

describe("a policy", () => {
  const resource = (policy: unknown) => ({ ...BUCKET, arguments: { policy } });

  test("has its statements, of which there may be one alone", () => {
    expect(statementsOf(resource('{"Statement":[{"Effect":"Allow"}]}'))).toEqual([{ Effect: "Allow" }]);
    expect(statementsOf(resource('{"Statement":{"Effect":"Deny"}}'))).toEqual([{ Effect: "Deny" }]);
    expect(statementsOf(resource('{"Statement":[{"Resource":"a/$${aws:username}"}]}'))).toEqual([
      { Resource: "a/${aws:username}" },
    ]);
  });

  test.each([[undefined], [1], ["{"], ["{}"]])("that is %j has none", (policy) => {
    expect(statementsOf(resource(policy))).toEqual([]);
  });

  test("that is not there has none", () => {
    expect(statementsOf(undefined)).toEqual([]);
  });

  test.each([["*"], [{ AWS: "*" }], [{ AWS: ["arn:aws:iam::111122223333:root", "*"] }]])(
    "with the principal %j is about everybody",
    (principal) => {
      expect(isAboutEverybody({ Principal: principal })).toBe(true);
    },
  );

  test.each([[{ Service: "*" }], [{ AWS: "arn:aws:iam::111122223333:root" }], [undefined]])(
    "with the principal %j is not",
    (principal) => {
      expect(isAboutEverybody({ Principal: principal })).toBe(false);
    },
  );

  test("names services apart from accounts", () => {
    const statement = { Principal: { Service: ["a.amazonaws.com"], AWS: "111122223333" } };
    expect([principalsOf(statement, "Service"), principalsOf(statement, "AWS")]).toEqual([
      ["a.amazonaws.com"],
      ["111122223333"],
    ]);
    expect(principalsOf({ Principal: "*" }, "Service")).toEqual([]);
  });

  test.each([
    ["cloudtrail.amazonaws.com", { StringEquals: { "aws:SourceArn": "arn:aws:cloudtrail:a" } }, 0],
    ["cloudtrail.amazonaws.com", { ArnLike: { "aws:SourceArn": ["arn:aws:cloudtrail:a"] } }, 0],
    ["cloudtrail.amazonaws.com", { StringNotEquals: { "aws:SourceArn": "arn:aws:cloudtrail:a" } }, 1],
    ["cloudtrail.amazonaws.com", { ArnLike: { "aws:SourceArn": ["arn:aws:cloudtrail:a", "*"] } }, 1],
    ["cloudtrail.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111122223333" } }, 1],
    ["config.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111122223333" } }, 0],
    ["config.amazonaws.com", undefined, 1],
  ])("lets %s in on condition %j on behalf of anybody: %d", (service, condition, count) => {
    const statement = { Principal: { Service: service }, ...(condition === undefined ? {} : { Condition: condition }) };
    expect(servicesWithoutSource(statement as never)).toHaveLength(count);
  });
});

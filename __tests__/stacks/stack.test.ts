import { blocks, listed, refersTo, Stack } from "../../src/stacks/stack";

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

  test("knows in which region a resource is: its own, that of its provider, or the home region", () => {
    const provider = {
      aws: [
        { region: "eu-central-1", allowed_account_ids: ["111122223333"] },
        { alias: "us_east_1", region: "us-east-1", allowed_account_ids: ["111122223333"] },
      ],
    };
    const resource = { a: { home: {}, provided: { provider: "aws.us_east_1" }, own: { region: "eu-west-1" } } };
    const stack = new Stack(JSON.stringify({ provider, resource }));
    expect(stack.of("a").map((each) => stack.regionOf(each))).toEqual(["eu-central-1", "us-east-1", "eu-west-1"]);
  });

  test("finds what an argument refers to", () => {
    const stack = stackOf({ aws_s3_bucket: { logs: { bucket: "a" } } });
    expect(stack.referred("${aws_s3_bucket.logs.arn}")).toEqual(BUCKET);
    expect(stack.referred("${aws_s3_bucket.others.arn}")).toBeUndefined();
    expect(stack.referred("arn:aws:s3:::a")).toBeUndefined();
    expect(stack.referred(undefined)).toBeUndefined();
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
    ["${aws_s3_bucket.logs.bucket}/a", undefined],
    ["a$${a}", "a${a}"],
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
  expect([listed(["a"]), listed("a"), listed(undefined), listed(null)]).toEqual([["a"], ["a"], [], []]);
});

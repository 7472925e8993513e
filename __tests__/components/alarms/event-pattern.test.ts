import { matchesEventPattern } from "./support/event-pattern";

const stateChange = {
  version: "0",
  "detail-type": "EC2 Instance State-change Notification",
  source: "aws.ec2",
  account: "111122223333",
  time: "2017-12-22T18:43:48Z",
  region: "us-west-1",
  resources: ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0", "second"],
  detail: { "instance-id": "i-1234567890abcdef0", state: "terminated", empty: "", nothing: null, flag: true },
};

describe("a pattern of values", () => {
  test.each([
    [
      { source: ["aws.ec2"], "detail-type": [stateChange["detail-type"]], detail: { state: ["terminated"] } },
      { source: ["aws.ec2"], detail: { state: ["running"] } },
    ],
    [{ source: ["aws.fargate", "aws.ec2"] }, { source: ["aws.fargate", "AWS.EC2"] }],
    [{ resources: ["other", "second"] }, { resources: ["other"] }],
    [{ detail: { empty: [""] } }, { detail: { empty: [null] } }],
    [{ detail: { nothing: [null] } }, { detail: { nothing: [""] } }],
    [{ detail: { flag: [true] } }, { detail: { flag: ["true"] } }],
    [{ source: ["aws.ec2"] }, { source: ["aws.ec2"], absent: [null] }],
    [{ source: ["aws.ec2"] }, { source: { part: ["aws.ec2"] } }],
    [{ source: ["aws.ec2"] }, { detail: ["aws.ec2"] }],
  ])("%j matches an event of EC2, %j does not", (pattern, other) => {
    expect(matchesEventPattern(pattern, stateChange)).toBe(true);
    expect(matchesEventPattern(other, stateChange)).toBe(false);
  });

  test("matches numbers", () => {
    const pattern = { detail: { "risk-score": [80], trigger: { risk: [8] } } };
    expect(matchesEventPattern(pattern, { detail: { "risk-score": 80, trigger: { risk: 8 } } })).toBe(true);
    expect(matchesEventPattern(pattern, { detail: { "risk-score": 80, trigger: { risk: "8" } } })).toBe(false);
  });

  test("does not match fields of different elements of a list together", () => {
    const event = {
      employees: [[{ firstName: "Anna", lastName: "Smith" }], { firstName: "Peter", lastName: "Jones" }, "Doe"],
    };
    expect(matchesEventPattern({ employees: { firstName: ["Anna"], lastName: ["Smith"] } }, event)).toBe(true);
    expect(matchesEventPattern({ employees: { firstName: ["Anna"], lastName: ["Jones"] } }, event)).toBe(false);
    expect(matchesEventPattern({ employees: { firstName: [{ exists: false }] } }, event)).toBe(false);
  });
});

/** The examples of "Comparison operators for use in event patterns" in the user guide of EventBridge. */
describe("an operator", () => {
  test.each<[object, unknown, unknown]>([
    [{ prefix: "2017-10-02" }, "2017-10-02T18:43:48Z", "2018-10-02"],
    [{ prefix: "us-" }, ["eu-west-1", "us-east-1"], ["eu-west-1"]],
    [{ prefix: { "equals-ignore-case": "eventb" } }, "EventBridge", "Event"],
    [{ suffix: ".png" }, "a.png", "a.PNG"],
    [{ suffix: { "equals-ignore-case": "tBridge" } }, "EVENTBRIDGE", "EventBridges"],
    [{ "equals-ignore-case": "alice" }, "ALICE", "Alicia"],
    [{ "anything-but": "initializing" }, "running", "initializing"],
    [{ "anything-but": "initializing" }, null, undefined],
    [{ "anything-but": 123 }, 124, 123],
    [{ "anything-but": ["stopped", "overloaded"] }, "running", "overloaded"],
    [{ "anything-but": ["stopped", "overloaded"] }, ["stopped", "running"], ["stopped", "overloaded"]],
    [{ "anything-but": [100, 200, 300] }, 400, 300],
    [{ "anything-but": { prefix: "init" } }, "running", "initializing"],
    [{ "anything-but": { prefix: ["init", "error"] } }, "running", "error: x"],
    [{ "anything-but": { suffix: ".txt" } }, "a.png", "a.txt"],
    [{ "anything-but": { "equals-ignore-case": "initializing" } }, "initialized", "INITIALIZING"],
    [{ "anything-but": { "equals-ignore-case": ["initializing", "stopped"] } }, "started", "Stopped"],
    [{ "anything-but": { wildcard: "*/lib/*" } }, "src/a", "src/lib/a"],
    [{ numeric: [">", 0, "<=", 5] }, 5, 0],
    [{ numeric: ["<", 10] }, 9.5, 10],
    [{ numeric: ["=", 3.018e2] }, 301.8, 302],
    [{ numeric: [">=", 10] }, 10, "11"],
    [{ numeric: [">", 10] }, 5e9, 5e9 + 1],
    [{ exists: true }, "", undefined],
    [{ exists: true }, null, { inner: "not a leaf" }],
    [{ exists: false }, undefined, "x"],
    [{ exists: false }, { c1: 100 }, null],
    [{ wildcard: "arn:aws:*:role/*/admin" }, "arn:aws:iam::1:role/a/b/admin", "arn:aws:iam::1:role/a/admin/b"],
    [{ wildcard: "dir/*.png" }, "dir/a.png", "dir/apng"],
    [{ wildcard: "a\\*b\\\\*" }, "a*b\\c", "axb\\c"],
    [{ cidr: "10.0.0.0/24" }, "10.0.0.255", "10.0.1.0"],
    [{ cidr: "10.0.0.0/24" }, "10.0.0.1", "cloudtrail.amazonaws.com"],
    [{ cidr: "2001:db8::/32" }, "2001:db8::1", "2001:db9::1"],
  ])("%j matches %j, not %j", (operator, value, other) => {
    const pattern = { detail: { field: ["no such value", operator] } };
    expect(matchesEventPattern(pattern, { detail: { field: value } })).toBe(true);
    expect(matchesEventPattern(pattern, { detail: { field: other } })).toBe(false);
  });

  test.each([
    { prefix: "1" },
    { suffix: "1" },
    { "equals-ignore-case": "1" },
    { wildcard: "*" },
    { cidr: "0.0.0.0/0" },
  ])("on texts takes no number: %j", (operator) => {
    expect(matchesEventPattern({ field: [operator] }, { field: 1 })).toBe(false);
  });

  test("exists: false holds where the parent is absent or has no fields", () => {
    const pattern = { detail: { userIdentity: { invokedBy: [{ exists: false }] } } };
    expect(matchesEventPattern(pattern, { detail: {} })).toBe(true);
    expect(matchesEventPattern(pattern, { detail: { userIdentity: "root" } })).toBe(true);
    expect(matchesEventPattern(pattern, { detail: { userIdentity: { invokedBy: "x" } } })).toBe(false);
  });

  test("several fields match together alone", () => {
    const pattern = {
      time: [{ prefix: "2017-10-02" }],
      detail: {
        state: [{ "anything-but": "initializing" }],
        "c-count": [{ numeric: [">", 0, "<=", 5] }],
        "x-limit": [{ "anything-but": [100, 200, 300] }],
      },
    };
    const detail = { state: "running", "c-count": 5, "x-limit": 301.8 };
    expect(matchesEventPattern(pattern, { time: "2017-10-02T16:24:49Z", detail })).toBe(true);
    expect(matchesEventPattern(pattern, { time: "2017-10-03T16:24:49Z", detail })).toBe(false);
    expect(matchesEventPattern(pattern, { time: "2017-10-02", detail: { ...detail, "x-limit": 200 } })).toBe(false);
  });
});

describe("$or", () => {
  const pattern = {
    source: ["aws.cloudwatch"],
    $or: [
      { metricName: ["CPUUtilization", "ReadLatency"] },
      { metricType: ["MetricType"], namespace: ["AWS/EC2"], $or: [{ metricId: [1234] }, { spaceId: [1000] }] },
      { detail: { scope: ["Service"] } },
    ],
  };

  test.each([
    [{ source: "aws.cloudwatch", metricName: "ReadLatency" }, true],
    [{ source: "aws.cloudwatch", metricType: "MetricType", namespace: "AWS/EC2", spaceId: 1000 }, true],
    [{ source: "aws.cloudwatch", metricType: "MetricType", namespace: "AWS/EC2" }, false],
    [{ source: "aws.cloudwatch", detail: { scope: "Service" } }, true],
    [{ source: "aws.cloudwatch" }, false],
    [{ metricName: "ReadLatency" }, false],
  ])("of %j is one of its patterns, with the fields beside: %s", (event, matches) => {
    expect(matchesEventPattern(pattern, event)).toBe(matches);
  });
});

describe("a pattern is refused, whatever the event is", () => {
  test.each<[unknown, string]>([
    ["x", 'the whole: expected an object with fields or a list of values, found "x"'],
    [{}, "the whole: expected an object with fields"],
    [{ detail: { state: "running" } }, 'detail.state: expected an object with fields or a list of values, found "runn'],
    [{ detail: { state: [] } }, "detail.state: expected a list with a value, found []"],
    [{ a: [["b"]] }, 'a: expected a text, a number, true, false, null or an operator, found ["b"]'],
    [{ a: [{ contains: "b" }] }, 'found "contains"'],
    [{ a: [{ constructor: "b" }] }, 'found "constructor"'],
    [{ a: [{ prefix: "b", suffix: "c" }] }, "a: expected an object with one operator"],
    [{ a: [{}] }, "a: expected an object with one operator"],
    [{ a: [{ prefix: 1 }] }, "a: expected a text, found 1"],
    [{ a: [{ prefix: { suffix: "b" } }] }, 'a: expected one of equals-ignore-case, found "suffix"'],
    [{ a: [{ exists: "true" }] }, 'a: expected exists with true or false, found "true"'],
    [{ a: [{ "anything-but": ["b", 1] }] }, "a: expected anything-but with texts alone or numbers alone"],
    [{ a: [{ "anything-but": [] }] }, "a: expected anything-but with texts alone or numbers alone"],
    [{ a: [{ "anything-but": null }] }, "a: expected anything-but with texts alone or numbers alone"],
    [{ a: [{ "anything-but": { numeric: ["<", 1] } }] }, 'found "numeric"'],
    [{ a: [{ numeric: ["!=", 1] }] }, "a: expected numeric with pairs"],
    [{ a: [{ numeric: ["<"] }] }, "a: expected numeric with pairs"],
    [{ a: [{ numeric: ["<", 5e9 + 1] }] }, "a: expected numeric with pairs"],
    [{ a: [{ numeric: [] }] }, "a: expected numeric with one or two bounds"],
    [{ a: [{ numeric: [">", 1, "<", 5, "<", 4] }] }, "a: expected numeric with one or two bounds"],
    [{ a: [{ wildcard: "b**" }] }, "a: expected wildcard without **"],
    [{ a: [{ wildcard: "b\\c" }] }, "a: expected wildcard without **"],
    [{ a: [{ cidr: "10.0.0.0" }] }, "a: expected cidr with a network"],
    [{ a: [{ cidr: "10.0.0/24" }] }, "a: expected cidr with a network"],
    [{ b: ["c"], $or: [{ a: ["b"] }] }, "$or: expected a list of two patterns or more"],
    [{ detail: { $or: { a: ["b"] } } }, "detail.$or: expected a list of two patterns or more"],
    [{ $or: [{ a: ["b"] }, { a: "b" }] }, "a: expected an object with fields or a list of values"],
  ])("%j", (pattern, message) => {
    expect(() => matchesEventPattern(pattern, {})).toThrow(message);
  });
});

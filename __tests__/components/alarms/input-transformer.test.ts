import { transformed } from "./support/input-transformer";

/** The example of "Amazon EventBridge input transformation" in the user guide of EventBridge. */
const stateChange = {
  version: "0",
  "detail-type": "EC2 Instance State-change Notification",
  time: "2015-11-11T21:29:54Z",
  resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
  detail: { "instance-id": "i-0123456789", state: "RUNNING", count: 2, nothing: null, tags: [{ key: "a" }] },
};

const inputPaths = {
  timestamp: "$.time",
  instance: "$.detail.instance-id",
  state: "$.detail.state",
  resource: "$.resources[0]",
  count: "$.detail.count",
  nothing: "$.detail.nothing",
  tags: "$.detail.tags",
  key: "$.detail.tags[0].key",
  absent: "$.detail.user.arn",
  inherited: "$.detail.toString",
  event: "$",
};

const transform = (inputTemplate: string, event: unknown = stateChange) =>
  transformed({ inputPaths, inputTemplate }, event);

describe("a text in quotes", () => {
  test.each([
    ['"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
    ['"instance \\"<instance>\\" is in <state>"', '"instance \\"i-0123456789\\" is in RUNNING"'],
    ['"first line of <state>"\n"<resource>"', `"first line of RUNNING"\n"${stateChange.resources[0]}"`],
    ['"<count> of <key>, <nothing>"', '"2 of a, null"'],
    ['"<state><state>"', '"RUNNINGRUNNING"'],
    ['"1 < 2 > 1"', '"1 < 2 > 1"'],
  ])("%s becomes %s, with its quotes", (template, text) => {
    expect(transform(template)).toBe(text);
  });

  test("has nothing in the place of what the event does not have", () => {
    expect(transform('"by <absent>, <inherited>."')).toBe('"by , ."');
  });

  test("has an object or list without its quotes", () => {
    expect(transform('"tags are <tags>"')).toBe('"tags are [{key:a}]"');
  });

  test("is not escaped, so it may be no JSON", () => {
    const event = { detail: { state: 'say "$&"' } };
    expect(transform('"<state>"', event)).toBe('"say "$&""');
  });
});

describe("JSON", () => {
  test.each([
    ['{ "instance": <instance>, "state": <state> }', { instance: "i-0123456789", state: "RUNNING" }],
    [
      '{ "instance": <instance>, "state": "<state>", "instanceStatus": "instance \\"<instance>\\" is in <state>" }',
      { instance: "i-0123456789", state: "RUNNING", instanceStatus: 'instance "i-0123456789" is in RUNNING' },
    ],
    [
      '{ "instance": <instance>, "state": [9, <state>, true], "Transformed": "Yes" }',
      { instance: "i-0123456789", state: [9, "RUNNING", true], Transformed: "Yes" },
    ],
    ['{ "count": <count>, "tags": <tags> }', { count: 2, tags: [{ key: "a" }] }],
    ['{ "nothing": <nothing>, "absent": <absent> }', { nothing: null, absent: "" }],
    ["<event>", stateChange],
    ["<instance>", "i-0123456789"],
  ])("%s has the quotes of each text outside of quotes", (template, value) => {
    expect(JSON.parse(transform(template))).toEqual(value);
  });

  test("has a text escaped outside of quotes", () => {
    const event = { detail: { state: 'say "x"\n' } };
    expect(JSON.parse(transform('{ "state": <state> }', event))).toEqual({ state: 'say "x"\n' });
  });
});

describe("a transformer is refused", () => {
  test.each([
    ["instance <instance> is in <state>", "The template is no JSON and no text in quotes"],
    ['"first line"\nsecond line', "The template is no JSON and no text in quotes"],
    ['"first line"\n2', "The template is no JSON and no text in quotes"],
    ["", "The template is no JSON and no text in quotes"],
    ['{ <state>: "x" }', "The template is no JSON and no text in quotes"],
    ['{ "state": <state> ', "The template is no JSON and no text in quotes"],
    ['"<unknown>"', "The variable <unknown> has no path"],
    ['{ "a": <toString> }', "The variable <toString> has no path"],
    ['"<aws.events.event.ingestion-time>"', "The predefined variable <aws.events.event.ingestion-time> is not"],
  ])("%s", (template, message) => {
    expect(() => transform(template)).toThrow(message);
  });

  test.each(["detail.state", "$.detail['state']", "$.resources[*]", "$..state", "$.detail."])(
    "where its path is %s",
    (path) => {
      expect(() => transformed({ inputPaths: { state: path }, inputTemplate: "<state>" }, stateChange)).toThrow(
        `The path of <state> is not supported: ${path}`,
      );
    },
  );
});

import { matchesFilterPattern } from "./support/filter-pattern";

/** The examples of "Using filter patterns to match terms in JSON log events" in the user guide of CloudWatch Logs. */
const trailUpdate = {
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  "cluster.name": "c",
};

const users = {
  user: { id: 1, email: "John.Stiles@example.com" },
  users: [
    { id: 2, email: "John.Doe@example.com" },
    { id: 3, email: "Jane.Doe@example.com" },
  ],
  actions: ["GET", "PUT", "DELETE"],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
};

describe("a pattern of one term", () => {
  test.each([
    ['{ $.eventType = "UpdateTrail" }', { eventType: "CreateTrail" }],
    ["{ $.sourceIPAddress != 123.123.* }", { sourceIPAddress: "123.123.0.1" }],
    ['{ $.arrayKey[0] = "value" }', { arrayKey: ["another value", "value"] }],
    ['{ $.arrayKey[0] = "value" }', { arrayKey: { 0: "value" } }],
    ["{ $.eventType = %Trail% }", { eventType: "Bucket" }],
    ["{ $.eventType != %Bucket% }", { eventType: "DeleteBucket" }],
    ["{ $.arrayKey[*] = %val.{2}% }", { arrayKey: ["val", "a"] }],
    ["{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }", { sourceIPAddress: "111.111.111.21" }],
    ["{ $.['cluster.name'] = \"c\" }", { cluster: { name: "c" } }],
    ["{ $.objectList[1].id = 2 }", { objectList: [{ id: 2 }] }],
    ["{ $.objectList[*].id = 2 }", { objectList: [{ id: 1 }, { id: 3 }] }],
    ["{ $.SomeObject IS NULL }", {}],
    ["{ $.SomeObject IS NULL }", { SomeObject: "null" }],
    ["{ $.SomeOtherObject NOT EXISTS }", { SomeOtherObject: null }],
    ["{ $.ThisFlag IS TRUE }", { ThisFlag: false }],
    ["{ $.ThisFlag IS TRUE }", { ThisFlag: "true" }],
  ])("%s matches the example of AWS, not %j", (pattern, other) => {
    expect(matchesFilterPattern(pattern, trailUpdate)).toBe(true);
    expect(matchesFilterPattern(pattern, other)).toBe(false);
  });

  test("with IS FALSE takes false alone", () => {
    expect(matchesFilterPattern("{ $.ThisFlag IS FALSE }", { ThisFlag: false })).toBe(true);
    expect(matchesFilterPattern("{ $.ThisFlag IS FALSE }", trailUpdate)).toBe(false);
  });

  test.each([
    ["{ $.bandwidth > 75 }", { bandwidth: 76 }, { bandwidth: 75 }],
    ["{ $.latency < 50 }", { latency: 49.9 }, { latency: 50 }],
    ["{ $.refreshRate >= 60 }", { refreshRate: 60 }, { refreshRate: 59 }],
    ["{ $.responseTime <= 5 }", { responseTime: 5 }, { responseTime: 6 }],
    ["{ $.errorCode = 400}", { errorCode: 400 }, { errorCode: 404 }],
    ["{ $.errorCode != 500 }", { errorCode: 400 }, { errorCode: 500 }],
    ["{ $.number[0] = 1e+3 }", { number: [1000] }, { number: [1, 1000] }],
    ["{ $.number[0] != 1e-3 }", { number: [0.01] }, { number: [0.001] }],
    ["{ $.latency > +1000 }", { latency: 1001 }, { latency: -1001 }],
    [
      "{ $.processes[4].averageRuntime <= 55.5 }",
      { processes: [1, 2, 3, 4, { averageRuntime: 55.5 }] },
      { processes: [{ averageRuntime: 55.5 }] },
    ],
    ["{ $.latency = * }", { latency: 12 }, { other: 12 }],
  ])("%s matches %j, not %j", (pattern, event, other) => {
    expect(matchesFilterPattern(pattern, event)).toBe(true);
    expect(matchesFilterPattern(pattern, other)).toBe(false);
  });

  test.each([
    ["*Event", "PutEvent", "EventId"],
    ["Event*", "EventId", "PutEvent"],
    ["Ev*ent", "Ev*ent", "Event"],
    ['"*Unauthorized*"', "Client.UnauthorizedOperation", "AccessDenied"],
    ['"a.c"', "a.c", "abc"],
    ['"say \\"x\\""', 'say "x"', "say x"],
    ["ConsoleLogin", "ConsoleLogin", "consolelogin"],
  ])("with %s takes %s, not %s", (operand, text, other) => {
    expect(matchesFilterPattern(`{ $.name = ${operand} }`, { name: text })).toBe(true);
    expect(matchesFilterPattern(`{ $.name = ${operand} }`, { name: other })).toBe(false);
    expect(matchesFilterPattern(`{ $.name != ${operand} }`, { name: text })).toBe(false);
    expect(matchesFilterPattern(`{ $.name != ${operand} }`, { name: other })).toBe(true);
  });
});

describe("a pattern of several terms", () => {
  test.each([
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    ['{ ($.user.id = 1) && ($.users[1].email = "John.Doe@example.com") }', false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
      false,
    ],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
    ["{($.coordinates[0][1]=1)&&(($.actions[0]=PUT)||($.actions[0]=GET))}", true],
  ])("%s is %s of the example of AWS", (pattern, matches) => {
    expect(matchesFilterPattern(pattern, users)).toBe(matches);
  });
});

describe("a comparison", () => {
  test.each([
    '{ $.userIdentity.invokedBy = "cloudfront.amazonaws.com" }',
    '{ $.userIdentity.invokedBy != "cloudfront.amazonaws.com" }',
    "{ $.userIdentity.invokedBy != %cloudfront% }",
    "{ $.userIdentity.invokedBy != 1 }",
    "{ $.userIdentity.invokedBy IS NULL }",
    '{ $.absent.invokedBy != "cloudfront.amazonaws.com" }',
    '{ $.errorCode.part != "x" }',
  ])("with an absent property is false: %s", (pattern) => {
    expect(matchesFilterPattern(pattern, { errorCode: "AccessDenied", userIdentity: {} })).toBe(false);
  });

  test.each(["{ $.users = 1 }", "{ $.users != 1 }"])("with an array is false: %s", (pattern) => {
    expect(matchesFilterPattern(pattern, { users: [1, 2, 3] })).toBe(false);
  });

  test.each([
    ["{ $.a != x }", null],
    ["{ $.a != x }", true],
    ["{ $.a != x }", { b: "y" }],
  ])("%s is false of %j, which is no string or number", (pattern, value) => {
    expect(matchesFilterPattern(pattern, { a: value })).toBe(false);
  });

  test("of the CIS benchmark counts a sign-in where MFAUsed is No, not where there is no MFAUsed", () => {
    const pattern = '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }';
    const signIn = (additionalEventData: object) => ({ eventName: "ConsoleLogin", additionalEventData });
    expect(matchesFilterPattern(pattern, signIn({ MFAUsed: "No" }))).toBe(true);
    expect(matchesFilterPattern(pattern, signIn({ MFAUsed: "Yes" }))).toBe(false);
    expect(matchesFilterPattern(pattern, signIn({}))).toBe(false);
  });

  test("of a string with a number is refused: AWS does not say what comes out", () => {
    expect(() => matchesFilterPattern("{ $.account = 111122223333 }", { account: "111122223333" })).toThrow(
      'the string "111122223333" compares with the number 111122223333: put it in quotes',
    );
  });

  test("does not reach what an object inherits", () => {
    expect(matchesFilterPattern("{ $.toString NOT EXISTS }", {})).toBe(true);
  });
});

describe("a pattern is refused", () => {
  test.each([
    ["$.a = 1", "expected { at character 1, found $.a = 1"],
    ["", "expected { at character 1, found the end"],
    ["{ }", "expected a selector or a parenthesis at character 3, found }"],
    ["{ $.a = 1", "expected } at character 10, found the end"],
    ["{ $.a = 1 } x", "expected nothing after the closing brace at character 13, found x"],
    ["{ ($.a = 1 }", "expected ) at character 12, found }"],
    ["{ $.a = 1 && }", "expected a selector or a parenthesis at character 14, found }"],
    ["{ $.a = 1 $.b = 2 }", "expected } at character 11, found $.b = 2 }"],
    ["{ $.a }", "expected an operator, IS or NOT EXISTS at character 7, found }"],
    ["{ $.a EXISTS }", "expected an operator, IS or NOT EXISTS at character 7, found EXISTS }"],
    ["{ $.a IS NOT NULL }", "expected NULL, TRUE or FALSE at character 10, found NOT NULL }"],
    ['{ $.a IS "NULL" }', "expected NULL, TRUE or FALSE at character 10"],
    ['{ $.a "=" 1 }', "expected an operator, IS or NOT EXISTS at character 7"],
    ["{ $.a = %[% }", "Invalid regular expression"],
    ["{ $.a NOT NULL }", "expected EXISTS at character 11, found NULL }"],
    ["{ $.a > x }", "expected a number at character 9, found x }"],
    ["{ $.a = }", "expected a value at character 9, found }"],
    ["{ $.a == 1 }", "expected a value at character 8, found = 1 }"],
    ["{ $.a = 'x' }", "expected a selector, an operator or a value at character 9, found 'x' }"],
    ["{ $.a = user@example.com }", "expected a selector, an operator or a value at character 13"],
    ["{ $.a = %something!% }", "expected a selector, an operator or a value at character 9, found %something!% }"],
    ["{ $.a = %(x)% }", "expected a selector, an operator or a value at character 9, found %(x)% }"],
    ["{ $a = 1 }", "expected a selector, an operator or a value at character 3, found $a = 1 }"],
    ["{ a = 1 }", "expected a selector or a parenthesis at character 3, found a = 1 }"],
    ["{ $.a[*].b[*] = 1 }", "2 wildcards in a selector, AWS takes 1"],
    ["{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.* = 1 }", "4 wildcards, AWS takes 3"],
    ["{ $.a = %x% || $.a = %y% || $.a = %z% }", "3 regular expressions, AWS takes 2"],
  ])("%s", (pattern, message) => {
    expect(() => matchesFilterPattern(pattern, {})).toThrow(message);
  });

  test("of more than 1024 characters", () => {
    const pattern = (length: number) => `{ $.a = ${"x".repeat(length - 10)} }`;
    expect(matchesFilterPattern(pattern(1024), {})).toBe(false);
    expect(() => matchesFilterPattern(pattern(1025), {})).toThrow("1025 characters, AWS takes 1024");
  });
});

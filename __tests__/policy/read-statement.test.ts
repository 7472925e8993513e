import {
  allows,
  deniesWithoutTls,
  isAboutEverybody,
  principalsOf,
  type ReadStatement,
  readStatements,
} from "../../src/policy";

describe("a policy", () => {
  test("has its statements, of which there may be one alone", () => {
    expect(readStatements('{"Statement":[{"Effect":"Allow"},{"Effect":"Deny"}]}')).toHaveLength(2);
    expect(readStatements('{"Statement":{"Effect":"Deny"}}')).toEqual([{ Effect: "Deny" }]);
  });

  test.each([["{"], ["null"], ["{}"]])("that is %s has none", (policy) => {
    expect(readStatements(policy)).toEqual([]);
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

  test("allows where it says so", () => {
    expect([{ Effect: "Allow" }, { Effect: "Deny" }, {}].map(allows)).toEqual([true, false, false]);
  });
});

describe("a denial of what comes without TLS", () => {
  const denial: ReadStatement = {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: ["arn:a", "arn:a/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const denies = (changes: ReadStatement): boolean =>
    deniesWithoutTls({ ...denial, ...changes }, "s3:*", ["arn:a", "arn:a/*"]);

  test.each<[ReadStatement]>([
    [{}],
    [{ Principal: "*" }],
    [{ Action: ["s3:Get*", "*"] }],
    [{ Resource: ["arn:a/*", "arn:a", "b"] }],
    [{ Resource: "*" }],
    [{ Resource: "arn:a*" }],
    [{ Condition: { BoolIfExists: { "AWS:SecureTransport": ["false"] } } }],
    [{ Sid: "DenyInsecureTransport" }],
  ])("is one with %j", (changes) => {
    expect(denies(changes)).toBe(true);
  });

  test.each<[ReadStatement]>([
    [{ Effect: "Allow" }],
    [{ Principal: { AWS: "111122223333" } }],
    [{ Action: "s3:PutObject" }],
    [{ Resource: "arn:a" }],
    [{ Resource: "arn:a/*" }],
    [{ Resource: "arn:b*" }],
    [{ NotPrincipal: { AWS: "111122223333" } } as ReadStatement],
    [{ Condition: {} }],
    [{ Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    [{ Condition: { Bool: { "aws:SecureTransport": "false", "aws:MultiFactorAuthPresent": "false" } } }],
    [{ Condition: { ...denial.Condition, StringEquals: { "aws:PrincipalAccount": "111122223333" } } }],
  ])("is none with %j", (changes) => {
    expect(denies(changes)).toBe(false);
  });
});

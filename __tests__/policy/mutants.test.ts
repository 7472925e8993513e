import type { PolicyDocument, PolicyStatement } from "./support/evaluator";
import { mutantsOf, resourcesOfBucket } from "./support/mutants";

const BUCKET = "arn:aws:s3:::logs";
const TRAIL = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example";

const allow = {
  Sid: "Allow",
  Effect: "Allow",
  Principal: { Service: "cloudtrail.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: `${BUCKET}/AWSLogs/111122223333/*`,
  Condition: { StringEquals: { "s3:x-amz-acl": "private", "aws:SourceArn": TRAIL } },
} satisfies PolicyStatement;

const deny = {
  Sid: "Deny",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "s3:*",
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" }, Bool: { "aws:SecureTransport": "false" } },
} satisfies PolicyStatement;

const denyListed = {
  Sid: "DenyListed",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: ["s3:PutObject", "s3:ReplicateObject"],
  Resource: `${BUCKET}/AWSLogs/*`,
  Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
} satisfies PolicyStatement;

function document(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function acl(value: string) {
  return { "s3:x-amz-acl": value };
}

function sourceArn(value: string) {
  return { "aws:SourceArn": value };
}

describe("the mistakes made in a policy", () => {
  const mutants = [document(allow, deny), document(denyListed)].flatMap((each) =>
    mutantsOf(each, resourcesOfBucket(BUCKET)),
  );

  const { Condition: _allowed, ...allowAlways } = allow;
  const allowWith = (Condition: PolicyStatement["Condition"]) =>
    document({ ...allow, Condition } as PolicyStatement, deny);

  test.each<[string, PolicyDocument]>([
    ["left out", document(deny)],
    ["Allow is the contrary", document({ ...allow, Effect: "Deny" }, deny)],
    ["Principal is everybody", document({ ...allow, Principal: "*" }, deny)],
    ["Action is s3:*", document({ ...allow, Action: "s3:*" }, deny)],
    ["Resource is the bucket and everything in it", document({ ...allow, Resource: [BUCKET, `${BUCKET}/*`] }, deny)],
    ["Resource is the bucket alone", document({ ...allow, Resource: BUCKET }, deny)],
    ["Resource is what is in the bucket alone", document({ ...allow, Resource: `${BUCKET}/*` }, deny)],
    [
      "Resource is without the slash before its asterisk",
      document({ ...allow, Resource: `${BUCKET}/AWSLogs/111122223333*` }, deny),
    ],
    ["Resource is the folder above", document({ ...allow, Resource: `${BUCKET}/AWSLogs/*` }, deny)],
    ["no Condition", document(allowAlways, deny)],
    ["no StringEquals s3:x-amz-acl", allowWith({ StringEquals: sourceArn(TRAIL) })],
    [
      "StringEqualsIfExists s3:x-amz-acl is the right value or missing",
      allowWith({ StringEquals: sourceArn(TRAIL), StringEqualsIfExists: acl("private") }),
    ],
    [
      "StringNotEquals s3:x-amz-acl is the right value",
      allowWith({ StringEquals: sourceArn(TRAIL), StringNotEquals: acl("private") }),
    ],
    ["no StringEquals aws:SourceArn", allowWith({ StringEquals: acl("private") })],
    [
      "StringEqualsIfExists aws:SourceArn is the right value or missing",
      allowWith({ StringEquals: acl("private"), StringEqualsIfExists: sourceArn(TRAIL) }),
    ],
    [
      "StringNotEquals aws:SourceArn is the right value",
      allowWith({ StringEquals: acl("private"), StringNotEquals: sourceArn(TRAIL) }),
    ],
    ...(
      [
        ["has any partition", "arn:*:cloudtrail:eu-central-1:111122223333:trail/example"],
        ["has any region", "arn:aws:cloudtrail:*:111122223333:trail/example"],
        ["has any account", "arn:aws:cloudtrail:eu-central-1:*:trail/example"],
        ["has any name", "arn:aws:cloudtrail:eu-central-1:111122223333:trail/*"],
        ["has any end", "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example*"],
      ] as const
    ).map(([what, value]): [string, PolicyDocument] => [
      `StringLike aws:SourceArn ${what}`,
      allowWith({ StringEquals: acl("private"), StringLike: sourceArn(value) }),
    ]),
  ])("Allow: %s", (what, expected) => {
    expect(mutants.find(({ name }) => name === `Allow: ${what}`)?.document).toEqual(expected);
  });

  const tls = { "s3:TlsVersion": "1.2" };
  const transport = { "aws:SecureTransport": "false" };
  const { Condition: _denied, ...denyAlways } = deny;
  const denyWith = (Condition: PolicyStatement["Condition"]) =>
    document(allow, { ...deny, Condition } as PolicyStatement);

  test.each<[string, PolicyDocument]>([
    ["left out", document(allow)],
    ["Deny is the contrary", document(allow, { ...deny, Effect: "Allow" })],
    ["Principal is CloudTrail alone", document(allow, { ...deny, Principal: { Service: "cloudtrail.amazonaws.com" } })],
    ["Action is s3:Get*", document(allow, { ...deny, Action: "s3:Get*" })],
    ["Action is s3:Put*", document(allow, { ...deny, Action: "s3:Put*" })],
    ["Action is s3:*Bucket*", document(allow, { ...deny, Action: "s3:*Bucket*" })],
    ["Action is s3:*Object*", document(allow, { ...deny, Action: "s3:*Object*" })],
    ["Resource is the bucket alone", document(allow, { ...deny, Resource: BUCKET })],
    ["Resource is what is in the bucket alone", document(allow, { ...deny, Resource: `${BUCKET}/*` })],
    ["no Condition", document(allow, denyAlways)],
    ["no NumericLessThan", denyWith({ Bool: transport })],
    ["no Bool", denyWith({ NumericLessThan: tls })],
    [
      "NumericLessThanEquals s3:TlsVersion is the right value",
      denyWith({ Bool: transport, NumericLessThanEquals: tls }),
    ],
    ["NumericGreaterThan s3:TlsVersion is the right value", denyWith({ Bool: transport, NumericGreaterThan: tls })],
    [
      "NumericLessThan s3:TlsVersion is a lower value",
      denyWith({ Bool: transport, NumericLessThan: { "s3:TlsVersion": "1.1" } }),
    ],
    [
      "NumericLessThan s3:TlsVersion is a higher value",
      denyWith({ Bool: transport, NumericLessThan: { "s3:TlsVersion": "1.3" } }),
    ],
    [
      "Bool aws:SecureTransport is the contrary",
      denyWith({ NumericLessThan: tls, Bool: { "aws:SecureTransport": "true" } }),
    ],
  ])("Deny: %s", (what, expected) => {
    expect(mutants.find(({ name }) => name === `Deny: ${what}`)?.document).toEqual(expected);
  });

  const { Condition: _deniedListed, ...denyListedAlways } = denyListed;
  const withCondition = (Condition: PolicyStatement["Condition"]) =>
    document({ ...denyListed, Condition } as PolicyStatement);

  test.each<[string, PolicyDocument]>([
    ["left out", document()],
    ["Deny is the contrary", document({ ...denyListed, Effect: "Allow" })],
    ["Principal is CloudTrail alone", document({ ...denyListed, Principal: { Service: "cloudtrail.amazonaws.com" } })],
    ["Action is s3:*", document({ ...denyListed, Action: "s3:*" })],
    ["Action is without s3:PutObject", document({ ...denyListed, Action: ["s3:ReplicateObject"] })],
    ["Action is without s3:ReplicateObject", document({ ...denyListed, Action: ["s3:PutObject"] })],
    ["Resource is the bucket and everything in it", document({ ...denyListed, Resource: [BUCKET, `${BUCKET}/*`] })],
    ["Resource is the bucket alone", document({ ...denyListed, Resource: BUCKET })],
    ["Resource is what is in the bucket alone", document({ ...denyListed, Resource: `${BUCKET}/*` })],
    ["Resource is without the slash before its asterisk", document({ ...denyListed, Resource: `${BUCKET}/AWSLogs*` })],
    ["no Condition", document(denyListedAlways)],
    [
      "Bool aws:PrincipalIsAWSService is the right value and not missing",
      withCondition({ Bool: { "aws:PrincipalIsAWSService": "false" } }),
    ],
    [
      "BoolIfExists aws:PrincipalIsAWSService is the contrary",
      withCondition({ BoolIfExists: { "aws:PrincipalIsAWSService": "true" } }),
    ],
  ])("DenyListed: %s", (what, expected) => {
    expect(mutants.find(({ name }) => name === `DenyListed: ${what}`)?.document).toEqual(expected);
  });

  test("are those and no others, each once", () => {
    const names = mutants.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("Allow: "))).toHaveLength(21);
    expect(names.filter((name) => name.startsWith("Deny: "))).toHaveLength(17);
    expect(names.filter((name) => name.startsWith("DenyListed: "))).toHaveLength(13);
    expect(new Set(mutants.map((mutant) => JSON.stringify(mutant.document))).size).toBe(mutants.length);
  });

  test("are not known of every operator", () => {
    expect(() => mutantsOf(document({ ...deny, Condition: { IpAddress: { "aws:SourceIp": "::1" } } }), [])).toThrow(
      "no mistakes are known of the operator IpAddress",
    );
  });
});

describe("the mistakes made where there are several values", () => {
  const TRAILS = [TRAIL, TRAIL.replace("111122223333", "444455556666")] as const;
  const several = {
    Sid: "Several",
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"] },
    Action: "kms:GenerateDataKey*",
    Resource: [`${BUCKET}/AWSLogs/1/*`, `${BUCKET}/AWSLogs/2/*`],
    Condition: { StringEquals: { "aws:SourceArn": TRAILS } },
  } satisfies PolicyStatement;
  const mutants = mutantsOf(document(several), []);
  const [first, second] = TRAILS;
  const withSources = (operator: string, ...sources: readonly string[]) =>
    document({ ...several, Condition: { [operator]: { "aws:SourceArn": sources } } } as PolicyStatement);

  test.each<[string, PolicyDocument]>([
    [
      "Principal is without arn:aws:iam::111122223333:role/a",
      document({ ...several, Principal: { AWS: ["arn:aws:iam::111122223333:role/b"] } }),
    ],
    ["Action is kms:*", document({ ...several, Action: "kms:*" })],
    ["Action is kms:GenerateDataKey", document({ ...several, Action: "kms:GenerateDataKey" })],
    [`Resource is without ${BUCKET}/AWSLogs/1/*`, document({ ...several, Resource: [`${BUCKET}/AWSLogs/2/*`] })],
    [
      `Resource is without the slash before its asterisk, in the place of ${BUCKET}/AWSLogs/2/*`,
      document({ ...several, Resource: [`${BUCKET}/AWSLogs/1/*`, `${BUCKET}/AWSLogs/2*`] }),
    ],
    [
      `Resource is the folder above, in the place of ${BUCKET}/AWSLogs/1/*`,
      document({ ...several, Resource: [`${BUCKET}/AWSLogs/*`, `${BUCKET}/AWSLogs/2/*`] }),
    ],
    [`StringEquals aws:SourceArn is without ${first}`, withSources("StringEquals", second)],
    [`StringEquals aws:SourceArn is without ${second}`, withSources("StringEquals", first)],
    ["StringNotEquals aws:SourceArn is the right value", withSources("StringNotEquals", first, second)],
    [
      `StringLike aws:SourceArn has any account, in the place of ${second}`,
      withSources("StringLike", first, second.replace("444455556666", "*")),
    ],
    [`StringLike aws:SourceArn has any end, in the place of ${first}`, withSources("StringLike", `${first}*`, second)],
  ])("%s", (what, expected) => {
    expect(mutants.find(({ name }) => name === `Several: ${what}`)?.document).toEqual(expected);
  });
});

describe("the mistakes made in each test of a text", () => {
  /** The tests that replace one, by what is wrong. */
  function testsInPlaceOf(effect: "Allow" | "Deny", operator: string, value: string) {
    const statement: PolicyStatement = {
      Sid: "A",
      Effect: effect,
      Principal: { AWS: "*" },
      Action: "s3:*",
      Condition: { [operator]: { key: value } },
    };
    return mutantsOf(document(statement), [])
      .map(({ document: mutant }) => mutant.Statement[0]?.Condition)
      .filter(
        (condition) => condition !== undefined && JSON.stringify(condition) !== JSON.stringify(statement.Condition),
      )
      .flatMap((condition) =>
        Object.entries(condition ?? {}).map(([wrong, tests]) => `${wrong} ${Object.values(tests).join()}`),
      );
  }

  const bucket = "arn:aws:s3:::logs";
  const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/a/b";

  test.each<["Allow" | "Deny", string, string, readonly string[]]>([
    [
      "Allow",
      "StringEquals",
      "o-exampleorgid",
      ["StringEqualsIfExists o-exampleorgid", "StringNotEquals o-exampleorgid", "StringLike o-*"],
    ],
    ["Deny", "StringNotEquals", "o-exampleorgid", ["StringEquals o-exampleorgid", "StringNotLike o-*"]],
    ["Deny", "StringNotEquals", "AES256", ["StringEquals AES256"]],
    [
      "Allow",
      "StringEquals",
      "s3.cn-north-1.amazonaws.com.cn",
      [
        "StringEqualsIfExists s3.cn-north-1.amazonaws.com.cn",
        "StringNotEquals s3.cn-north-1.amazonaws.com.cn",
        "StringLike *.cn-north-1.amazonaws.com.cn",
        "StringLike s3.*.amazonaws.com.cn",
      ],
    ],
    [
      "Allow",
      "ArnLike",
      bucket,
      [
        `ArnLikeIfExists ${bucket}`,
        `ArnNotLike ${bucket}`,
        "ArnLike arn:*:s3:::logs",
        "ArnLike arn:aws:s3:::*",
        `ArnLike ${bucket}*`,
      ],
    ],
    [
      "Allow",
      "ArnEquals",
      group,
      [
        `ArnEqualsIfExists ${group}`,
        `ArnNotEquals ${group}`,
        "ArnLike arn:*:logs:eu-central-1:111122223333:log-group:/a/b",
        "ArnLike arn:aws:logs:*:111122223333:log-group:/a/b",
        "ArnLike arn:aws:logs:eu-central-1:*:log-group:/a/b",
        "ArnLike arn:aws:logs:eu-central-1:111122223333:log-group:/a/*",
        `ArnLike ${group}*`,
      ],
    ],
    [
      "Allow",
      "StringLike",
      "arn:aws:cloudtrail:*:111122223333:trail/*",
      [
        "StringLikeIfExists arn:aws:cloudtrail:*:111122223333:trail/*",
        "StringNotLike arn:aws:cloudtrail:*:111122223333:trail/*",
        "StringLike arn:*:cloudtrail:*:111122223333:trail/*",
        "StringLike arn:aws:cloudtrail:*:*:trail/*",
        "StringEquals arn:aws:cloudtrail:*:111122223333:trail/*",
      ],
    ],
  ])("of a statement that says %s: %s %s", (effect, operator, value, expected) => {
    expect(testsInPlaceOf(effect, operator, value)).toEqual(expected);
  });
});

test("a statement without principal and resource, as in policies of roles, has the mistakes of its other parts", () => {
  const names = mutantsOf(document({ Sid: "A", Effect: "Allow", Action: ["logs:A", "logs:B"] }), [["all", "*"]]).map(
    ({ name }) => name,
  );
  expect(names).toEqual([
    "A: left out",
    "A: Allow is the contrary",
    "A: Action is logs:*",
    "A: Action is without logs:A",
    "A: Action is without logs:B",
  ]);
});

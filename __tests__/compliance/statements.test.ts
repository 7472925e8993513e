import { servicesWithoutSource, statementsOf } from "../../src/compliance/statements";

const BUCKET = { type: "aws_s3_bucket_policy", name: "logs", address: "aws_s3_bucket_policy.logs" };

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

  test.each([
    ["cloudtrail.amazonaws.com", { StringEquals: { "aws:SourceArn": "arn:aws:cloudtrail:a" } }, 0],
    ["cloudtrail.amazonaws.com", { ArnLike: { "aws:SourceArn": ["arn:aws:cloudtrail:a"] } }, 0],
    ["cloudtrail.amazonaws.com", { ArnEquals: { "aws:SourceArn": "arn:aws:cloudtrail:a" } }, 0],
    ["cloudtrail.amazonaws.com", { StringLike: { "aws:SourceArn": "arn:aws:cloudtrail:*" } }, 0],
    ["config.amazonaws.com", { StringEquals: { "aws:SourceOrgID": "o-exampleorgid" } }, 0],
    ["config.amazonaws.com", { StringEquals: { "aws:SourceArn": "arn:aws:config:a" } }, 0],
    ["cloudtrail.amazonaws.com", { StringNotEquals: { "aws:SourceArn": "arn:aws:cloudtrail:a" } }, 1],
    ["cloudtrail.amazonaws.com", { ArnLike: { "aws:SourceArn": ["arn:aws:cloudtrail:a", "*"] } }, 1],
    ["cloudtrail.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111122223333" } }, 1],
    ["config.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111122223333" } }, 0],
    ["config.amazonaws.com", undefined, 1],
  ])("lets %s in on condition %j on behalf of anybody: %d", (service, condition, count) => {
    const statement = { Principal: { Service: service }, ...(condition === undefined ? {} : { Condition: condition }) };
    expect(servicesWithoutSource(statement as never)).toHaveLength(count);
  });

  test("of a role stands in an argument of its own", () => {
    const role = { ...BUCKET, arguments: { assume_role_policy: '{"Statement":[{"Effect":"Allow"}]}' } };
    expect([statementsOf(role), statementsOf(role, "assume_role_policy")]).toEqual([[], [{ Effect: "Allow" }]]);
  });
});

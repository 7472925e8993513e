import { anonymousPrincipal } from "@cloud-copilot/iam-simulate";
import { decide, type PolicyDocument, type ServiceCall } from "./support/evaluator";

const policy: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/public/*" }],
};

const call: ServiceCall = {
  principal: anonymousPrincipal,
  identityPolicies: [],
  action: "s3:GetObject",
  resource: "arn:aws:s3:::logs/public/log",
  resourceAccountId: "111122223333",
  context: {},
};

describe("the evaluator of policies", () => {
  test("decides by the policy, also where Block Public Access would deny", async () => {
    expect(await decide(policy, call)).toBe("allowed");
    expect(await decide(policy, { ...call, resource: "arn:aws:s3:::logs/private/log" })).toBe("denied");
  });

  test("decides by the identity where the policy says nothing", async () => {
    const administrator = {
      ...call,
      principal: "arn:aws:iam::111122223333:user/administrator",
      resource: "arn:aws:s3:::logs/private/log",
      identityPolicies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }],
    } satisfies ServiceCall;
    expect(await decide(policy, administrator)).toBe("allowed");
    expect(await decide(policy, { ...administrator, identityPolicies: [] })).toBe("denied");
    expect(await decide(policy, { ...administrator, resourceAccountId: "444455556666" })).toBe("denied");
  });

  test.each<[string, PolicyDocument, Partial<ServiceCall>, string]>([
    ["an action that does not exist", policy, { action: "s3:GetLog" }, "invalid.action"],
    ["an action on a resource that has none such", policy, { resource: "arn:aws:s3:::logs" }, "no.resource.types"],
    ["many resources at once", policy, { resource: "arn:aws:s3:::logs/*" }, "stands for many resources"],
    [
      "a context that the call never has",
      policy,
      { context: { "s3:x-amz-acl": "private" } },
      "s3:GetObject has no context key s3:x-amz-acl",
    ],
    [
      "a policy that is none",
      { ...policy, Statement: [{ Effect: "Allow", Principal: "*", Action: "GetObject", Resource: "*" }] },
      {},
      "policy.errors",
    ],
  ])("refuses %s", async (_what, document, changed, message) => {
    await expect(decide(document, { ...call, ...changed })).rejects.toThrow(message);
  });
});

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

  describe("of a key, whose encryption context and services in China it reads through stand-ins,", () => {
    const service = "logs.cn-north-1.amazonaws.com.cn";
    const key: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: service },
          Action: "kms:*",
          Resource: "*",
          Condition: { StringEquals: { "kms:EncryptionContext:a:b": "c" } },
        },
      ],
    };
    const decrypt: ServiceCall = {
      ...call,
      principal: service,
      action: "kms:Decrypt",
      resource: "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd",
      context: { "kms:EncryptionContext:a:b": "c" },
    };

    test("decides by the context", async () => {
      expect(await decide(key, decrypt)).toBe("allowed");
      expect(await decide(key, { ...decrypt, context: { "kms:EncryptionContext:a:b": "d" } })).toBe("denied");
      expect(await decide(key, { ...decrypt, context: { "kms:EncryptionContext:a:c": "c" } })).toBe("denied");
      expect(await decide(key, { ...decrypt, context: {} })).toBe("denied");
    });

    test("decides by the service", async () => {
      expect(await decide(key, { ...decrypt, principal: "logs.cn-north-1.amazonaws.com" })).toBe("denied");
      expect(await decide(key, { ...decrypt, principal: "logs.cn-northwest-1.amazonaws.com.cn" })).toBe("denied");
    });

    test("refuses a context of a call that has none", async () => {
      await expect(decide(key, { ...decrypt, action: "kms:DescribeKey" })).rejects.toThrow(
        "kms:DescribeKey has no context key kms:EncryptionContext:a:b",
      );
    });
  });

  describe("of a role, whose claims of tokens it reads through stand-ins,", () => {
    const provider = "arn:aws:iam::111122223333:oidc-provider/tokens.example.com";
    const trust: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "tokens.example.com:sub": "a" } },
        },
      ],
    };
    const assume: ServiceCall = {
      ...call,
      principal: provider,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: "arn:aws:iam::111122223333:role/a",
      context: { "tokens.example.com:sub": "a" },
    };

    test("decides by the claims, and by who signed them", async () => {
      expect(await decide(trust, assume)).toBe("allowed");
      expect(await decide(trust, { ...assume, context: { "tokens.example.com:sub": "b" } })).toBe("denied");
      expect(await decide(trust, { ...assume, context: { "tokens.example.org:sub": "a" } })).toBe("denied");
      expect(await decide(trust, { ...assume, context: {} })).toBe("denied");
      expect(await decide(trust, { ...assume, principal: provider.replace("example.com", "example.org") })).toBe(
        "denied",
      );
    });

    test("refuses a claim of a call that has no token", async () => {
      await expect(decide(trust, { ...assume, action: "sts:AssumeRole" })).rejects.toThrow(
        "sts:AssumeRole has no token, and no claim tokens.example.com:sub",
      );
    });
  });

  test("decides by the identity alone where what is called upon has no policy", async () => {
    const policy: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "arn:aws:logs:*:*:log-group:a:*" }],
    };
    const write = {
      ...call,
      principal: "arn:aws:sts::111122223333:assumed-role/a/b",
      identityPolicies: [policy],
      action: "logs:PutLogEvents",
      resource: "arn:aws:logs:eu-central-1:111122223333:log-group:a:log-stream:b",
    };
    expect(await decide(undefined, write)).toBe("allowed");
    expect(await decide(undefined, { ...write, identityPolicies: [] })).toBe("denied");
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

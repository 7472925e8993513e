import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Testing } from "cdktf";
import { EncryptionKey, type EncryptionKeyProps } from "../../../src/components/encryption-key/encryption-key";
import { encryptionKeyDefinition, encryptionKeyOptionRules } from "../../../src/components/encryption-key/inputs";
import { check, InputError, problemText, validations } from "../../../src/inputs";
import { outputToken, type Structure } from "../../../src/placement";
import { hcl } from "../../../src/values";
import { addressesOf, bodyOf, newDraft, newStack, resolved, synthesized } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";
import { keyPolicyOf } from "../support/policies";

const props: EncryptionKeyProps = { accountId: "111122223333", region: "eu-central-1", trailName: "example-logs" };

const EXISTING_KEY = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The key in a stack with some inputs. */
function keyWith(inputs: Partial<EncryptionKeyProps>, structure?: Structure) {
  const stack = newStack();
  new EncryptionKey(stack, "Default", { ...props, ...inputs }, structure);
  return bodyOf(stack, "aws_kms_key.encryption_key");
}

function aliasWith(inputs: Partial<EncryptionKeyProps>) {
  const stack = newStack();
  new EncryptionKey(stack, "Default", { ...props, ...inputs });
  return bodyOf(stack, "aws_kms_alias.encryption_key");
}

test("a key is the key and its alias", () => {
  const stack = newStack();
  new EncryptionKey(stack, "Default", props);
  expect(addressesOf(synthesized(stack))).toEqual(["aws_kms_alias.encryption_key", "aws_kms_key.encryption_key"]);
  expect(Testing.synth(stack)).toHaveResourceWithProperties(KmsKey, { enable_key_rotation: true });
  expect(Testing.synth(stack)).toHaveResourceWithProperties(KmsAlias, { name: "alias/example-logs" });
});

test("by default it is rotated each year, can be saved for a month, and stays in its region", () => {
  expect(keyWith({})).toEqual({
    description: "Encrypts the logs of the trail example-logs",
    policy: keyPolicyOf(props),
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
    multi_region: false,
    tags: {},
  });
});

test.each<[Partial<EncryptionKeyProps>, object]>([
  [{ rotationPeriodInDays: 90 }, { rotation_period_in_days: 90 }],
  [{ deletionWindowInDays: 7 }, { deletion_window_in_days: 7 }],
  [{ multiRegion: true }, { multi_region: true }],
  [{ tags: { Stage: "test" } }, { tags: { Stage: "test" } }],
  [{ alias: "alias/audit/logs" }, {}],
])("%j is what the key is told", (inputs, expected) => {
  expect(keyWith(inputs)).toEqual({ ...keyWith({}), ...expected });
});

test("it is rotated, and that cannot be turned off", () => {
  // @ts-expect-error: there is no such property
  const off: EncryptionKeyProps = { ...props, enableKeyRotation: false };
  expect(() => new EncryptionKey(newStack(), "a", off)).toThrow("enableKeyRotation: is not a known name");
});

describe("the alias", () => {
  test.each([
    ["example-logs", "alias/example-logs"],
    ["a.b.c_d", "alias/a-b-c_d"],
  ])("of the trail %s is %s", (trailName, name) => {
    expect(aliasWith({ trailName })).toEqual({ name, target_key_id: "${aws_kms_key.encryption_key.key_id}" });
  });

  test("is the one that is given", () => {
    expect(aliasWith({ trailName: "a.b", alias: "alias/audit/logs" }).name).toBe("alias/audit/logs");
  });

  test("derived from any name of a trail is one of a key", () => {
    expect(aliasWith({ trailName: "a".repeat(128) }).name).toBe(`alias/${"a".repeat(128)}`);
  });
});

test("the key alone is protected from destruction, and only where that is asked for", () => {
  expect(keyWith({}, { preventDestroy: true }).lifecycle).toEqual({ prevent_destroy: true });
  expect(keyWith({}, { preventDestroy: false })).not.toHaveProperty("lifecycle");
  const stack = newStack();
  new EncryptionKey(stack, "Default", props, { preventDestroy: true });
  expect(JSON.stringify(synthesized(stack)).match(/prevent_destroy/g)).toHaveLength(1);
});

describe("a key that is there already", () => {
  test("makes no resources, and gives its ARN and the policy that it needs", () => {
    const stack = newStack();
    const { outputs } = new EncryptionKey(stack, "Default", { ...props, existingKey: { arn: EXISTING_KEY } });
    expect(addressesOf(synthesized(stack))).toEqual([]);
    expect(outputs.arn.value).toBe(EXISTING_KEY);
    expect(outputs.policy.value).toBe(keyPolicyOf(props));
  });

  test("is only refused together with what is about a new one", () => {
    const existingKey = { arn: EXISTING_KEY };
    const given = { account_id: "111122223333", region: "eu-central-1", trail_name: "example" };
    const problemsWith = (inputs: object) =>
      check(encryptionKeyDefinition, { ...given, existing_key: existingKey, ...inputs }).problems.map(problemText);
    const refusal = `existing_key: must be null where alias or multi_region is given, which are about a new key; got ${JSON.stringify(existingKey)}`;
    expect(problemsWith({ alias: "alias/a" })).toEqual([refusal]);
    expect(problemsWith({ multi_region: true })).toEqual([refusal]);
    expect(problemsWith({ readers: ["arn:aws:iam::444455556666:root"], multi_region: false })).toEqual([]);
  });
});

describe("the outputs", () => {
  test("are the ARN, once the key exists, and the policy, before", () => {
    const stack = newStack();
    const { outputs } = new EncryptionKey(stack, "audit", props);
    expect(Object.keys(outputs)).toEqual(["arn", "policy"]);
    expect(resolved(stack, outputToken(outputs.arn))).toBe("${aws_kms_key.audit_encryption_key.arn}");
    expect(outputs.policy.value).toBe(keyPolicyOf(props));
  });
});

describe("the policy", () => {
  const KEY_ARN = "*";
  const trail = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs";
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };

  interface About {
    readonly partition?: string;
    readonly trails?: readonly string[];
    readonly encrypted?: readonly string[];
  }

  /** The statements that every key has. */
  const statements = ({ partition = "aws", trails = [trail], encrypted }: About = {}) => [
    {
      Sid: "EnableIamPolicies",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::111122223333:root` },
      Action: "kms:*",
      Resource: KEY_ARN,
    },
    {
      Sid: "AllowCloudTrailToEncrypt",
      Effect: "Allow",
      Principal: cloudTrail,
      Action: "kms:GenerateDataKey*",
      Resource: KEY_ARN,
      Condition: {
        StringEquals: { "aws:SourceArn": trails },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": encrypted ?? [
            `arn:${partition}:cloudtrail:*:111122223333:trail/*`,
          ],
        },
      },
    },
    ...[
      ["AllowCloudTrailToDescribeKey", "kms:DescribeKey"],
      ["AllowCloudTrailToDecrypt", "kms:Decrypt"],
    ].map(([Sid, Action]) => ({
      Sid,
      Effect: "Allow",
      Principal: cloudTrail,
      Action,
      Resource: KEY_ARN,
      Condition: { StringEquals: { "aws:SourceArn": trails } },
    })),
  ];

  const readersStatement = (readers: readonly string[], service = "s3.eu-central-1.amazonaws.com") => ({
    Sid: "AllowReadersToDecrypt",
    Effect: "Allow",
    Principal: { AWS: readers },
    Action: "kms:Decrypt",
    Resource: KEY_ARN,
    Condition: { StringEquals: { "kms:ViaService": service } },
  });

  const logsStatement = (arn: string, service = "logs.eu-central-1.amazonaws.com") => ({
    Sid: "AllowCloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: KEY_ARN,
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn } },
  });

  const policyWith = (inputs: Partial<EncryptionKeyProps>) => JSON.parse(keyPolicyOf({ ...props, ...inputs }));
  const policyOf = (...all: readonly object[]) => ({ Version: "2012-10-17", Statement: all });

  test("of one account is what AWS documents: the account, and CloudTrail on behalf of the trail", () => {
    expect(policyWith({})).toEqual(policyOf(...statements()));
  });

  test("of an organization is about the trail of the management account, in the key's own account", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    expect(policyWith({ organization })).toEqual(
      policyOf(
        ...statements({
          trails: ["arn:aws:cloudtrail:eu-central-1:444455556666:trail/example-logs"],
          encrypted: ["arn:aws:cloudtrail:*:444455556666:trail/*"],
        }),
      ),
    );
  });

  test("with further trails lets CloudTrail encrypt for each of them, and for the trails of their accounts", () => {
    const furtherTrails = [
      { accountId: "555566667777", region: "us-east-1", name: "second" },
      { accountId: "777788889999", region: "eu-central-1", name: "third" },
    ];
    expect(policyWith({ furtherTrails })).toEqual(
      policyOf(
        ...statements({
          trails: [
            trail,
            "arn:aws:cloudtrail:us-east-1:555566667777:trail/second",
            "arn:aws:cloudtrail:eu-central-1:777788889999:trail/third",
          ],
          encrypted: [
            "arn:aws:cloudtrail:*:111122223333:trail/*",
            "arn:aws:cloudtrail:*:555566667777:trail/*",
            "arn:aws:cloudtrail:*:777788889999:trail/*",
          ],
        }),
      ),
    );
  });

  test("with readers lets them decrypt what they read from S3", () => {
    const readers = ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/audit/reader"];
    expect(policyWith({ readers })).toEqual(policyOf(...statements(), readersStatement(readers)));
    expect(policyWith({ readers: [] })).toEqual(policyWith({}));
  });

  test("with a log group lets CloudWatch Logs use the key for that one alone", () => {
    const arn = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/cloudtrail/example-logs";
    expect(policyWith({ logGroupName: "/aws/cloudtrail/example-logs" })).toEqual(
      policyOf(...statements(), logsStatement(arn)),
    );
  });

  test("of an organization has the log group of the key's account, which is that of a delegated administrator", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    expect(policyWith({ organization, logGroupName: "x" }).Statement.at(-1)).toEqual(
      logsStatement("arn:aws:logs:eu-central-1:111122223333:log-group:x"),
    );
  });

  test("in China has its partition, and its names of services that are named by region", () => {
    const readers = ["arn:aws-cn:iam::444455556666:root"];
    expect(policyWith({ region: "cn-north-1", readers, logGroupName: "x" })).toEqual(
      policyOf(
        ...statements({
          partition: "aws-cn",
          trails: ["arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/example-logs"],
        }),
        readersStatement(readers, "s3.cn-north-1.amazonaws.com.cn"),
        logsStatement("arn:aws-cn:logs:cn-north-1:111122223333:log-group:x", "logs.cn-north-1.amazonaws.com.cn"),
      ),
    );
  });

  test("in GovCloud has its partition, and the names of services of everywhere", () => {
    const policy = policyWith({ region: "us-gov-west-1", logGroupName: "x" });
    expect(policy.Statement.at(-1)).toEqual(
      logsStatement("arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:x", "logs.us-gov-west-1.amazonaws.com"),
    );
  });

  test("lets nobody in but by name: no principal is everybody", () => {
    const readers = ["arn:aws:iam::444455556666:root"];
    expect(keyPolicyOf({ ...props, readers, logGroupName: "x" })).not.toContain('"Principal":"*"');
    expect(keyPolicyOf({ ...props, readers, logGroupName: "x" })).not.toContain('"AWS":"*"');
  });
});

test("in a module the key depends on whether there is one already, and its parts on variables", () => {
  const { stack, locals } = newDraft();
  const { outputs } = new EncryptionKey(
    stack,
    "Default",
    variablesOf<EncryptionKeyProps>(encryptionKeyDefinition.fields),
  );
  const count = "${var.existing_key == null ? 1 : 0}";
  expect(bodyOf(stack, "aws_kms_key.encryption_key")).toMatchObject({ count, policy: "${local.policy}" });
  expect(bodyOf(stack, "aws_kms_alias.encryption_key")).toMatchObject({
    count,
    name: '${var.alias == null ? "alias/${replace(var.trail_name, ".", "-")}" : var.alias}',
  });
  expect(hcl(outputs.policy.value)).toBe("local.policy");
  const policy = hcl(locals.policy);
  expect(policy).toContain("length(var.readers) >= 1 ? [{");
  expect(policy).toContain("local.log_group_arn != null ? [{");
});

describe("the inputs", () => {
  const given = { account_id: "111122223333", region: "eu-central-1", trail_name: "example" };
  const problemsWith = (inputs: object) =>
    check(encryptionKeyDefinition, { ...given, ...inputs }).problems.map(problemText);

  test("that must be given are account, region and trail", () => {
    expect(check(encryptionKeyDefinition, {}).problems.map(problemText)).toEqual([
      "account_id: must be given: The account of the key and of the trail",
      "region: must be given: The region of the key, the same as that of the trail and of the log bucket",
      "trail_name: must be given: The name of the trail that encrypts its logs with the key",
    ]);
  });

  test("are by default those of a new key for one trail", () => {
    expect(check(encryptionKeyDefinition, given).inputs).toStrictEqual({
      accountId: "111122223333",
      region: "eu-central-1",
      trailName: "example",
      organization: null,
      furtherTrails: [],
      logGroupName: null,
      alias: null,
      deletionWindowInDays: 30,
      rotationPeriodInDays: 365,
      multiRegion: false,
      readers: [],
      existingKey: null,
      tags: {},
    });
  });

  test.each([
    [{ deletion_window_in_days: 6 }, "deletion_window_in_days: must be a whole number of days from 7 to 30; got 6"],
    [{ deletion_window_in_days: 31 }, "deletion_window_in_days: must be a whole number of days from 7 to 30; got 31"],
    [
      { rotation_period_in_days: 89 },
      "rotation_period_in_days: must be a whole number of days from 90 to 2560; got 89",
    ],
    [
      { rotation_period_in_days: 2561 },
      "rotation_period_in_days: must be a whole number of days from 90 to 2560; got 2561",
    ],
    [{ multi_region: "no" }, 'multi_region: must be true or false; got the string "no"'],
    [
      { alias: "audit" },
      'alias: must be "alias/" and then 1 to 250 letters, digits, slashes, underscores or hyphens; got "audit"',
    ],
    [{ alias: "alias/aws/s3" }, 'alias: must not begin with "alias/aws/", which AWS reserves; got "alias/aws/s3"'],
    [{ readers: ["*"] }, 'readers[0]: must be the ARN of a role, of a user, or of the root of an account; got "*"'],
    [
      { existing_key: { arn: "alias/a" } },
      'existing_key.arn: must be the ARN of a KMS key, "arn:aws:kms:REGION:ACCOUNT:key/ID"; an alias is not enough; ' +
        'got "alias/a"',
    ],
    [{ existing_key: {} }, "existing_key.arn: must be given: The ARN of the key"],
    [
      { log_group_name: "a b" },
      'log_group_name: must be 1 to 512 letters, digits or characters of . _ / # -; got "a b"',
    ],
    [{ further_trails: [{}] }, "further_trails[0].account_id: must be given: The account that owns the trail"],
  ])("%j are refused", (inputs, problem) => {
    expect(problemsWith(inputs)[0]).toBe(problem);
  });

  test("that are wrong leave nothing behind", () => {
    const stack = newStack();
    const wrong = () => new EncryptionKey(stack, "logs", { ...props, alias: "x", rotationPeriodInDays: 1 });
    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(/^Encryption key "logs" has wrong inputs:\n {2}- alias: .*\n {2}- rotationPeriodInDays: /);
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("have a rule between them that is null-safe in Terraform", () => {
    const requirements = encryptionKeyOptionRules.map(({ requirement }) => requirement);
    const rendered = validations(encryptionKeyDefinition, variablesOf(encryptionKeyDefinition.fields))
      .filter(({ requirement }) => requirements.includes(requirement))
      .map(({ name, condition }) => [name, hcl(condition)]);
    expect(rendered).toEqual([["existing_key", "var.existing_key == null || var.alias == null && !var.multi_region"]]);
  });

  test("and everything else are described in sentences", () => {
    const { name, title, fields, outputs } = encryptionKeyDefinition;
    expect([name, title]).toEqual(["encryption-key", "Encryption key"]);
    for (const { description } of [encryptionKeyDefinition, ...Object.values(fields), ...Object.values(outputs)]) {
      expect(description).toMatch(/^[A-Z].*[A-Za-z`]\.$/s);
    }
  });
});

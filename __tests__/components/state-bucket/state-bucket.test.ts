import { stateStatements } from "../../../src/components/state-bucket/deployer-policy";
import { stateBucketDefinition } from "../../../src/components/state-bucket/inputs";
import { StateBucket, type StateBucketProps } from "../../../src/components/state-bucket/state-bucket";
import { check, InputError, problemText } from "../../../src/inputs";
import { outputToken, type Structure } from "../../../src/placement";
import { literal } from "../../../src/values";
import { addressesOf, bodyOf, newStack, resolved, synthesized } from "../../placement/support/stack";

const props: StateBucketProps = { name: "example.states", accountId: "111122223333", region: "eu-central-1" };
const BUCKET = "${aws_s3_bucket.state_bucket.bucket}";
const ARN = "arn:aws:s3:::example.states";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const TYPES = [
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
];

/** One resource of the bucket, by its type. */
function partWith(type: string, inputs: Partial<StateBucketProps> = {}, structure?: Structure) {
  const stack = newStack();
  new StateBucket(stack, "Default", { ...props, ...inputs }, structure);
  return bodyOf(stack, `${type}.state_bucket`);
}

const OF_PROVIDER = { accountCheck: "provider" } as const;

function typesWith(inputs: Partial<StateBucketProps>): readonly string[] {
  const stack = newStack();
  new StateBucket(stack, "Default", { ...props, ...inputs }, OF_PROVIDER);
  return addressesOf(synthesized(stack)).map((address) => address.replace(".state_bucket", ""));
}

test("a state bucket is these resources, and with a key of its own these", () => {
  expect(typesWith({})).toEqual(TYPES);
  expect(typesWith({ encryption: {} })).toEqual(["aws_kms_alias", "aws_kms_key", ...TYPES]);
  expect(typesWith({ encryption: { existingKey: { arn: KEY } } })).toEqual(TYPES);
});

test("it is versioned, closed to the public, and without ACLs", () => {
  expect(partWith("aws_s3_bucket_versioning")).toEqual({
    bucket: BUCKET,
    versioning_configuration: { status: "Enabled" },
  });
  expect(partWith("aws_s3_bucket_public_access_block")).toEqual({
    bucket: BUCKET,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(partWith("aws_s3_bucket_ownership_controls")).toMatchObject({
    bucket: BUCKET,
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
});

test("it is encrypted by S3, by a key of its own, or by one that is there", () => {
  const encryptionWith = (encryption: StateBucketProps["encryption"]) =>
    partWith("aws_s3_bucket_server_side_encryption_configuration", { encryption: encryption as never }).rule;
  const withKey = (key: string) => [
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: key },
      bucket_key_enabled: true,
    },
  ];
  expect(encryptionWith(null)).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
  ]);
  expect(encryptionWith({})).toEqual(withKey("${aws_kms_key.state_bucket.arn}"));
  expect(encryptionWith({ existingKey: { arn: KEY } })).toEqual(withKey(KEY));
});

test("a key of its own is rotated, has an alias, and waits long before it is deleted", () => {
  expect(partWith("aws_kms_key", { encryption: {}, tags: { a: "b" } })).toMatchObject({
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
    tags: { a: "b" },
  });
  expect(partWith("aws_kms_alias", { encryption: {} }).name).toBe("alias/example-states");
  expect(partWith("aws_kms_alias", { encryption: { alias: "alias/states" } }).name).toBe("alias/states");
});

test("neither force nor an ordinary destruction takes bucket and key away, where that is asked for", () => {
  expect(partWith("aws_s3_bucket", { tags: { a: "b" } }, OF_PROVIDER)).toEqual({
    bucket: "example.states",
    force_destroy: false,
    tags: { a: "b" },
  });
  const structure = { ...OF_PROVIDER, preventDestroy: true };
  for (const type of ["aws_s3_bucket", "aws_kms_key"]) {
    expect(partWith(type, { encryption: {} }, structure).lifecycle).toEqual({ prevent_destroy: true });
  }
});

test("credentials of another account are refused before the bucket is made", () => {
  const stack = newStack();
  new StateBucket(stack, "Default", props);
  expect(Object.keys(synthesized(stack).data ?? {})).toEqual(["aws_caller_identity"]);
  expect(bodyOf(stack, "aws_s3_bucket.state_bucket").lifecycle).toEqual({
    precondition: [
      {
        condition: expect.stringContaining("data.aws_caller_identity.current.account_id"),
        error_message: expect.stringContaining("account_id: must be the account of the credentials"),
      },
    ],
  });
});

describe("old versions of a state", () => {
  const rulesWith = (inputs: Partial<StateBucketProps>) =>
    partWith("aws_s3_bucket_lifecycle_configuration", inputs).rule as readonly { readonly id: string }[];

  test("stay for ever, and what is left of interrupted uploads does not", () => {
    expect(rulesWith({})).toEqual([
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: [{}],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  test("go after the days that are chosen, but for the newest", () => {
    const [, ...others] = rulesWith({ oldVersionDays: 365 });
    expect(others).toEqual([
      {
        id: "expire-old-versions",
        status: "Enabled",
        filter: [{}],
        noncurrent_version_expiration: [{ noncurrent_days: 365, newer_noncurrent_versions: 100 }],
      },
      {
        id: "remove-delete-markers",
        status: "Enabled",
        filter: [{}],
        expiration: [{ expired_object_delete_marker: true }],
      },
    ]);
  });
});

describe("the policies", () => {
  const role = "arn:aws:iam::444455556666:role/Deployer";
  const statements = (key: string, end: string, principal: object = {}) => [
    {
      Sid: `Find${end}`,
      Effect: "Allow",
      ...principal,
      Action: "s3:ListBucket",
      Resource: ARN,
      Condition: { StringEqualsIfExists: { "s3:prefix": [key, "env:/"] } },
    },
    {
      Sid: `State${end}`,
      Effect: "Allow",
      ...principal,
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `${ARN}/${key}`,
    },
    {
      Sid: `Lock${end}`,
      Effect: "Allow",
      ...principal,
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: `${ARN}/${key}.tflock`,
    },
  ];

  test("of the bucket let in the roles that are named, each to its own state, and nobody without TLS 1.2", () => {
    const deployers = { "prod-eu_1": { roleArn: role }, test: { stateKey: "x/y" } };
    const { Statement } = JSON.parse(String(partWith("aws_s3_bucket_policy", { deployers }).policy));
    expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "DenyInsecureTransport",
      "DenyTlsBelow12",
      "Findprodeu1",
      "Stateprodeu1",
      "Lockprodeu1",
    ]);
    expect(Statement.slice(2)).toEqual(
      statements("audit-trail/prod-eu_1/terraform.tfstate", "prodeu1", { Principal: { AWS: role } }),
    );
  });

  test("of the deployers have their state, its lock file, and the key where there is one", () => {
    const policiesWith = (inputs: Partial<StateBucketProps>): Record<string, { Statement: readonly object[] }> => {
      const { outputs } = new StateBucket(newStack(), "Default", { ...props, ...inputs });
      const policies = literal(outputs.deployer_policies.value) as Record<string, string>;
      return Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, JSON.parse(policy)]));
    };
    expect(policiesWith({})).toEqual({});
    const deployers = { prod: {}, test: { stateKey: "x/y" } };
    expect(policiesWith({ deployers })).toEqual({
      prod: { Version: "2012-10-17", Statement: statements("audit-trail/prod/terraform.tfstate", "prod") },
      test: { Version: "2012-10-17", Statement: statements("x/y", "test") },
    });
    expect(policiesWith({ deployers, encryption: { existingKey: { arn: KEY } } }).test?.Statement[3]).toEqual({
      Sid: "AllowDeployersThroughS3",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: KEY,
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    });
  });

  test.each([
    [undefined, ["s3:GetObject", "s3:PutObject"]],
    ["write", ["s3:GetObject", "s3:PutObject"]],
    ["read", "s3:GetObject"],
  ] as const)(
    "of whoever may %s let the state be written, or read alone, and the lock be taken all the same",
    (access, actions) => {
      const [, state, lock] = stateStatements(ARN, "prod", { state_key: null, role_arn: null }, {}, access);
      expect(state.Action).toEqual(actions);
      expect(lock.Action).toEqual(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]);
    },
  );

  test("of the key are about deployers only where a role is named", () => {
    const sidsWith = (deployers: NonNullable<StateBucketProps["deployers"]>) =>
      JSON.parse(String(partWith("aws_kms_key", { encryption: {}, deployers }).policy)).Statement.map(
        ({ Sid }: { Sid: string }) => Sid,
      );
    expect(sidsWith({ prod: {} })).toEqual(["EnableIamPolicies"]);
    expect(sidsWith({ prod: { roleArn: role } })).toEqual(["EnableIamPolicies", "AllowDeployersThroughS3"]);
  });
});

test("the output with the name waits until the bucket is closed", () => {
  const stack = newStack();
  const { outputs } = new StateBucket(stack, "states", props);
  expect(Object.keys(outputs)).toEqual(["bucket", "arn", "policy", "key_arn", "deployer_policies"]);
  expect(resolved(stack, outputToken(outputs.bucket))).toBe("${aws_s3_bucket.states_state_bucket.bucket}");
  expect(outputs.bucket.after).toHaveLength(5);
  expect(outputs.arn.value).toBe(ARN);
  expect(outputs.key_arn.value).toBeNull();
});

describe("the inputs", () => {
  const given = { name: "states", account_id: "111122223333", region: "eu-central-1" };

  test.each<[object, string]>([
    [{ old_version_days: 29 }, "old_version_days: must be a whole number of days from 30 to 36500; got 29"],
    [
      { deployers: { prod: { state_key: "a/*" } } },
      "deployers.prod.state_key: must be 1 to 900 letters, digits or characters of ! _ . ' ( ) / : = + @ -; got",
    ],
    [
      { deployers: { "a-b": {}, a_b: {} } },
      "deployers: must have names that differ also without hyphens and underscores, as Sids in policies have none; got",
    ],
    [
      { encryption: { alias: "alias/a", existing_key: { arn: KEY } } },
      "encryption.existing_key: must be null where alias is given, which is about a new key; got",
    ],
    [{ force_destroy: true }, "force_destroy: is not a known name; use one of name, account_id, region"],
  ])("%j are refused", (inputs, problem) => {
    const problems = check(stateBucketDefinition, { ...given, ...inputs }).problems.map(problemText);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test("that are wrong leave nothing behind", () => {
    const stack = newStack();
    expect(() => new StateBucket(stack, "states", { ...props, oldVersionDays: 1 })).toThrow(InputError);
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });
});

import { readConfiguration } from "../../src/configuration";
import { chosenBucket, knowsLockFile, StateProblem, stateBuckets } from "../../src/state";
import { BucketReader, regionOf } from "../../src/state/bucket-reader";
import { bucketInputs } from "../../src/state/target";

/** The buckets of a configuration with two trails, by what stands under `state:`, for all and for each. */
function bucketsOf(
  state: string,
  { prod = "", test = "", accounts = ["111122223333", "111122223333"], names = ["prod", "test"] } = {},
) {
  const text = `state: ${state}
defaults: { owner: Ada, region: eu-central-1 }
trails:
  ${names[0]}: { account_id: "${accounts[0]}", account_name: prod${prod} }
  ${names[1]}: { account_id: "${accounts[1]}", account_name: test, region: us-east-1${test} }
`;
  return stateBuckets(readConfiguration("audit-trail.yaml", Buffer.from(text)).trails);
}

const S3 = "{ s3: { bucket: states, region: eu-west-1 } }";

test("trails that share a bucket have one, with a key for each, in the account that they share", () => {
  expect(bucketsOf(S3)).toEqual([
    {
      bucket: "states",
      region: "eu-west-1",
      accountId: "111122223333",
      state: {
        backend: "s3",
        settings: {
          bucket: "states",
          key: "audit-trail/state-bucket/terraform.tfstate",
          region: "eu-west-1",
          encrypt: true,
          use_lockfile: true,
        },
      },
      provider: { profile: null, role_arn: null },
      keyArn: null,
      usesLockFile: true,
      stateKeys: { prod: "audit-trail/prod/terraform.tfstate", test: "audit-trail/test/terraform.tfstate" },
    },
  ]);
});

test("the account is not known where the trails are in several, but for a role by which the bucket is reached", () => {
  const accounts = ["111122223333", "444455556666"];
  const role = "arn:aws:iam::777788889999:role/states";
  expect(bucketsOf(S3, { accounts })[0]?.accountId).toBeUndefined();
  const [target] = bucketsOf(`{ s3: { bucket: states, region: eu-west-1, role_arn: "${role}" } }`, { accounts });
  expect(target).toMatchObject({ accountId: "777788889999", provider: { profile: null, role_arn: role } });
});

test("profile, key and lock are those of the state", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const [target] = bucketsOf(
    `{ s3: { bucket: states, region: eu-west-1, profile: ops, kms_key_id: "${key}", use_lockfile: false } }`,
  );
  expect(target).toMatchObject({ provider: { profile: "ops" }, keyArn: key, usesLockFile: false });
  expect(bucketInputs(target as never, "111122223333")).toEqual({
    name: "states",
    accountId: "111122223333",
    region: "eu-west-1",
    encryption: { existingKey: { arn: key } },
    deployers: {
      prod: { stateKey: "audit-trail/prod/terraform.tfstate" },
      test: { stateKey: "audit-trail/test/terraform.tfstate" },
    },
  });
});

test("of several buckets one is chosen by its name", () => {
  const targets = bucketsOf(S3, { test: ", state: { s3: { bucket: others, region: eu-west-1 } }" });
  expect(targets.map(({ bucket }) => bucket)).toEqual(["states", "others"]);
  expect(chosenBucket(targets, "others").stateKeys).toEqual({ test: "audit-trail/test/terraform.tfstate" });
  expect(() => chosenBucket(targets)).toThrow(
    new StateProblem("the states are in several buckets: choose one with --bucket: states, others"),
  );
  expect(() => chosenBucket(targets, "third")).toThrow(
    new StateProblem("--bucket: third keeps no state of the configuration, which has: states, others"),
  );
});

test.each<[string, () => unknown, string]>([
  ["a state that is in no bucket", () => bucketsOf("{ local: {} }"), "no state is kept in a bucket: state is local"],
  [
    "trails that disagree about a bucket",
    () => bucketsOf(S3, { test: ", state: { s3: { bucket: states, region: eu-central-1 } }" }),
    "the trails prod and test say different things of the bucket states",
  ],
  [
    "a trail whose state is where that of the bucket is",
    () =>
      bucketsOf(S3, {
        test: ", state: { s3: { bucket: states, region: eu-west-1, key: audit-trail/state-bucket/terraform.tfstate } }",
      }),
    "the state of the trail test must not be audit-trail/state-bucket/terraform.tfstate",
  ],
  [
    "trails whose names are one in a Sid",
    () => bucketsOf(S3, { names: ["a-b", "a_b"] }),
    "the trails a-b and a_b must have names that differ also without hyphens and underscores",
  ],
  [
    "a role to assume, for reading",
    () => new BucketReader({ ...bucketsOf(S3)[0], provider: { profile: null, role_arn: "arn:x" } } as never),
    "state.s3.role_arn: this command assumes no role itself",
  ],
])("%s is refused", (_, act, message) => {
  expect(act).toThrow(StateProblem);
  expect(act).toThrow(message);
});

test.each([
  ["1.9.8", false],
  ["1.10.0", true],
  ["1.11.4", true],
  ["2.0.0", true],
  ["0.15.5", false],
])("Terraform %s knows the lock file: %p", (version, expected) => {
  expect(knowsLockFile(version)).toBe(expected);
});

test.each([
  [undefined, "us-east-1"],
  ["", "us-east-1"],
  ["EU", "eu-west-1"],
  ["eu-central-1", "eu-central-1"],
])("what S3 says of where a bucket is, %p, is the region %s", (constraint, expected) => {
  expect(regionOf(constraint)).toBe(expected);
});

import { type BucketEvidence, type Finding, fitness, type StateBucketTarget } from "../../src/state";
import type { BucketReading } from "../../src/state/bucket-reader";

const target: StateBucketTarget = {
  bucket: "states",
  region: "eu-central-1",
  accountId: "111122223333",
  state: { backend: "s3", settings: { bucket: "states", key: "k", region: "eu-central-1" } },
  provider: { profile: null, role_arn: null },
  keyArn: null,
  usesLockFile: true,
  stateKeys: {},
};

const denyWithoutTls = {
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "s3:*",
  Resource: ["arn:aws:s3:::states", "arn:aws:s3:::states/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function policyWith(...statements: readonly object[]): { readonly value: string } {
  return { value: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

const right: BucketReading = {
  region: { value: "eu-central-1" },
  versioning: { value: "Enabled" },
  encryption: { value: "AES256" },
  publicAccessBlock: {
    value: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  },
  ownership: { value: "BucketOwnerEnforced" },
  policy: policyWith(denyWithoutTls),
};

const evidence: BucketEvidence = {
  presence: "there",
  reading: right,
  terraform: { version: "1.11.4", knowsLockFile: true },
  lock: undefined,
};

/** What has to be changed. */
function wrongWith(
  reading: Partial<BucketReading>,
  other: Partial<BucketEvidence> = {},
  about: Partial<StateBucketTarget> = {},
): readonly Finding[] {
  const findings = fitness({ ...target, ...about }, { ...evidence, ...other, reading: { ...right, ...reading } });
  return findings.filter(({ ok }) => !ok);
}

test("a bucket that is as it should be has nothing to change", () => {
  expect(wrongWith({})).toEqual([]);
  expect(wrongWith({ encryption: { value: "aws:kms" } })).toEqual([]);
});

test("a bucket that is not there is to be made, and one of another account to be left", () => {
  const of = (presence: BucketEvidence["presence"]) => fitness(target, { ...evidence, presence, reading: undefined });
  expect(of("absent")).toEqual([
    { check: "exists", ok: false, found: "there is no such bucket", remedy: "npx cdktf-audit-trail state bootstrap" },
  ]);
  expect(of("closed")).toEqual([
    expect.objectContaining({ found: "is not in the account 111122223333, or closed to these credentials" }),
  ]);
});

test.each<[string, Partial<BucketReading>, string, string]>([
  ["region", { region: { value: "eu-west-1" } }, "is eu-west-1", 'region: "eu-west-1"'],
  [
    "versioning",
    { versioning: { value: "Suspended" } },
    "is suspended",
    "aws s3api put-bucket-versioning --bucket states",
  ],
  ["versioning", { versioning: { value: "never enabled" } }, "is never enabled", "Status=Enabled"],
  ["encryption", { encryption: { value: "none" } }, "is none", "aws s3api put-bucket-encryption --bucket states"],
  [
    "public access block",
    { publicAccessBlock: { value: { BlockPublicAcls: true, BlockPublicPolicy: true } } },
    "lacks IgnorePublicAcls, RestrictPublicBuckets",
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
  ],
  ["ownership", { ownership: { value: "ObjectWriter" } }, "is ObjectWriter", "ObjectOwnership=BucketOwnerEnforced"],
  ["TLS only", { policy: { value: null } }, "is not demanded by the bucket policy", '"aws:SecureTransport":"false"'],
  [
    "versioning",
    { versioning: { error: "AccessDenied: no" } },
    "could not be read: AccessDenied: no",
    "use credentials that have s3:GetBucketVersioning",
  ],
])("%s is found wrong, with what to do: %j", (check, reading, found, remedy) => {
  expect(wrongWith(reading)).toEqual([{ check, ok: false, found, remedy: expect.stringContaining(remedy) }]);
});

describe("a statement demands TLS", () => {
  test.each<[string, object]>([
    ["by a list of actions and a principal as a text", { Principal: "*", Action: ["s3:*"] }],
    ["by a test that a missing key passes", { Condition: { BoolIfExists: { "AWS:SecureTransport": ["false"] } } }],
    ["on all resources", { Resource: "*" }],
    ["on the bucket and all that begins with its name", { Resource: "arn:aws:s3:::states*" }],
  ])("%s", (_, changed) => {
    expect(wrongWith({ policy: policyWith({ ...denyWithoutTls, ...changed }) })).toEqual([]);
  });

  test.each<[string, object]>([
    ["as it allows", { Effect: "Allow" }],
    ["as it is about some", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
    ["as it is about all but some", { NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }],
    ["as it is about writing alone", { Action: "s3:PutObject" }],
    ["as it is about the bucket alone", { Resource: "arn:aws:s3:::states" }],
    ["as it is about what is in the bucket alone", { Resource: "arn:aws:s3:::states/*" }],
    ["as it is about another bucket", { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }],
    ["as it tests the contrary", { Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["as it tests nothing", { Condition: {} }],
    [
      "as it tests one thing more",
      { Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } } },
    ],
    [
      "as it tests one thing more in another way",
      { Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalOrgID": "o-a" } } },
    ],
  ])("not, %s", (_, changed) => {
    expect(wrongWith({ policy: policyWith({ ...denyWithoutTls, ...changed }) }).map(({ check }) => check)).toEqual([
      "TLS only",
    ]);
  });

  test("in the partition of the region", () => {
    const arn = "arn:aws-cn:s3:::states";
    const region = { region: { value: "cn-north-1" } };
    const policy = policyWith({ ...denyWithoutTls, Resource: [arn, `${arn}/*`] });
    expect(wrongWith({ ...region, policy }, {}, { region: "cn-north-1" })).toEqual([]);
  });
});

describe("the lock", () => {
  test.each<[string, Partial<BucketEvidence>, string]>([
    ["without Terraform", { terraform: undefined }, "needs Terraform 1.10, and there is none on the PATH"],
    [
      "with an old Terraform",
      { terraform: { version: "1.9.8", knowsLockFile: false } },
      "needs Terraform 1.10, and this is 1.9.8",
    ],
    ["where two could take it", { lock: { value: "twice" } }, "was taken by two at once"],
    ["where it may not be written", { lock: { error: "AccessDenied: no" } }, "could not be read: AccessDenied: no"],
  ])("does not hold %s", (_, other, found) => {
    expect(wrongWith({}, other)).toEqual([expect.objectContaining({ check: "lock", found })]);
  });

  test("does not hold where it is switched off", () => {
    expect(wrongWith({}, {}, { usesLockFile: false })).toEqual([
      expect.objectContaining({ check: "lock", found: "is switched off" }),
    ]);
  });

  test("holds where it was taken once and refused once", () => {
    const [found] = fitness(target, { ...evidence, lock: { value: "once" } }).slice(-1);
    expect(found).toEqual({
      check: "lock",
      ok: true,
      found: "is a lock file, which Terraform 1.11.4 knows; tried: taken once, refused once, given back",
      remedy: null,
    });
  });
});

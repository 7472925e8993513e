import { logBucketPolicyDefinition } from "../../../src/components/log-bucket-policy/inputs";
import {
  LogBucketPolicy,
  type LogBucketPolicyProps,
} from "../../../src/components/log-bucket-policy/log-bucket-policy";
import { check, InputError, problemText } from "../../../src/inputs";
import { hcl, reference } from "../../../src/values";
import { addressesOf, newDraft, newStack, synthesized } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";
import { logBucketPolicyOf } from "../support/policies";

const props: LogBucketPolicyProps = {
  bucketName: "logs",
  accountId: "111122223333",
  region: "eu-central-1",
  trailName: "example",
  prefix: "audit",
};

const bucket = "arn:aws:s3:::logs";
const trail = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example";
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const everybody = { AWS: "*" };
const everything = [bucket, `${bucket}/*`];
const source = { "aws:SourceArn": [trail] };

/** What lets the trail look at the bucket, with what its requests must have. */
const aclCheck = (sources: object = source) => ({
  Sid: "AWSCloudTrailAclCheck20150319",
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:GetBucketAcl",
  Resource: bucket,
  Condition: { StringEquals: sources },
});

/** What lets the trail deliver. */
const write = (paths: readonly string[], sources: object = source) => ({
  Sid: "AWSCloudTrailWrite20150319",
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:PutObject",
  Resource: paths.map((path) => `${bucket}/${path}/*`),
  Condition: { StringEquals: { ...sources, "s3:x-amz-acl": "bucket-owner-full-control" } },
});

const organizationWrite = (sources: object = source) => ({
  Sid: "AWSCloudTrailOrganizationWrite20150319",
  Effect: "Allow",
  Principal: cloudTrail,
  Action: "s3:PutObject",
  Resource: `${bucket}/audit/AWSLogs/o-exampleorgid/*`,
  Condition: { StringEquals: { ...sources, "s3:x-amz-acl": "bucket-owner-full-control" } },
});

const denials = [
  {
    Sid: "DenyLogsByHand",
    Effect: "Deny",
    Principal: everybody,
    Action: ["s3:PutObject", "s3:ReplicateObject"],
    Resource: `${bucket}/audit/AWSLogs/*`,
    Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
  },
  {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: everybody,
    Action: "s3:*",
    Resource: everything,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
  {
    Sid: "DenyTlsBelow12",
    Effect: "Deny",
    Principal: everybody,
    Action: "s3:*",
    Resource: everything,
    Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
  },
];

const denyOutside = {
  Sid: "DenyOutsideOrganization",
  Effect: "Deny",
  Principal: everybody,
  Action: "s3:*",
  Resource: everything,
  Condition: {
    StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
};

const OWN_LOGS = "audit/AWSLogs/111122223333";

/** The statements of the policy with some inputs. */
function statementsWith(inputs: Partial<LogBucketPolicyProps>): readonly unknown[] {
  const { Version, Statement, ...rest } = JSON.parse(logBucketPolicyOf({ ...props, ...inputs }));
  expect([Version, rest]).toEqual(["2012-10-17", {}]);
  return Statement;
}

describe("the policy of a log bucket", () => {
  test("for one account is what AWS documents, and three denials", () => {
    expect(statementsWith({})).toEqual([aclCheck(), write([OWN_LOGS]), ...denials]);
  });

  test("makes no resources", () => {
    const stack = newStack();
    new LogBucketPolicy(stack, "Default", props);
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("without a prefix is about the folder of all logs", () => {
    const text = logBucketPolicyOf({ ...props, prefix: null });
    expect(text).toContain(`"${bucket}/AWSLogs/111122223333/*"`);
    expect(text).toContain(`"${bucket}/AWSLogs/*"`);
    expect(text).not.toContain("audit");
    expect(logBucketPolicyOf({ ...props, prefix: undefined })).toBe(text);
  });

  test.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("in %s is of the partition %s throughout", (region, partition) => {
    const expected = logBucketPolicyOf(props)
      .replaceAll("arn:aws:", `arn:${partition}:`)
      .replaceAll("eu-central-1", region);
    expect(logBucketPolicyOf({ ...props, region })).toBe(expected);
  });

  test("for an organization has one statement more, and is about the trail of the management account", () => {
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    const managed = { "aws:SourceArn": ["arn:aws:cloudtrail:eu-central-1:444455556666:trail/example"] };
    expect(statementsWith({ organization })).toEqual([
      aclCheck(managed),
      write(["audit/AWSLogs/444455556666"], managed),
      organizationWrite(managed),
      ...denials,
    ]);
  });

  test("for further trails names each of them and the folder of its account", () => {
    const furtherTrails = [
      { accountId: "555566667777", region: "us-east-1", name: "second" },
      { accountId: "777788889999", region: "eu-central-1", name: "third" },
    ];
    const sources = {
      "aws:SourceArn": [
        trail,
        "arn:aws:cloudtrail:us-east-1:555566667777:trail/second",
        "arn:aws:cloudtrail:eu-central-1:777788889999:trail/third",
      ],
    };
    expect(statementsWith({ furtherTrails })).toEqual([
      aclCheck(sources),
      write([OWN_LOGS, "audit/AWSLogs/555566667777", "audit/AWSLogs/777788889999"], sources),
      ...denials,
    ]);
  });

  test("for an organization and further trails lets none of these deliver for the organization", () => {
    const statements = statementsWith({
      organization: { id: "o-exampleorgid", managementAccountId: "111122223333" },
      furtherTrails: [{ accountId: "555566667777", region: "us-east-1", name: "second" }],
    });
    const sources = { "aws:SourceArn": [trail, "arn:aws:cloudtrail:us-east-1:555566667777:trail/second"] };
    expect(statements.slice(0, 3)).toEqual([
      aclCheck(sources),
      write([OWN_LOGS, "audit/AWSLogs/555566667777"], sources),
      organizationWrite(),
    ]);
  });

  test("denies uploads that ask for no encryption, last but for what closes the bucket", () => {
    const denyUnencrypted = {
      Sid: "DenyUnencryptedUploads",
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:PutObject",
      Resource: `${bucket}/*`,
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": ["AES256", "aws:kms"] } },
    };
    const own = [aclCheck(), write([OWN_LOGS]), ...denials];
    expect(statementsWith({ denyUnencryptedUploads: true })).toEqual([...own, denyUnencrypted]);
    expect(statementsWith({ denyUnencryptedUploads: false })).toEqual(own);
  });

  test("denies everybody but a few to delete logs and to change what protects them, where that is wanted", () => {
    const except = ["arn:aws:iam::111122223333:role/Deployer", "arn:aws:iam::111122223333:role/Break*"];
    const statements = statementsWith({ denyTampering: { except } });
    const denyTampering = statements.at(-1) as { readonly Action: readonly string[] };
    expect(statements.slice(0, -1)).toEqual([aclCheck(), write([OWN_LOGS]), ...denials]);
    expect(denyTampering).toEqual({
      Sid: "DenyTampering",
      Effect: "Deny",
      Principal: everybody,
      Action: expect.any(Array),
      Resource: [bucket, `${bucket}/*`],
      Condition: { ArnNotLike: { "aws:PrincipalArn": except } },
    });
    expect([...denyTampering.Action]).toEqual([
      "s3:BypassGovernanceRetention",
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:PutBucketAcl",
      "s3:PutBucketLogging",
      "s3:PutBucketNotification",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketRequestPayment",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
      "s3:PutReplicationConfiguration",
      "s3:ReplicateDelete",
    ]);
  });

  test("must name somebody who still may delete: else nobody, Terraform included, could change the bucket again", () => {
    expect(() => statementsWith({ denyTampering: { except: [] } })).toThrow(/denyTampering.except: must not be empty/);
  });

  describe("that is restricted to an organization", () => {
    const id = "o-exampleorgid";
    const restricted = { ...source, "aws:SourceOrgID": id };
    const open = [aclCheck(), write([OWN_LOGS]), ...denials];
    const closed = [aclCheck(restricted), write([OWN_LOGS], restricted), ...denials];

    test.each([
      [{ id }, [...closed, denyOutside]],
      [{ id, deliveries: false }, [...open, denyOutside]],
      [{ id, principals: false }, closed],
      [{ id, deliveries: false, principals: false }, open],
      [null, open],
    ])("by %j", (restrictToOrganization, expected) => {
      expect(statementsWith({ restrictToOrganization })).toEqual(expected);
    });

    test("restricts what is delivered for members, too", () => {
      const organization = { id, managementAccountId: "111122223333" };
      expect(statementsWith({ organization, restrictToOrganization: { id } })).toEqual([
        aclCheck(restricted),
        write([OWN_LOGS], restricted),
        organizationWrite(restricted),
        ...denials,
        denyOutside,
      ]);
    });
  });

  describe("with an additional policy", () => {
    const own = [aclCheck(), write([OWN_LOGS]), ...denials];
    const read = { Sid: "Read", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

    test.each([
      [{ Version: "2008-10-17", Statement: [read, { ...read, Sid: "More" }] }, [read, { ...read, Sid: "More" }]],
      [{ Version: "2012-10-17", Statement: read }, [read]],
      [{ Id: "x", Statement: [] }, []],
    ])("has its statements at the end: %j", (document, added) => {
      expect(statementsWith({ additionalPolicy: JSON.stringify(document) })).toEqual([...own, ...added]);
    });

    test("has its own statements last, also after those that are switched on", () => {
      const statements = statementsWith({
        additionalPolicy: JSON.stringify({ Statement: [read] }),
        restrictToOrganization: { id: "o-exampleorgid" },
        denyUnencryptedUploads: true,
      });
      expect(statements.slice(-3).map((statement) => (statement as { readonly Sid: string }).Sid)).toEqual([
        "DenyUnencryptedUploads",
        "DenyOutsideOrganization",
        "Read",
      ]);
    });
  });

  test("of a stack decodes what only Terraform knows, and takes null for nothing", () => {
    const { outputs } = new LogBucketPolicy(newStack(), "Default", {
      ...props,
      additionalPolicy: reference("var.more") as never,
    });
    expect(hcl(outputs.json.value, { width: Number.POSITIVE_INFINITY })).toContain(
      "try(flatten([jsondecode(var.more).Statement]), [])",
    );
  });

  test("of a module is complete but for its names", () => {
    const { stack, locals } = newDraft();
    new LogBucketPolicy(stack, "Default", variablesOf<LogBucketPolicyProps>(logBucketPolicyDefinition.fields));
    const rendered = Object.entries(locals).map(([name, value]) => [name, hcl(value, { width: 1000 })]);
    const { policy, ...names } = Object.fromEntries(rendered);
    expect(names).toEqual({
      partition: expect.stringContaining('"aws-cn"'),
      bucket_arn: '"arn:${local.partition}:s3:::${var.bucket_name}"',
      log_path: 'var.prefix == null ? "AWSLogs/" : "${var.prefix}/AWSLogs/"',
      trail_account_id: "var.organization == null ? var.account_id : var.organization.management_account_id",
      trail_arn: '"arn:${local.partition}:cloudtrail:${var.region}:${local.trail_account_id}:trail/${var.trail_name}"',
      trail_arns:
        "concat([local.trail_arn], " +
        '[for trail in var.further_trails : "arn:${local.partition}:cloudtrail:${trail.region}:${trail.account_id}:' +
        'trail/${trail.name}"])',
      source_organization: expect.stringContaining('{ "aws:SourceOrgID" = var.restrict_to_organization.id }'),
    });
    const sids = [...String(policy).matchAll(/Sid += "(\w+)"/g)].map(([, sid]) => sid);
    expect(sids).toEqual([
      "AWSCloudTrailAclCheck20150319",
      "AWSCloudTrailWrite20150319",
      "AWSCloudTrailOrganizationWrite20150319",
      "DenyLogsByHand",
      "DenyInsecureTransport",
      "DenyTlsBelow12",
      "DenyUnencryptedUploads",
      "DenyTampering",
      "DenyOutsideOrganization",
    ]);
    expect(policy).toContain("var.organization != null ? [{");
    expect(policy).toContain("var.deny_unencrypted_uploads ? [{");
    expect(policy).toContain("try(flatten([jsondecode(var.additional_policy).Statement]), [])");
  });
});

describe("the inputs", () => {
  const given = { bucket_name: "logs", account_id: "111122223333", region: "eu-central-1", trail_name: "example" };
  const problemsWith = (inputs: object) =>
    check(logBucketPolicyDefinition, { ...given, ...inputs }).problems.map((problem) => problemText(problem));

  test("that must be given are bucket, account, region and trail", () => {
    expect(check(logBucketPolicyDefinition, {}).problems.map((problem) => problemText(problem))).toEqual([
      "bucket_name: must be given: The name of the bucket",
      "account_id: must be given: The account that owns the trail",
      "region: must be given: The home region of the trail",
      "trail_name: must be given: The name of the trail that may deliver logs",
    ]);
  });

  test("are all off by default", () => {
    expect(check(logBucketPolicyDefinition, given).inputs).toStrictEqual({
      bucketName: "logs",
      accountId: "111122223333",
      region: "eu-central-1",
      trailName: "example",
      organization: null,
      prefix: null,
      furtherTrails: [],
      restrictToOrganization: null,
      denyUnencryptedUploads: false,
      denyTampering: null,
      additionalPolicy: null,
    });
  });

  test.each([
    [
      { further_trails: [{ account_id: "1", region: "x", name: "a" }] },
      'further_trails[0].account_id: must be the 12 digits of an AWS account id; got "1"',
      'further_trails[0].region: must be the name of an AWS region, such as "eu-central-1"; got "x"',
      'further_trails[0].name: must have 3 to 128 characters; got "a"',
    ],
    [
      { further_trails: [{ account_id: "111122223333" }] },
      "further_trails[0].region: must be given: The home region of the trail",
      "further_trails[0].name: must be given: The name of the trail",
    ],
    [
      { restrict_to_organization: { id: "x" } },
      'restrict_to_organization.id: must be the id of an organization, such as "o-exampleorgid"; got "x"',
    ],
    [{ restrict_to_organization: {} }, "restrict_to_organization.id: must be given: The id of the organization"],
    [{ deny_unencrypted_uploads: "yes" }, 'deny_unencrypted_uploads: must be true or false; got the string "yes"'],
    [{ additional_policy: "{}" }, 'additional_policy: must be a policy document in JSON, with Statement; got "{}"'],
    [{ additional_policy: "{" }, 'additional_policy: must be a policy document in JSON, with Statement; got "{"'],
  ])("%j are refused", (inputs, ...problems) => {
    expect(problemsWith(inputs)).toEqual(problems);
  });

  test("that are wrong are told all at once", () => {
    expect(() => new LogBucketPolicy(newStack(), "audit", { ...props, prefix: "/", trailName: "a" })).toThrow(
      InputError,
    );
    expect(() => new LogBucketPolicy(newStack(), "audit", { ...props, prefix: "/", trailName: "a" })).toThrow(
      [
        'Policy of a log bucket "audit" has wrong inputs:',
        '  - trailName: must have 3 to 128 characters; got "a"',
        '  - prefix: must not begin or end with a slash, nor have two in a row; got "/"',
      ].join("\n"),
    );
  });

  test("and everything else are described in sentences", () => {
    const { name, title, fields, outputs } = logBucketPolicyDefinition;
    expect([name, title]).toEqual(["log-bucket-policy", "Policy of a log bucket"]);
    for (const { description } of [logBucketPolicyDefinition, ...Object.values(fields), ...Object.values(outputs)]) {
      expect(description).toMatch(/^[A-Z].*[A-Za-z`]\.$/s);
    }
  });
});

test("forty more trails with the longest names fit into the 20 KB that S3 takes, and no more are taken", () => {
  const trails = (number: number) =>
    Array.from({ length: number }, (_, index) => ({
      accountId: String(444455550000 + index),
      region: "ap-southeast-2",
      name: "a".repeat(128),
    }));
  const policy = logBucketPolicyOf({
    ...props,
    furtherTrails: trails(40),
    denyUnencryptedUploads: true,
    denyTampering: { except: ["arn:aws:iam::111122223333:role/Deployer"] },
    restrictToOrganization: { id: "o-exampleorgid" },
  });
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(20 * 1024);
  expect(() => logBucketPolicyOf({ ...props, furtherTrails: trails(41) })).toThrow(
    "furtherTrails: must have at most 40 entries",
  );
});

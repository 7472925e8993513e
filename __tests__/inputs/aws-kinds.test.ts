import {
  accessLogPrefix,
  accessLogTarget,
  accountId,
  accountName,
  bucketName,
  functionArn,
  furtherTrail,
  type Kind,
  keyAlias,
  keyArn,
  keyPrefix,
  logGroupArn,
  logGroupName,
  logRetention,
  objectPrefix,
  organization,
  organizationId,
  policyArn,
  policyJson,
  principalArn,
  principalPattern,
  readWriteType,
  region,
  roleArn,
  roleName,
  rolePath,
  tags,
  tagValue,
  trailName,
  transitions,
} from "../../src/inputs";
import * as awsKinds from "../../src/inputs/aws-kinds";
import { brokenRequirements, eachAlone, saidToBreak } from "./support/checking";

/** Values of a kind: those it takes, and those it refuses with the requirements that they break. */
interface Examples {
  readonly kind: Kind<never> | Kind<unknown>;
  readonly accepted: readonly unknown[];
  readonly rejected: readonly (readonly [value: unknown, ...requirements: string[]])[];
}

function describeKind(name: string, { kind, accepted, rejected }: Examples): void {
  describe(name, () => {
    test.each(accepted.map((value) => [value]))("takes %j", (value) => {
      expect(brokenRequirements(kind, value)).toEqual([]);
    });

    test.each(rejected.map(([value, ...requirements]) => ({ value, requirements })))(
      "refuses $value",
      ({ value, requirements }) => {
        expect(brokenRequirements(kind, value)).toEqual(requirements);
      },
    );
  });
}

const WORDS = "must be letters and digits, with single dots, underscores or hyphens between them";
const IP_ADDRESS = "must not look like an IP address";
const TAG_VALUE = "must be at most 256 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags";
const TAG_KEY = "must be 1 to 128 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags";
const AWS_TAG = 'must not begin with "aws:", which AWS reserves';

const ACCOUNT_ID = "must be the 12 digits of an AWS account id";

describeKind("an account id", {
  kind: accountId,
  accepted: ["111122223333", "000000000000", "999999999999"],
  rejected: [
    ["11112222333", ACCOUNT_ID],
    ["1111222233334", ACCOUNT_ID],
    ["11112222333a", ACCOUNT_ID],
    [" 11112222333", ACCOUNT_ID],
    ["111122223333\n", ACCOUNT_ID],
    ["1111-2222-3333", ACCOUNT_ID],
    ["１１１１２２２２３３３３", ACCOUNT_ID],
    ["", ACCOUNT_ID],
    [111122223333, "must be a text, in quotes"],
  ],
});

const REGION = 'must be the name of an AWS region, such as "eu-central-1"';

describeKind("a region", {
  kind: region,
  accepted: [
    ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-3", "ap-south-2", "ap-southeast-1"],
    ...["ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1", "eu-north-1", "eu-south-2", "eu-west-3"],
    ...["il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-west-2"],
    ...["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1", "eu-southwest-1", "eu-west-99"],
  ],
  rejected: [
    ["eu-central", REGION],
    ["eu-central-", REGION],
    ["eu-central-0", REGION],
    ["eu-central-01", REGION],
    ["eu-central-100", REGION],
    ["eu-central-1a", REGION],
    ["eu-central-1 ", REGION],
    [" eu-central-1", REGION],
    ["xeu-central-1", REGION],
    ["EU-CENTRAL-1", REGION],
    ["eu_central_1", REGION],
    ["eu-middle-1", REGION],
    ["xx-central-1", REGION],
    ["us-iso-east-1", REGION],
    ["eusc-de-east-1", REGION],
    ["frankfurt", REGION],
    ["", REGION],
  ],
});

const ACCOUNT_NAME_LENGTH = "must have 1 to 123 characters, as the trail is named after it";

describeKind("the name of an account", {
  kind: accountName,
  accepted: ["a", "7", "example", "Example-1", "a.b_c-d", "1.2.3.4", "a".repeat(123)],
  rejected: [
    ["", WORDS],
    ["a".repeat(124), ACCOUNT_NAME_LENGTH],
    [`${"a ".repeat(62)}`, WORDS, ACCOUNT_NAME_LENGTH],
    ["my account", WORDS],
    ["-a", WORDS],
    ["a-", WORDS],
    [".a", WORDS],
    ["a_", WORDS],
    ["a..b", WORDS],
    ["a.-b", WORDS],
    ["a/b", WORDS],
    ["ä", WORDS],
  ],
});

const TRAIL_NAME_LENGTH = "must have 3 to 128 characters";

describeKind("the name of a trail", {
  kind: trailName,
  accepted: ["abc", "a-b", "123", "Trail.of_all-Accounts", "1.2.3", "1.2.3.4.5", "1.2.3.a", "a".repeat(128)],
  rejected: [
    ["", WORDS, TRAIL_NAME_LENGTH],
    ["ab", TRAIL_NAME_LENGTH],
    ["a".repeat(129), TRAIL_NAME_LENGTH],
    ["-bad-", WORDS],
    ["bad-", WORDS],
    ["_bad", WORDS],
    ["a b c", WORDS],
    ["a..b", WORDS],
    ["a._b", WORDS],
    ["a--b", WORDS],
    ["a__b", WORDS],
    ["trail/logs", WORDS],
    ["trail\n", WORDS],
    ["prüfung", WORDS],
    ["192.168.0.1", IP_ADDRESS],
    ["1.1.1.1", IP_ADDRESS],
    ["999.999.999.999", IP_ADDRESS],
  ],
});

const BUCKET_CHARACTERS = "must be 3 to 63 lower-case letters, digits, dots or hyphens";
const BUCKET_ENDS = "must begin and end with a letter or a digit, and have no two dots in a row";
const BUCKET_BEGINNING = "must not begin with xn--, sthree- or amzn-s3-demo-, which AWS reserves";
const BUCKET_ENDING = "must not end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3, which AWS reserves";

describeKind("the name of a bucket", {
  kind: bucketName,
  accepted: [
    ...["abc", "123", "a-b", "a.b", "logs--of.2026", "a".repeat(63), "1.2.3", "1.2.3.a", "10.0.0.0.1"],
    ...["my-xn--logs", "xn-logs", "my-sthree-logs", "sthreelogs", "my-amzn-s3-demo-logs", "amzn-s3-demos"],
    ...["logs-s3alias-of", "s3alias", "logs--ol-s3-of", "ol-s3", "logs.mrap.of", "logs-mrap", "logs--x-s3-of", "x-s3"],
    ...["logs--table-s3-of", "table-s3"],
  ],
  rejected: [
    ["", BUCKET_CHARACTERS],
    ["ab", BUCKET_CHARACTERS],
    ["a".repeat(64), BUCKET_CHARACTERS],
    ["Acme-Logs", BUCKET_CHARACTERS],
    ["acme_logs", BUCKET_CHARACTERS],
    ["acme logs", BUCKET_CHARACTERS],
    ["acme/logs", BUCKET_CHARACTERS],
    ["logs\n", BUCKET_CHARACTERS],
    ["-logs", BUCKET_ENDS],
    ["logs-", BUCKET_ENDS],
    [".logs", BUCKET_ENDS],
    ["logs.", BUCKET_ENDS],
    ["my..logs", BUCKET_ENDS],
    ["192.168.0.1", IP_ADDRESS],
    ["1.1.1.1", IP_ADDRESS],
    ["xn--logs", BUCKET_BEGINNING],
    ["sthree-logs", BUCKET_BEGINNING],
    ["sthree-configurator", BUCKET_BEGINNING],
    ["amzn-s3-demo-bucket", BUCKET_BEGINNING],
    ["logs-s3alias", BUCKET_ENDING],
    ["logs--ol-s3", BUCKET_ENDING],
    ["logs.mrap", BUCKET_ENDING],
    ["logs--x-s3", BUCKET_ENDING],
    ["logs--table-s3", BUCKET_ENDING],
    ["xn--logs-s3alias", BUCKET_BEGINNING, BUCKET_ENDING],
  ],
});

const PREFIX_CHARACTERS = "must be 1 to 200 letters, digits or characters of ! _ . ' ( ) / -";
const PREFIX_SLASHES = "must not begin or end with a slash, nor have two in a row";
const PREFIX_AWSLOGS = 'must not hold "AWSLogs/", which CloudTrail adds itself';

describeKind("the prefix of keys", {
  kind: keyPrefix,
  accepted: ["a", "audit", "audit/logs/2026", "A!_.'()-z", ".", "AWSLogs-of-all/a", "awslogs", "a".repeat(200)],
  rejected: [
    ["", PREFIX_CHARACTERS],
    ["a".repeat(201), PREFIX_CHARACTERS],
    ["my logs", PREFIX_CHARACTERS],
    ["logs*", PREFIX_CHARACTERS],
    ["logs?", PREFIX_CHARACTERS],
    ["${aws:username}", PREFIX_CHARACTERS],
    ["prüfung", PREFIX_CHARACTERS],
    ["logs\n", PREFIX_CHARACTERS],
    ["/logs", PREFIX_SLASHES],
    ["logs/", PREFIX_SLASHES],
    ["/", PREFIX_SLASHES],
    ["a//b", PREFIX_SLASHES],
    ["AWSLogs", PREFIX_AWSLOGS],
    ["audit/AWSLogs", PREFIX_AWSLOGS],
    ["AWSLogs/audit", PREFIX_AWSLOGS],
    ["a/AWSLogs/b", PREFIX_AWSLOGS],
    ["AWSLogs/", PREFIX_SLASHES, PREFIX_AWSLOGS],
  ],
});

describeKind("the value of a tag", {
  kind: tagValue,
  accepted: ["", "a", "Zoë Müller", "監査 ログ", "Ærø", "٣", "a_b.c:d/e=f+g-h@i", "aws:x", " ", "漢".repeat(256)],
  rejected: [
    ["a".repeat(257), TAG_VALUE],
    ['The "Owner"', TAG_VALUE],
    ["it's", TAG_VALUE],
    ["a,b", TAG_VALUE],
    ["a;b", TAG_VALUE],
    ["a\\b", TAG_VALUE],
    ["a\nb", TAG_VALUE],
    ["a\tb", TAG_VALUE],
    ["${a}", TAG_VALUE],
    ["<a>", TAG_VALUE],
    ["🎉", TAG_VALUE],
  ],
});

function tagsOf(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, "value"]));
}

describeKind("tags", {
  kind: tags,
  accepted: [
    {},
    { Stage: "próduction", 監査: "ログ", "a b": "" },
    { "my-aws:tag": "x", aws: "x", "aws-x": "x" },
    { ["k".repeat(128)]: "v".repeat(256) },
    tagsOf(50),
  ],
  rejected: [
    [tagsOf(51), "must have at most 50 entries"],
    [{ "": "x" }, TAG_KEY],
    [{ ["k".repeat(129)]: "x" }, TAG_KEY],
    [{ "a,b": "x" }, TAG_KEY],
    [{ "aws:x": "x" }, AWS_TAG],
    [{ "AWS:x": "x" }, AWS_TAG],
    [{ "aWs:": "x" }, AWS_TAG],
    [{ a: "v".repeat(257) }, TAG_VALUE],
    [{ a: "<x>", "<k>": "x" }, TAG_VALUE, TAG_KEY],
    [{ a: null }, "must be a text"],
    [["a"], "must be a map"],
  ],
});

const ORGANIZATION_ID = 'must be the id of an organization, such as "o-exampleorgid"';
const managed = { management_account_id: "111122223333" };

describeKind("an organization", {
  kind: organization,
  accepted: [
    { id: "o-exampleorgid", ...managed },
    { id: `o-${"a".repeat(10)}`, ...managed },
    { id: `o-${"0".repeat(32)}`, ...managed },
  ],
  rejected: [
    [{ id: `o-${"a".repeat(9)}`, ...managed }, ORGANIZATION_ID],
    [{ id: `o-${"a".repeat(33)}`, ...managed }, ORGANIZATION_ID],
    [{ id: "o-ExampleOrgId", ...managed }, ORGANIZATION_ID],
    [{ id: "r-exampleorgid", ...managed }, ORGANIZATION_ID],
    [{ id: "xo-exampleorgid", ...managed }, ORGANIZATION_ID],
    [{ id: "o-exampleorgid", management_account_id: "11112222333" }, ACCOUNT_ID],
    [{}, "must be given: The id of the organization", "must be given: The management account"],
    ["o-exampleorgid", "must be an object"],
  ],
});

describeKind("which calls are recorded", {
  kind: readWriteType,
  accepted: ["All", "ReadOnly", "WriteOnly"],
  rejected: [
    ["Both", 'must be one of "All", "ReadOnly", "WriteOnly"'],
    ["all", 'must be one of "All", "ReadOnly", "WriteOnly"'],
    ["", 'must be one of "All", "ReadOnly", "WriteOnly"'],
  ],
});

describeKind("the id of an organization", {
  kind: organizationId,
  accepted: ["o-exampleorgid", `o-${"0".repeat(32)}`],
  rejected: [
    ["o-short", ORGANIZATION_ID],
    ["", ORGANIZATION_ID],
  ],
});

describeKind("a trail of another account", {
  kind: furtherTrail,
  accepted: [{ account_id: "111122223333", region: "us-east-1", name: "their-trail" }],
  rejected: [
    [{ account_id: "1", region: "us-east-1", name: "their-trail" }, ACCOUNT_ID],
    [{ account_id: "111122223333", region: "x", name: "their-trail" }, REGION],
    [{ account_id: "111122223333", region: "us-east-1", name: "a" }, TRAIL_NAME_LENGTH],
    ["arn:aws:cloudtrail:us-east-1:111122223333:trail/a", "must be an object"],
  ],
});

const KEY_ARN = 'must be the ARN of a KMS key, "arn:aws:kms:REGION:ACCOUNT:key/ID"; an alias is not enough';

describeKind("the ARN of a key", {
  kind: keyArn,
  accepted: [
    "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:aws-cn:kms:cn-north-1:111122223333:key/a",
    "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/a",
  ],
  rejected: [
    ["1234abcd-12ab-34cd-56ef-1234567890ab", KEY_ARN],
    ["alias/audit", KEY_ARN],
    ["arn:aws:kms:eu-central-1:111122223333:alias/audit", KEY_ARN],
    ["arn:aws-iso:kms:us-iso-east-1:111122223333:key/a", KEY_ARN],
    ["arn:aws:kms:eu-central-1:11112222333:key/a", KEY_ARN],
    ["arn:aws:kms:eu-central-1:111122223333:key/*", KEY_ARN],
    ["arn:aws:kms:eu-central-1:111122223333:key/a\n", KEY_ARN],
    [" arn:aws:kms:eu-central-1:111122223333:key/a", KEY_ARN],
    ["arn:aws:kms:eu-central-1:111122223333:key/", KEY_ARN],
  ],
});

const ALIAS = 'must be "alias/" and then 1 to 250 letters, digits, slashes, underscores or hyphens';

describeKind("the alias of a key", {
  kind: keyAlias,
  accepted: ["alias/a", "alias/Audit_1/logs-2", "alias/awsome", `alias/${"a".repeat(250)}`],
  rejected: [
    ["audit", ALIAS],
    ["alias/", ALIAS],
    ["alias/a.b", ALIAS],
    ["alias/a b", ALIAS],
    [`alias/${"a".repeat(251)}`, ALIAS],
    ["alias/aws/s3", 'must not begin with "alias/aws/", which AWS reserves'],
  ],
});

const PRINCIPAL = "must be the ARN of a role, of a user, or of the root of an account";

describeKind("somebody who may be let in", {
  kind: principalArn,
  accepted: [
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:role/reader",
    "arn:aws:iam::111122223333:user/audit/a+b=c,d.e@f_g-h",
    "arn:aws-cn:iam::111122223333:root",
  ],
  rejected: [
    ["*", PRINCIPAL],
    ["111122223333", PRINCIPAL],
    ["arn:aws:iam::111122223333:*", PRINCIPAL],
    ["arn:aws:iam::111122223333:role/*", PRINCIPAL],
    ["arn:aws:iam::111122223333:group/auditors", PRINCIPAL],
    ["arn:aws:iam::*:root", PRINCIPAL],
    ["arn:aws:iam::111122223333:root/x", PRINCIPAL],
    ["arn:aws:sts::111122223333:assumed-role/reader/session", PRINCIPAL],
    ["cloudtrail.amazonaws.com", PRINCIPAL],
  ],
});

const PRINCIPAL_PATTERN =
  "must be the ARN of a role, of a user, or of the root of an account; * may stand for a part of the name";

describeKind("somebody who may do what others may not", {
  kind: principalPattern,
  accepted: [
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:role/Deployer",
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*",
  ],
  rejected: [
    ["*", PRINCIPAL_PATTERN],
    ["arn:aws:iam::*:role/Deployer", PRINCIPAL_PATTERN],
    ["arn:aws:iam::111122223333:*", PRINCIPAL_PATTERN],
    ["arn:aws:sts::111122223333:assumed-role/a/b", PRINCIPAL_PATTERN],
  ],
});

const ACCESS_LOG_PREFIX = "must be 1 to 200 letters, digits or characters of ! _ . ' ( ) / -";

describeKind("the prefix of access logs", {
  kind: accessLogPrefix,
  accepted: ["reads", "a/b", "AWSLogs/x"],
  rejected: [
    ["", ACCESS_LOG_PREFIX],
    ["a*", ACCESS_LOG_PREFIX],
    ["a".repeat(201), ACCESS_LOG_PREFIX],
    ["/a", "must not begin or end with a slash, nor have two in a row"],
    ["a/", "must not begin or end with a slash, nor have two in a row"],
  ],
});

describeKind("the prefix of access logs as S3 takes it", {
  kind: accessLogTarget,
  accepted: ["", "reads/", "a/b"],
  rejected: [["a*", "must be at most 255 letters, digits or characters of ! _ . ' ( ) / -"]],
});

const FUNCTION = "must be the ARN of a Lambda function, without version or alias";

describeKind("a Lambda function", {
  kind: functionArn,
  accepted: [
    "arn:aws:lambda:eu-central-1:111122223333:function:My_function-1",
    `arn:aws:lambda:eu-central-1:111122223333:function:${"a".repeat(64)}`,
    "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:a",
  ],
  rejected: [
    ["my-function", FUNCTION],
    ["arn:aws:lambda:eu-central-1:111122223333:function:a:1", FUNCTION],
    ["arn:aws:lambda:eu-central-1:111122223333:function:a:$LATEST", FUNCTION],
    ["arn:aws:lambda:eu-central-1:111122223333:function:*", FUNCTION],
    [`arn:aws:lambda:eu-central-1:111122223333:function:${"a".repeat(65)}`, FUNCTION],
    ["arn:aws:lambda:eu-central-1:111122223333:layer:a", FUNCTION],
  ],
});

const OBJECT_PREFIX = 'must be the name of a bucket, a slash, and the beginning of keys, such as "exports/2026/"';

describeKind("a bucket and the beginning of keys", {
  kind: objectPrefix,
  accepted: ["exports/2026/", "a.b-c/x", "abc/year=2026/month=01", "abc/!_.'()/=+@:&$ ,;?-", `abc/${"x".repeat(900)}`],
  rejected: [
    ["exports", OBJECT_PREFIX],
    ["exports/", OBJECT_PREFIX],
    ["/exports", OBJECT_PREFIX],
    ["Exports/x", OBJECT_PREFIX],
    ["ab/x", OBJECT_PREFIX],
    ["-abc/x", OBJECT_PREFIX],
    ["abc-/x", OBJECT_PREFIX],
    ["abc/*", OBJECT_PREFIX],
    ["abc/ü", OBJECT_PREFIX],
    [`abc/${"x".repeat(901)}`, OBJECT_PREFIX],
    [`${"a".repeat(64)}/x`, OBJECT_PREFIX],
  ],
});

const LOG_GROUP = "must be 1 to 512 letters, digits or characters of . _ / # -";

describeKind("the name of a log group", {
  kind: logGroupName,
  accepted: ["a", "/aws/cloudtrail/example-logs", "A.b_c#d", "a".repeat(512)],
  rejected: [
    ["", LOG_GROUP],
    ["a b", LOG_GROUP],
    ["a:*", LOG_GROUP],
    ["*", LOG_GROUP],
    ["a".repeat(513), LOG_GROUP],
  ],
});

describeKind("the ARN of a log group", {
  kind: logGroupArn,
  accepted: [
    "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/cloudtrail/a",
    "arn:aws:logs:eu-central-1:111122223333:log-group:a:*",
    "arn:aws-cn:logs:cn-north-1:111122223333:log-group:a",
  ],
  rejected: [
    ["/aws/cloudtrail/a", "must be the ARN of a log group"],
    ["arn:aws:logs:eu-central-1:111122223333:log-group:*", "must be the ARN of a log group"],
    ["arn:aws:logs:eu-central-1:111122223333:log-group:a:*:*", "must be the ARN of a log group"],
    ["arn:aws:logs:eu-central-1:111122223333:log-group:a:log-stream:b", "must be the ARN of a log group"],
    ["arn:aws:logs:*:111122223333:log-group:a", "must be the ARN of a log group"],
  ],
});

const RETENTIONS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
];
const ONE_OF_DAYS = `must be one of ${RETENTIONS.join(", ")}`;

describeKind("how long CloudWatch Logs keeps events", {
  kind: logRetention,
  accepted: RETENTIONS,
  rejected: [
    [0, ONE_OF_DAYS],
    [2, ONE_OF_DAYS],
    [366, ONE_OF_DAYS],
    [3654, ONE_OF_DAYS],
    [1.5, ONE_OF_DAYS],
    ["365", "must be a number"],
  ],
});

const ROLE_NAME = "must be 1 to 64 letters, digits or characters of + = , . @ _ -";

describeKind("the name of a role", {
  kind: roleName,
  accepted: ["a", "A+b=c,d.e@f_g-h", "a".repeat(64)],
  rejected: [
    ["", ROLE_NAME],
    ["a".repeat(65), ROLE_NAME],
    ["a/b", ROLE_NAME],
    ["a b", ROLE_NAME],
    ["*", ROLE_NAME],
  ],
});

const ROLE_PATH = "must be a slash, or begin and end with one";

describeKind("the path of a role", {
  kind: rolePath,
  accepted: ["/", "/audit/", "/a/b_c.d/", `/${"a".repeat(510)}/`],
  rejected: [
    ["", ROLE_PATH],
    ["audit", ROLE_PATH],
    ["/audit", ROLE_PATH],
    ["audit/", ROLE_PATH],
    ["/a b/", ROLE_PATH],
    [`/${"a".repeat(511)}/`, "must have at most 512 characters"],
  ],
});

const ROLE_ARN = 'must be the ARN of an IAM role, such as "arn:aws:iam::111122223333:role/audit"';

describeKind("the ARN of a role", {
  kind: roleArn,
  accepted: ["arn:aws:iam::111122223333:role/audit", "arn:aws-us-gov:iam::111122223333:role/a/b"],
  rejected: [
    ["audit", ROLE_ARN],
    ["arn:aws:iam::111122223333:user/audit", ROLE_ARN],
    ["arn:aws:iam::111122223333:role/*", ROLE_ARN],
    ["arn:aws:iam::aws:role/audit", ROLE_ARN],
  ],
});

describeKind("the ARN of a policy", {
  kind: policyArn,
  accepted: ["arn:aws:iam::111122223333:policy/audit/boundary", "arn:aws-cn:iam::aws:policy/PowerUserAccess"],
  rejected: [
    ["boundary", "must be the ARN of an IAM policy"],
    ["arn:aws:iam::111122223333:role/boundary", "must be the ARN of an IAM policy"],
    ["arn:aws:iam::111122223333:policy/*", "must be the ARN of an IAM policy"],
  ],
});

const POLICY_JSON = "must be a policy document in JSON, with Statement";

describeKind("a policy as JSON", {
  kind: policyJson,
  accepted: ['{"Version":"2012-10-17","Statement":[]}', '{ "Statement": { "Sid": "A" } }'],
  rejected: [
    ["", POLICY_JSON],
    ["{}", POLICY_JSON],
    ["[]", POLICY_JSON],
    ['{"statement":[]}', POLICY_JSON],
    ['{"Statement":[]', POLICY_JSON],
    [{ Statement: [] }, "must be a text"],
  ],
});

const STANDARD_IA_DAYS = "must be 30 days or more for STANDARD_IA";
const STANDARD_IA_STAY = "must leave logs in STANDARD_IA for 30 days or more before they move on";
const DIFFERENT_DAYS = "must have different days";
const IN_ORDER =
  "must name storage classes once each, the later the more days: " +
  "STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE";
const moved = (days: number, storage_class: string) => ({ days, storage_class });

describeKind("when logs are moved to cheaper storage", {
  kind: transitions,
  accepted: [
    [],
    [moved(0, "GLACIER")],
    [moved(30, "STANDARD_IA")],
    [moved(36500, "DEEP_ARCHIVE")],
    [
      moved(30, "STANDARD_IA"),
      moved(60, "INTELLIGENT_TIERING"),
      moved(90, "GLACIER_IR"),
      moved(180, "GLACIER"),
      moved(365, "DEEP_ARCHIVE"),
    ],
    [moved(365, "DEEP_ARCHIVE"), moved(90, "GLACIER_IR")],
    [moved(90, "GLACIER_IR"), moved(91, "GLACIER")],
  ],
  rejected: [
    [[moved(29, "STANDARD_IA")], STANDARD_IA_DAYS],
    [[moved(30, "STANDARD_IA"), moved(59, "GLACIER")], STANDARD_IA_STAY],
    [[moved(59, "INTELLIGENT_TIERING"), moved(30, "STANDARD_IA")], STANDARD_IA_STAY],
    [[moved(90, "GLACIER_IR"), moved(90, "GLACIER")], DIFFERENT_DAYS],
    [[moved(90, "GLACIER"), moved(180, "GLACIER_IR")], IN_ORDER],
    [[moved(90, "GLACIER"), moved(180, "GLACIER")], IN_ORDER],
    [[moved(90, "GLACIER"), moved(90, "GLACIER")], DIFFERENT_DAYS],
    [[moved(-1, "GLACIER")], "must be a whole number of days from 0 to 36500"],
    [[moved(36501, "GLACIER")], "must be a whole number of days from 0 to 36500"],
    [[moved(1.5, "GLACIER")], "must be a whole number of days from 0 to 36500"],
    [
      [moved(90, "ONEZONE_IA")],
      'must be one of "STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"',
    ],
  ],
});

test("what an organization asks for says why", () => {
  const { shape } = organization;
  expect(shape.form === "object" && Object.values(shape.fields).map(({ description }) => description)).toEqual([
    "The id of the organization.",
    "The management account. It owns every trail of the organization, including one that a delegated administrator created.",
  ]);
});

test("lengths that are rules are known to editors, too", () => {
  expect(accountName.rules.map(({ jsonSchema }) => jsonSchema)).toEqual([
    { pattern: "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$" },
    { minLength: 1, maxLength: 123 },
  ]);
  expect(trailName.rules.map(({ jsonSchema }) => jsonSchema)).toEqual([
    { pattern: "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$" },
    { minLength: 3, maxLength: 128 },
    undefined,
  ]);
});

const kinds = (Object.entries(awsKinds) as readonly [string, object][]).filter(
  (entry): entry is [string, Kind<unknown>] => "placedRules" in Object(entry[1]),
);

describe("examples", () => {
  test.each(kinds)("of %s keep every rule, or break the one that they are said to break", (_, kind) => {
    expect(brokenRequirements(kind, kind.valid)).toEqual([]);
    expect(saidToBreak(kind)).toEqual(eachAlone(kind));
  });

  test("are there of each kind", () => {
    expect(kinds.length).toBeGreaterThan(29);
    expect(kinds.filter(([, kind]) => kind.valid === undefined || kind.valid === "")).toEqual([]);
  });

  test("of many tags have each another name", () => {
    expect(Object.keys(awsKinds.manyTags(3))).toEqual(["Tag0", "Tag1", "Tag2"]);
  });
});

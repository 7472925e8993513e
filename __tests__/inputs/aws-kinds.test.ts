import {
  accountId,
  accountName,
  bucketName,
  type Kind,
  keyPrefix,
  organization,
  readWriteType,
  region,
  tags,
  tagValue,
  trailName,
  transitions,
} from "../../src/inputs";
import { brokenRequirements } from "./support/checking";

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
    [{ a: "<x>", "<k>": "x" }, TAG_KEY, TAG_VALUE],
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

const classes = (...moves: readonly (readonly [days: number, storageClass: string])[]) =>
  moves.map(([days, storage_class]) => ({ days, storage_class }));
const DIFFERENT_DAYS = "must have different days";
const IN_ORDER =
  "must name storage classes once each, the later the more days: " +
  "STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE";

describeKind("moves to cheaper storage", {
  kind: transitions,
  accepted: [
    [],
    classes(
      [30, "STANDARD_IA"],
      [60, "INTELLIGENT_TIERING"],
      [90, "GLACIER_IR"],
      [180, "GLACIER"],
      [270, "DEEP_ARCHIVE"],
    ),
    classes([180, "GLACIER"], [30, "STANDARD_IA"]),
    classes([0, "GLACIER"]),
  ],
  rejected: [
    [classes([29, "STANDARD_IA"]), "must be 30 days or more for STANDARD_IA"],
    [classes([90, "GLACIER_IR"], [90, "GLACIER"]), DIFFERENT_DAYS],
    [classes([90, "GLACIER"], [180, "GLACIER_IR"]), IN_ORDER],
    [classes([90, "GLACIER"], [180, "GLACIER"]), IN_ORDER],
    [
      classes([90, "ONEZONE_IA"]),
      'must be one of "STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"',
    ],
  ],
});

test("what an organization asks for says why", () => {
  const { shape } = organization;
  expect(shape.form === "object" && Object.values(shape.fields).map(({ description }) => description)).toEqual([
    "The id of the organization.",
    "The management account. It owns every trail of the organization, also one that a delegated administrator made.",
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

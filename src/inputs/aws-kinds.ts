import {
  and,
  atLeast,
  atMost,
  attempt,
  distinct,
  equals,
  every,
  forEach,
  get,
  isJsonWith,
  length,
  lessThan,
  matches,
  not,
  or,
  plus,
  position,
  type Value,
} from "../values";
import { required } from "./field";
import { listOf as kindOfList, mapOf, numberOf, object, oneOf, text, textLike, wholeNumber } from "./kind";
import { separatedBySlashes } from "./text-kinds";

/*
 * Kinds of input that AWS defines, with the rules of its API. The provider checks only some of them.
 */

/** An AWS account: 12 digits, kept as text for the sake of leading zeros. */
export const accountId = textLike("^[0-9]{12}$", "must be the 12 digits of an AWS account id")
  .suchAs("111122223333")
  .brokenBy("11112222333");

/** A region of the partitions aws, aws-cn and aws-us-gov: `eu-central-1`. */
export const region = textLike(
  "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|(north|south)(east|west)?|east|west)-[1-9][0-9]?$",
  'must be the name of an AWS region, such as "eu-central-1"',
)
  .suchAs("eu-central-1")
  .brokenBy("frankfurt");

const separatedWords = textLike(
  "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
  "must be letters and digits, with single dots, underscores or hyphens between them",
);

/** The words in the name of an account that may stand in names of resources. */
export const accountName = separatedWords
  .brokenBy("my account")
  .where("must have 1 to 123 characters, as the trail is named after it", (value) => atMost(length(value), 123), {
    minLength: 1,
    maxLength: 123,
  })
  .suchAs("example")
  .brokenBy("a".repeat(124));

const IP_ADDRESS = "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$";

/**
 * The name of a trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
 */
export const trailName = separatedWords
  .brokenBy("my--trail")
  .where("must have 3 to 128 characters", (value) => and(atLeast(length(value), 3), atMost(length(value), 128)), {
    minLength: 3,
    maxLength: 128,
  })
  .brokenBy("ab")
  .where("must not look like an IP address", (value) => not(matches(value, IP_ADDRESS)))
  .brokenBy("192.168.0.1")
  .suchAs("example-logs");

/**
 * The name of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketName = textLike("^[a-z0-9.-]{3,63}$", "must be 3 to 63 lower-case letters, digits, dots or hyphens")
  .brokenBy("Acme_Logs")
  .where("must begin and end with a letter or a digit, and have no two dots in a row", (value) =>
    not(matches(value, "^[.-]|[.-]$|[.][.]")),
  )
  .brokenBy("acme..logs")
  .where("must not look like an IP address", (value) => not(matches(value, IP_ADDRESS)))
  .brokenBy("192.168.0.1")
  .where("must not begin with xn--, sthree- or amzn-s3-demo-, which AWS reserves", (value) =>
    not(matches(value, "^(xn--|sthree-|amzn-s3-demo-)")),
  )
  .brokenBy("xn--logs")
  .where("must not end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3, which AWS reserves", (value) =>
    not(matches(value, "(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$")),
  )
  .brokenBy("logs-s3alias")
  .suchAs("example-logs");

const KEY_TEXT = "[A-Za-z0-9!_.'()/-]";

const beginningOfKeys = separatedBySlashes(
  textLike(`^${KEY_TEXT}{1,200}$`, "must be 1 to 200 letters, digits or characters of ! _ . ' ( ) / -").brokenBy(
    "logs*",
  ),
  "/logs",
);

/**
 * The beginning of the keys under which logs are delivered. No character in it has a meaning in a policy.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const keyPrefix = beginningOfKeys
  .where('must not hold "AWSLogs/", which CloudTrail adds itself', (value) => not(matches(value, "AWSLogs(/|$)")))
  .brokenBy("AWSLogs")
  .suchAs("audit");

/** The beginning of the keys under which access logs are delivered, without the slash at its end. */
export const accessLogPrefix = beginningOfKeys.suchAs("access-logs");

/** The same as S3 takes it, with the slash. */
export const accessLogTarget = textLike(
  `^(${KEY_TEXT}{1,255})?$`,
  "must be at most 255 letters, digits or characters of ! _ . ' ( ) / -",
)
  .suchAs("access-logs/")
  .brokenBy("logs*");

/** Where access logs lie: the bucket and the beginning of their keys, as S3 takes it. */
export const accessLogPath = textLike(
  `^[a-z0-9.-]{3,63}/${KEY_TEXT}{0,255}$`,
  "must be the name of a bucket, a slash, and at most 255 letters, digits or characters of ! _ . ' ( ) / -, such as " +
    '"example-access-logs/trail/"',
)
  .suchAs("example-access-logs/trail/")
  .brokenBy("example-access-logs");

const TAG_TEXT = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]";

/** The value of a tag. */
export const tagValue = textLike(
  `^${TAG_TEXT}{0,256}$`,
  "must be at most 256 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags",
)
  .suchAs("example")
  .brokenBy('the "owner"');

const tagKey = textLike(
  `^${TAG_TEXT}{1,128}$`,
  "must be 1 to 128 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags",
)
  .suchAs("Example")
  .brokenBy("a*b")
  .where('must not begin with "aws:", which AWS reserves', (value) => not(matches(value, "^[Aa][Ww][Ss]:")))
  .brokenBy("aws:example");

/** The most tags that a resource may have. */
export const MOST_TAGS = 50;

/** So many tags, for examples. */
export function manyTags(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag${index}`, "example"]));
}

/** Tags, as many as there are. */
export const tagMap = mapOf(tagKey, tagValue);

/** Tags of a resource. */
export const tags = tagMap
  .where(`must have at most ${MOST_TAGS} entries`, (value) => atMost(length(value), MOST_TAGS))
  .brokenBy(manyTags(MOST_TAGS + 1));

/** The id of an organization. */
export const organizationId = textLike(
  "^o-[a-z0-9]{10,32}$",
  'must be the id of an organization, such as "o-exampleorgid"',
)
  .suchAs("o-exampleorgid")
  .brokenBy("example");

/**
 * An organization, for a trail over all its accounts.
 *
 * @param managementAccount what is said of its management account
 */
export function organizationOf(managementAccount: string) {
  return object({
    id: required(organizationId, "The id of the organization."),
    management_account_id: required(accountId, managementAccount),
  });
}

/** An organization, for a trail over all its accounts. */
export const organization = organizationOf(
  "The management account. It owns every trail of the organization, including one that a delegated administrator created.",
);

/** Which calls are recorded: those that read, those that change, or both. */
export const readWriteType = oneOf("All", "ReadOnly", "WriteOnly");

/** A trail of another account, wherever it is. */
export const furtherTrail = object({
  account_id: required(accountId, "The account that owns the trail."),
  region: required(region, "The home region of the trail."),
  name: required(trailName, "The name of the trail."),
});

/** The partitions, for patterns of ARNs. */
export const PARTITIONS = "(aws|aws-cn|aws-us-gov)";

/** The ARN of a KMS key. An id or an alias is refused by the provider. */
export const keyArn = textLike(
  `^arn:${PARTITIONS}:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$`,
  'must be the ARN of a KMS key, "arn:aws:kms:REGION:ACCOUNT:key/ID"; an alias is not enough',
)
  .suchAs("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
  .brokenBy("alias/audit");

/**
 * The name of an alias of a KMS key, with `alias/` before it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 */
export const keyAlias = textLike(
  "^alias/[A-Za-z0-9/_-]{1,250}$",
  'must be "alias/" and then 1 to 250 letters, digits, slashes, underscores or hyphens',
)
  .suchAs("alias/audit")
  .brokenBy("audit")
  .where('must not begin with "alias/aws/", which AWS reserves', (value) => not(matches(value, "^alias/aws/")))
  .brokenBy("alias/aws/cloudtrail");

/** Somebody who may be let in: an account, a role or a user, by ARN. Everybody (`*`) is nobody in particular. */
export const principalArn = textLike(
  `^arn:${PARTITIONS}:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/-]+)$`,
  "must be the ARN of a role, of a user, or of the root of an account",
)
  .suchAs("arn:aws:iam::111122223333:role/Auditor")
  .brokenBy("*");

/** Roles and users by ARN, with `*` for any part of a name: roles of single sign-on have one that AWS makes up. */
export const principalPattern = textLike(
  `^arn:${PARTITIONS}:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/*-]+)$`,
  "must be the ARN of a role, of a user, or of the root of an account; * may stand for a part of the name",
)
  .suchAs("arn:aws:iam::111122223333:role/Deployer")
  .brokenBy("arn:aws:iam::*:role/Deployer");

/** The ARN of a Lambda function, of all its versions. */
export const functionArn = textLike(
  `^arn:${PARTITIONS}:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}$`,
  "must be the ARN of a Lambda function, without version or alias",
)
  .suchAs("arn:aws:lambda:eu-central-1:111122223333:function:example")
  .brokenBy("example");

/** A bucket and the beginning of keys in it: `bucket/2026/`. */
export const objectPrefix = textLike(
  "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.'()/=+@:&$ ,;?-]{1,900}$",
  'must be the name of a bucket, a slash, and the beginning of keys, such as "exports/2026/"',
)
  .suchAs("exports/2026/")
  .brokenBy("exports");

/** The name of a log group of CloudWatch Logs. */
export const logGroupName = textLike(
  "^[A-Za-z0-9._/#-]{1,512}$",
  "must be 1 to 512 letters, digits or characters of . _ / # -",
)
  .suchAs("/audit/trail")
  .brokenBy("my group");

/** The ARN of a log group, with or without `:*` at its end. */
export const logGroupArn = textLike(
  `^arn:${PARTITIONS}:logs:[a-z0-9-]+:[0-9]{12}:log-group:[A-Za-z0-9._/#-]{1,512}(:\\*)?$`,
  "must be the ARN of a log group",
)
  .suchAs("arn:aws:logs:eu-central-1:111122223333:log-group:/audit/trail")
  .brokenBy("/audit/trail");

const LOG_RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * How long CloudWatch Logs keeps events, in days.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const logRetention = numberOf(...LOG_RETENTIONS);

/** The name of an IAM role. */
export const roleName = textLike(
  "^[A-Za-z0-9+=,.@_-]{1,64}$",
  "must be 1 to 64 letters, digits or characters of + = , . @ _ -",
)
  .suchAs("audit")
  .brokenBy("my role");

/** The path of an IAM role. */
export const rolePath = textLike("^/([A-Za-z0-9+=,.@_/-]+/)?$", "must be a slash, or begin and end with one")
  .suchAs("/")
  .brokenBy("audit")
  .where("must have at most 512 characters", (value) => atMost(length(value), 512), { maxLength: 512 })
  .brokenBy(`/${"a".repeat(512)}/`);

/** The ARN of an IAM role. */
export const roleArn = textLike(
  `^arn:${PARTITIONS}:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$`,
  'must be the ARN of an IAM role, such as "arn:aws:iam::111122223333:role/audit"',
)
  .suchAs("arn:aws:iam::111122223333:role/audit")
  .brokenBy("audit");

/** The ARN of an IAM policy, of an account or of AWS itself. */
export const policyArn = textLike(
  `^arn:${PARTITIONS}:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$`,
  "must be the ARN of an IAM policy",
)
  .suchAs("arn:aws:iam::111122223333:policy/Boundary")
  .brokenBy("Boundary");

/** A policy document as JSON, as `aws_iam_policy_document` gives it. */
export const policyJson = text()
  .where("must be a policy document in JSON, with Statement", (value) => isJsonWith(value, "Statement"))
  .suchAs('{"Version":"2012-10-17","Statement":[]}')
  .brokenBy("{}");

/** Storage classes that logs can be moved to, the one before the other. One zone alone is no place for evidence. */
const STORAGE_CLASSES = ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"] as const;

/** The place of a transition's storage class in their order. */
function place(of: Value<{ readonly storage_class: string }>): Value<number> {
  return position(STORAGE_CLASSES as Value<readonly string[]>, get(of, "storage_class"));
}

const transition = object({
  days: required(wholeNumber(0, 36500, "days"), "Days after which a log is moved."),
  storage_class: required(
    oneOf(...STORAGE_CLASSES),
    `The storage class: ${STORAGE_CLASSES.map((name) => `\`${name}\``).join(", ")}.`,
  ),
});

/**
 * When logs are moved to cheaper storage.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export const transitions = kindOfList(transition)
  .where("must be 30 days or more for STANDARD_IA", (list) =>
    every(
      forEach(list, "item", (item) =>
        or(not(equals(get(item, "storage_class"), "STANDARD_IA")), atLeast(get(item, "days"), 30)),
      ),
    ),
  )
  .brokenBy([{ days: 29, storage_class: "STANDARD_IA" }])
  .where("must leave logs in STANDARD_IA for 30 days or more before they move on", (list) =>
    every(
      forEach(list, "a", (item) =>
        every(
          forEach(list, "b", (other) =>
            or(
              not(equals(get(item, "storage_class"), "STANDARD_IA")),
              atMost(get(other, "days"), get(item, "days")),
              atLeast(get(other, "days"), plus(get(item, "days"), 30)),
            ),
          ),
        ),
      ),
    ),
  )
  .brokenBy([
    { days: 30, storage_class: "STANDARD_IA" },
    { days: 59, storage_class: "GLACIER" },
  ])
  .where("must have different days", (list) =>
    equals(length(distinct(forEach(list, "item", (item) => get(item, "days")))), length(list)),
  )
  .brokenBy([
    { days: 90, storage_class: "GLACIER_IR" },
    { days: 90, storage_class: "GLACIER" },
  ])
  .where(`must name storage classes once each, the later the more days: ${STORAGE_CLASSES.join(", ")}`, (list) =>
    // Where a storage class is none of these, another rule says so.
    attempt(
      every(
        forEach(list, "a", (item) =>
          every(
            forEach(list, "b", (other) =>
              or(atLeast(get(item, "days"), get(other, "days")), lessThan(place(item), place(other))),
            ),
          ),
        ),
      ),
      true,
    ),
  )
  .brokenBy([
    { days: 90, storage_class: "GLACIER" },
    { days: 180, storage_class: "GLACIER_IR" },
  ]);

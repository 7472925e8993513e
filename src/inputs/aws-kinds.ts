import { and, atLeast, atMost, length, matches, not } from "../values";
import { required } from "./field";
import { mapOf, object, oneOf, textLike } from "./kind";

/*
 * Kinds of input that AWS defines, with the rules of its API. The provider checks only some of them.
 */

/** An AWS account: 12 digits, kept as text for the sake of leading zeros. */
export const accountId = textLike("^[0-9]{12}$", "must be the 12 digits of an AWS account id");

/** A region of the partitions aws, aws-cn and aws-us-gov: `eu-central-1`. */
export const region = textLike(
  "^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|northeast|northwest|east|south|southeast|southwest|west)-[1-9][0-9]?$",
  'must be the name of an AWS region, such as "eu-central-1"',
);

/** The words in the name of an account that may stand in names of resources. */
export const accountName = textLike(
  "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
  "must be letters and digits, with single dots, underscores or hyphens between them",
).where("must have 1 to 123 characters, as the trail is named after it", (value) => atMost(length(value), 123), {
  minLength: 1,
  maxLength: 123,
});

const IP_ADDRESS = "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$";

/**
 * The name of a trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
 */
export const trailName = textLike(
  "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
  "must be letters and digits, with single dots, underscores or hyphens between them",
)
  .where("must have 3 to 128 characters", (value) => and(atLeast(length(value), 3), atMost(length(value), 128)), {
    minLength: 3,
    maxLength: 128,
  })
  .where("must not look like an IP address", (value) => not(matches(value, IP_ADDRESS)));

/**
 * The name of a bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketName = textLike("^[a-z0-9.-]{3,63}$", "must be 3 to 63 lower-case letters, digits, dots or hyphens")
  .where("must begin and end with a letter or a digit, and have no two dots in a row", (value) =>
    not(matches(value, "^[.-]|[.-]$|[.][.]")),
  )
  .where("must not look like an IP address", (value) => not(matches(value, IP_ADDRESS)))
  .where("must not begin with xn--, sthree- or amzn-s3-demo-, which AWS reserves", (value) =>
    not(matches(value, "^(xn--|sthree-|amzn-s3-demo-)")),
  )
  .where("must not end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3, which AWS reserves", (value) =>
    not(matches(value, "(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$")),
  );

/**
 * The beginning of the keys under which logs are delivered. No character in it has a meaning in a policy.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const keyPrefix = textLike(
  "^[A-Za-z0-9!_.'()/-]{1,200}$",
  "must be 1 to 200 letters, digits or characters of ! _ . ' ( ) / -",
)
  .where("must not begin or end with a slash, nor have two in a row", (value) => not(matches(value, "^/|/$|//")))
  .where('must not hold "AWSLogs/", which CloudTrail adds itself', (value) => not(matches(value, "AWSLogs(/|$)")));

const TAG_TEXT = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]";

/** The value of a tag. */
export const tagValue = textLike(
  `^${TAG_TEXT}{0,256}$`,
  "must be at most 256 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags",
);

const tagKey = textLike(
  `^${TAG_TEXT}{1,128}$`,
  "must be 1 to 128 letters, digits, spaces or characters of _ . : / = + - @, as AWS allows in tags",
).where('must not begin with "aws:", which AWS reserves', (value) => not(matches(value, "^[Aa][Ww][Ss]:")));

/** The most tags that a resource may have. */
export const MOST_TAGS = 50;

/** Tags of a resource. */
export const tags = mapOf(tagKey, tagValue).where(`must have at most ${MOST_TAGS} entries`, (value) =>
  atMost(length(value), MOST_TAGS),
);

/** An organization, for a trail over all its accounts. */
export const organization = object({
  id: required(
    textLike("^o-[a-z0-9]{10,32}$", 'must be the id of an organization, such as "o-exampleorgid"'),
    "The id of the organization.",
  ),
  management_account_id: required(
    accountId,
    "The management account. It owns every trail of the organization, also one that a delegated administrator made.",
  ),
});

/** Which calls are recorded: those that read, those that change, or both. */
export const readWriteType = oneOf("All", "ReadOnly", "WriteOnly");

import {
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  furtherTrail,
  keyPrefix,
  listOf,
  object,
  optional,
  organization,
  organizationId,
  policyJson,
  principalPattern,
  region,
  required,
  textOutput,
  trailName,
} from "../../inputs";
import { atLeast, atMost, length } from "../../values";

/** How many more trails the bucket policy has room for: S3 takes at most 20 KB. */
const MOST_TRAILS = 40;

/** What can be chosen about the policy of the log bucket, here and wherever the bucket is chosen. */
export const logBucketPolicyOptions = {
  prefix: optional(keyPrefix, "The key prefix of the logs, before `AWSLogs/`. Null for none."),
  further_trails: defaulting(
    listOf(furtherTrail).where(
      `must have at most ${MOST_TRAILS} entries`,
      (trails) => atMost(length(trails), MOST_TRAILS),
      { maxItems: MOST_TRAILS },
    ),
    [],
    "Trails of other accounts that may also deliver to the bucket.",
  ),
  restrict_to_organization: optional(
    object({
      id: required(organizationId, "The id of the organization."),
      deliveries: defaulting(
        boolean(),
        true,
        "Whether CloudTrail may deliver only on behalf of accounts of the organization (`aws:SourceOrgID`).",
      ),
      principals: defaulting(
        boolean(),
        true,
        "Whether principals outside the organization are denied all access (`aws:PrincipalOrgID`).",
      ),
    }),
    "The organization to which access to the bucket is restricted. Null adds no organization condition.",
  ),
  deny_unencrypted_uploads: defaulting(
    boolean(),
    false,
    "Whether uploads that request no encryption are denied. Both SSE-S3 and SSE-KMS are allowed, because CloudTrail " +
      "tests the bucket with the former and delivers with the latter.",
  ),
  deny_tampering: optional(
    object({
      except: required(
        listOf(principalPattern)
          .where("must not be empty, or nobody, Terraform included, could change the bucket again", (list) =>
            atLeast(length(list), 1),
          )
          .brokenBy([]),
        "ARNs of the roles and users to whom this does not apply; include the one that runs Terraform. Must not be empty, " +
          "or nobody, Terraform included, could change the bucket again. `*` may stand for part of a name.",
      ),
    }),
    "Denies everyone except the listed principals permission to delete logs, and to change what protects them: the " +
      "bucket policy, versioning, lifecycle, encryption, access logs, replication. Null leaves that to IAM policies.",
  ),
  additional_policy: optional(
    policyJson,
    "A policy document in JSON, whose statements are appended to those of the bucket policy.",
  ),
};

/** The policy of a log bucket: what it takes and gives. */
export const logBucketPolicyDefinition = define({
  name: "log-bucket-policy",
  title: "Policy of a log bucket",
  description:
    "The bucket policy that lets a trail, and nobody else, deliver logs, as JSON. It creates no resources: it is for an\n" +
    "existing bucket, or for one that another module creates.",
  fields: {
    bucket_name: required(bucketName, "The name of the bucket."),
    account_id: required(accountId, "The account that owns the trail."),
    region: required(region, "The home region of the trail."),
    trail_name: required(trailName, "The name of the trail that may deliver logs."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of a single account.",
    ),
    ...logBucketPolicyOptions,
  },
  outputs: {
    json: textOutput("The policy, as JSON."),
  },
});

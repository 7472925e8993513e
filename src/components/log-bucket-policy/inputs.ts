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
import { atLeast, length } from "../../values";

/** What can be chosen about the policy of the log bucket, here and wherever the bucket is chosen. */
export const logBucketPolicyOptions = {
  prefix: optional(keyPrefix, "The key prefix of the logs, before `AWSLogs/`. Null for none."),
  further_trails: defaulting(listOf(furtherTrail), [], "Trails of other accounts that may also deliver to the bucket."),
  restrict_to_organization: optional(
    object({
      id: required(organizationId, "The id of the organization."),
      deliveries: defaulting(
        boolean(),
        true,
        "Whether CloudTrail may deliver on behalf of accounts of the organization alone (`aws:SourceOrgID`).",
      ),
      principals: defaulting(
        boolean(),
        true,
        "Whether everybody outside the organization is denied everything (`aws:PrincipalOrgID`).",
      ),
    }),
    "The organization to which the bucket is closed. Null leaves that to who is let in.",
  ),
  deny_unencrypted_uploads: defaulting(
    boolean(),
    false,
    "Whether uploads that ask for no encryption are denied. Both SSE-S3 and SSE-KMS are let in, as CloudTrail uses the " +
      "one to test the bucket and the other to deliver.",
  ),
  deny_tampering: optional(
    object({
      except: required(
        listOf(principalPattern)
          .where("must name somebody, or nobody could change the bucket, Terraform neither", (list) =>
            atLeast(length(list), 1),
          )
          .brokenBy([]),
        "ARNs of the roles and users who still may, the one that runs Terraform among them. `*` may stand for a part of " +
          "a name.",
      ),
    }),
    "Denies everybody but a few to delete logs, and to change what protects them: the bucket policy, versioning, " +
      "lifecycle, encryption, access logs, replication. Null leaves that to IAM policies.",
  ),
  additional_policy: optional(
    policyJson,
    "A policy document in JSON. Its statements come after those of the bucket policy.",
  ),
};

/** The policy of a log bucket: what it takes and gives. */
export const logBucketPolicyDefinition = define({
  name: "log-bucket-policy",
  title: "Policy of a log bucket",
  description:
    "The bucket policy that lets a trail deliver logs, and nobody else, as JSON. It makes no resources: it is for a\n" +
    "bucket that is there already, or is made by another module.",
  fields: {
    bucket_name: required(bucketName, "The name of the bucket."),
    account_id: required(accountId, "The account that owns the trail."),
    region: required(region, "The home region of the trail."),
    trail_name: required(trailName, "The name of the trail that may deliver logs."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of one account.",
    ),
    ...logBucketPolicyOptions,
  },
  outputs: {
    json: textOutput("The policy, as JSON."),
  },
});

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
  region,
  required,
  textOutput,
  trailName,
} from "../../inputs";

/** What can be chosen about the policy of the log bucket, here and wherever the bucket is chosen. */
export const logBucketPolicyOptions = {
  prefix: optional(keyPrefix, "The beginning of the keys of the logs, before `AWSLogs/`. None where it is null."),
  further_trails: defaulting(listOf(furtherTrail), [], "Trails of other accounts that may deliver to the bucket, too."),
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

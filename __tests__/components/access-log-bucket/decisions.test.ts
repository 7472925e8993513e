import {
  accessLogBucketPolicy,
  accessLogLayouts,
  expectationsOfAccessLogs,
} from "../../policy/support/access-log-bucket";
import { describeDecisions } from "../../policy/support/decisions";
import { mutantsOf, resourcesOfBucket } from "../../policy/support/mutants";

describeDecisions({
  title: "the policy of a bucket for access logs",
  layouts: accessLogLayouts,
  mistakenLayouts: accessLogLayouts.slice(0, 2),
  policyOf: accessLogBucketPolicy,
  expectationsOf: expectationsOfAccessLogs,
  mutantsOf: (policy, { bucket }) => mutantsOf(policy, resourcesOfBucket(bucket)),
  withoutEffect: () => ({
    "DenyLogsByHand: Resource is the bucket and everything in it":
      "no bucket has the actions s3:PutObject and s3:ReplicateObject",
  }),
});

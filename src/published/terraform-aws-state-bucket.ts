import { StateBucket } from "../components/state-bucket/state-bucket";
import { licenseText, type ModuleSource } from "../generator";
import { statementsAre } from "./conditions";

const ACCOUNT_ID = "111122223333";

const place = {
  name: "example-terraform-state-111122223333",
  account_id: ACCOUNT_ID,
  region: "eu-central-1",
} as const;

/** The module of the bucket for states, with its examples. */
export const stateBucketModule: ModuleSource = {
  component: StateBucket,
  name: "terraform-aws-state-bucket",
  address: "NAMESPACE/state-bucket/aws",
  license: { name: "Apache-2.0", text: licenseText },
  examples: [
    {
      name: "one-account",
      title: "A bucket for states",
      description:
        "A versioned bucket, encrypted with SSE-S3, that keeps every version of every state. The output\n" +
        "`deployer_policies` has the IAM policy for the role that deploys the stack `production`: for its state and its\n" +
        "lock file alone.\n\n" +
        "The bucket is not protected with `prevent_destroy`, which Terraform does not let a variable set. To protect it,\n" +
        "generate the module with `npx cdktf-audit-trail generate --prevent-destroy`.",
      inputs: { ...place, deployers: { production: {} } },
      expected: {
        "The bucket policy should let nobody in without TLS.": statementsAre(
          "output.policy",
          "DenyInsecureTransport",
          "DenyTlsBelow12",
        ),
        "The deployer should have its state and the lock file beside it.": statementsAre(
          'output.deployer_policies["production"]',
          "Findproduction",
          "Stateproduction",
          "Lockproduction",
        ),
        "No key should be created, because AWS charges for keys.": "output.key_arn == null",
      },
    },
    {
      name: "several-accounts",
      title: "Deployers of several accounts",
      description:
        "One bucket, encrypted with a KMS key, for the states of two accounts. The policies of bucket and key let in the\n" +
        "roles that deploy there, each to its own state. The roles must exist; in their accounts, they need the policies\n" +
        "of the output `deployer_policies`. Old versions of states are kept for seven years.",
      inputs: {
        ...place,
        encryption: {},
        deployers: {
          production: { role_arn: "arn:aws:iam::444455556666:role/Deployer" },
          sandbox: { role_arn: "arn:aws:iam::777788889999:role/Deployer", state_key: "sandbox.tfstate" },
        },
        old_version_days: 2557,
      },
      expected: {
        "The bucket policy should let in both roles.": statementsAre(
          "output.policy",
          "DenyInsecureTransport",
          "DenyTlsBelow12",
          "Findproduction",
          "Stateproduction",
          "Lockproduction",
          "Findsandbox",
          "Statesandbox",
          "Locksandbox",
        ),
        "The states should be encrypted with the key.": "length(aws_kms_key.state_bucket) == 1",
      },
    },
  ],
};

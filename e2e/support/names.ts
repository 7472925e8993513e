/** The region of everything that the tests deploy. */
export const REGION = "eu-central-1";

/** The account that the tests deploy to. */
export const ACCOUNT_ID = "111122223333";

/** Where the state is kept. */
export const STATE = {
  bucket: "example-terraform-state-111122223333",
  key: "audit-trail/example/terraform.tfstate",
};

/** The object that is there while somebody changes the state. */
export const LOCK_KEY = `${STATE.key}.tflock`;

/** What the default configuration names. */
export const NAMES = { trail: "example-logs", logBucket: `bucket-for-cloudtrail-logs-${ACCOUNT_ID}-${REGION}` };

/**
 * Where, beside us-east-1, sign-ins of IAM users arrive: of whoever has signed in by the alias of the account before.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export const SIGN_IN_REGIONS: readonly string[] = ["ap-southeast-2", "eu-north-1", "us-east-2"];

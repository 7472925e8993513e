import { SIGN_IN_REGIONS } from "../audit-trail/sign-in-regions";
import { deploymentRoleOption } from "../components/deployment-role/inputs";
import { boolean, defaulting, define, listOf, optional, region, roleArn, someText } from "../inputs";

/** What a trail of a configuration has beside its inputs and its state. */
export const stackDefinition = define({
  name: "stack",
  title: "Stack",
  description: "What holds for the stack of an audit trail.",
  fields: {
    prevent_destroy: defaulting(
      boolean(),
      false,
      "Whether Terraform refuses to destroy the buckets with logs and the key that encrypts them. Set it to false before " +
        "destroying them.",
    ),
    region_argument: defaulting(
      boolean(),
      false,
      "Whether every resource sets its region. Requires version 6 of the AWS provider.",
    ),
    alarm_regions: optional(
      listOf(region),
      "Further regions whose events raise the alarms that watch by event. They are forwarded to the home region, for which " +
        "AWS charges per event. Null means the region in which IAM and sign-ins of the root user arrive, us-east-1. IAM users " +
        `sign in through ${SIGN_IN_REGIONS.join(", ")}, too.`,
    ),
    former_alarm_regions: defaulting(
      listOf(region),
      [],
      "Regions that no longer belong to `alarm_regions`, or to alarms that are off. What is there is destroyed by the next " +
        "apply, for which Terraform needs a provider of the region; afterwards they can be taken out.",
    ),
    profile: optional(someText, "The AWS profile with the credentials. Null takes them from the environment."),
    role_arn: optional(roleArn, "The ARN of a role to assume, for example for a trail in another account."),
    deployment_role: optional(
      deploymentRoleOption,
      "Roles that plan and apply in CI, without keys: `npx cdktf-audit-trail deployment-role synth` writes a stack of their own, " +
        "with what this trail needs. Null makes none.",
    ),
  },
  outputs: {},
});

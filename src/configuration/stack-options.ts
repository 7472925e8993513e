import { boolean, defaulting, define, optional, roleArn, text } from "../inputs";
import { equals, not } from "../values";

const someText = text().where("must not be empty", (value) => not(equals(value, "")));

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
    profile: optional(someText, "The AWS profile with the credentials. Null takes them from the environment."),
    role_arn: optional(roleArn, "The ARN of a role to assume, for example for a trail in another account."),
  },
  outputs: {},
});

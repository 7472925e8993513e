import { attribute, type Body, block } from "./block";

/** The provider that everything here is made with, in any version known to work. */
export const AWS_PROVIDER = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } as const;

/** The oldest Terraform that modules work with: the first whose validations see other variables. */
export const MODULE_TERRAFORM_VERSION = ">= 1.9.0";

/** The `terraform` block of a module. */
export function requirements(): Body {
  return [
    block(
      "terraform",
      [],
      [
        attribute("required_version", MODULE_TERRAFORM_VERSION),
        block("required_providers", [], [attribute("aws", { ...AWS_PROVIDER })]),
      ],
    ),
  ];
}

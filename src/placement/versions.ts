/** The provider that everything here is made with, in every version known to work. */
export const AWS_PROVIDER = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } as const;

/** The oldest Terraform that works: the first in which the validation of a variable may look at others. */
export const TERRAFORM_VERSION = ">= 1.9.0";

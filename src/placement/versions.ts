import type { Structure } from "./structure";

/** The provider that everything here is made with, in every version known to work. */
export const AWS_PROVIDER = { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } as const;

/** The same where resources say their region, which AWS provider 5 does not know. */
const AWS_PROVIDER_WITH_REGIONS = { source: "hashicorp/aws", version: ">= 6.0.0, < 7.0.0" } as const;

/** The provider that a structure needs. */
export function awsProvider({ regionArgument = false }: Structure = {}): {
  readonly source: string;
  readonly version: string;
} {
  return regionArgument ? AWS_PROVIDER_WITH_REGIONS : AWS_PROVIDER;
}

/** The oldest Terraform that works: the first in which the validation of a variable may look at others. */
export const TERRAFORM_VERSION = ">= 1.9.0";

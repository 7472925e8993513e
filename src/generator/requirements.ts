import { awsProvider, type Structure, TERRAFORM_VERSION } from "../placement";
import { attribute, type Body, block } from "./block";
import type { Draft } from "./draft";

/**
 * Why a module names a provider that none of its own blocks use: without, Terraform warns callers who pass one, and
 * `terraform test` does not put its mock in the provider's place.
 */
const PASSED_ON =
  "Used by the nested modules alone; named here for callers who pass a provider, and for mocks.\n" +
  "tflint-ignore: terraform_unused_required_providers";

/**
 * How a module needs the provider: for blocks of its own, for the modules that it calls alone, or, as one that only
 * computes, not at all.
 */
export type ProviderUse = "own" | "passed_on" | "none";

/** How a draft needs the provider. */
export function providerUse({ blocks }: Draft): ProviderUse {
  if (blocks.length === 0) {
    return "none";
  }
  return blocks.every(({ keyword }) => keyword === "module") ? "passed_on" : "own";
}

/** What a `terraform` block says beyond what is always the same. */
export interface Requirements {
  readonly use?: ProviderUse;
  readonly structure?: Structure | undefined;
  /** The versions of Terraform. */
  readonly terraform?: string;
  /** The backend of a root module. */
  readonly backend?: Body;
}

/** The `terraform` block of a module, or of a root module with its backend. */
export function requirements({
  use = "own",
  structure,
  terraform = TERRAFORM_VERSION,
  backend = [],
}: Requirements = {}): Body {
  const aws = attribute("aws", awsProvider(structure), "object");
  const providers = block("required_providers", [], [use === "own" ? aws : { ...aws, comment: PASSED_ON }]);
  return [
    block(
      "terraform",
      [],
      [attribute("required_version", terraform), ...(use === "none" ? [] : [providers]), ...backend],
    ),
  ];
}

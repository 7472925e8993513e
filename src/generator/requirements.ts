import { AWS_PROVIDER, TERRAFORM_VERSION } from "../placement";
import { attribute, type Body, block } from "./block";

/**
 * Why a module names a provider that none of its own blocks use: without, Terraform warns callers who pass one, and
 * `terraform test` does not put its mock in the provider's place.
 */
const PASSED_ON =
  "Used by the nested modules alone; named here for callers who pass a provider, and for mocks.\n" +
  "tflint-ignore: terraform_unused_required_providers";

/** The `terraform` block of a module. */
export function requirements({ usesProvider = true }: { readonly usesProvider?: boolean } = {}): Body {
  const provider = attribute("aws", AWS_PROVIDER, "object");
  const providers = [usesProvider ? provider : { ...provider, comment: PASSED_ON }];
  return [
    block(
      "terraform",
      [],
      [attribute("required_version", TERRAFORM_VERSION), block("required_providers", [], providers)],
    ),
  ];
}

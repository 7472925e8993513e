import { AWS_PROVIDER, TERRAFORM_VERSION } from "../placement";
import { attribute, type Body, block } from "./block";

/** The `terraform` block of a module. */
export function requirements(): Body {
  return [
    block(
      "terraform",
      [],
      [
        attribute("required_version", TERRAFORM_VERSION),
        block("required_providers", [], [attribute("aws", AWS_PROVIDER, "object")]),
      ],
    ),
  ];
}

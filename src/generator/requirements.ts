import { AWS_PROVIDER, TERRAFORM_VERSION } from "../placement";
import { attribute, type Body, block } from "./block";

/** The `terraform` block of a module, or of a root module with its backend. */
export function requirements(version: string = TERRAFORM_VERSION, backend: Body = []): Body {
  return [
    block(
      "terraform",
      [],
      [
        attribute("required_version", version),
        block("required_providers", [], [attribute("aws", AWS_PROVIDER, "object")]),
        ...backend,
      ],
    ),
  ];
}

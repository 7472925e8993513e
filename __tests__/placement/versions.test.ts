import { Testing } from "cdktf";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../../src/placement";
import { newStack } from "./support/stack";

/** The major versions that a range begins with and ends before. */
function majors(range: string): readonly number[] {
  return range.split(",").map((bound) => Number(/\d+/.exec(bound)?.[0]));
}

test("the provider is a range of HashiCorp's, which the version of the bindings is in", () => {
  expect(AWS_PROVIDER).toEqual({ source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
  const [first, end] = majors(AWS_PROVIDER.version);
  const { terraform } = JSON.parse(Testing.synth(newStack()));
  const [bindings] = majors(terraform.required_providers.aws.version);
  expect(bindings).toBeGreaterThanOrEqual(first as number);
  expect(bindings).toBeLessThan(end as number);
});

test("Terraform is one whose validations may look at other variables", () => {
  expect(TERRAFORM_VERSION).toBe(">= 1.9.0");
});

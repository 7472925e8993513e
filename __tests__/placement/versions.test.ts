import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../../src/placement";

/** The lowest and the highest version that a constraint takes, by their parts. */
function bounds(constraint: string): readonly (readonly number[])[] {
  return constraint.split(",").map((part) =>
    part
      .replace(/[^0-9.]/g, "")
      .split(".")
      .map(Number),
  );
}

test("the provider is a range of HashiCorp's, which the version of the bindings is in", () => {
  expect(AWS_PROVIDER).toEqual({ source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
  const [[lowest = 0] = [], [above = 0] = []] = bounds(AWS_PROVIDER.version);
  const bindings = readFileSync(
    join(__dirname, "../../node_modules/@cdktf/provider-aws/lib/provider/index.js"),
    "utf8",
  );
  const [, major] = /providerVersion: '(\d+)\./.exec(bindings) ?? [];
  expect(Number(major)).toBeGreaterThanOrEqual(lowest);
  expect(Number(major)).toBeLessThan(above);
});

test("Terraform is one whose validations may look at other variables", () => {
  expect(TERRAFORM_VERSION).toBe(">= 1.9.0");
});

import { checkWithTerraform } from "../../src/publish";

test("a module that Terraform does not take is not published, with what Terraform said", async () => {
  const files = new Map([["main.tf", 'output "name" {\n  value = var.missing\n}\n']]);
  await expect(checkWithTerraform("terraform-aws-audit-trail", files)).rejects.toThrow(
    /^terraform-aws-audit-trail: Terraform does not take it; nothing was published. terraform validate failed:\n.*undeclared input variable/s,
  );
});

test("one that it takes is", async () => {
  const files = new Map([["main.tf", 'output "name" {\n  value = 1\n}\n']]);
  await expect(checkWithTerraform("terraform-aws-audit-trail", files)).resolves.toBeUndefined();
});

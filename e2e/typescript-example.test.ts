import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workspacesOfTests } from "../__tests__/terraform/support/workspaces";
import { PackedProject } from "./support/packed-project";

const ROOT = join(__dirname, "..");
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What puts cdktn in the place of cdktf, in the versions that are tested here. */
const ALIASES = {
  cdktf: `npm:cdktn@${devDependencies.cdktn}`,
  "@cdktf/provider-aws": `npm:@cdktn/provider-aws@${devDependencies["@cdktn/provider-aws"]}`,
};

describe.each([
  ["cdktf", {}],
  ["cdktn in the place of cdktf", ALIASES],
])("the example of an app of somebody else's, with the packed tarball and %s", (_, dependencies) => {
  const workspaces = workspacesOfTests();
  let project: PackedProject;

  beforeAll(() => {
    project = new PackedProject("typescript", dependencies);
  });

  afterAll(() => project.remove());

  test("compiles, synthesizes and plans; the trail's ARN is used and the aspect sees every resource", async () => {
    project.run("npm", "run", "compile");
    project.run("npm", "run", "synth");
    const plan = workspaces.empty();
    const synthesized = project.read("cdktf.out/stacks/security/cdk.tf.json");
    plan.write({ "cdk.tf.json": synthesized });
    await plan.init({ backend: true });
    const { resource_changes: changes = [] } = await plan.plan();
    const after = Object.fromEntries(changes.map(({ address, change }) => [address, change.after ?? {}]));
    expect(after["aws_cloudtrail.audit_trail"]).toMatchObject({
      name: "example-logs",
      enable_log_file_validation: true,
      tags: { Own: "Example Owner", CostCenter: "1234" },
    });
    expect(after["aws_s3_bucket.audit_log_bucket"]).toMatchObject({
      tags: { Own: "Example Owner", CostCenter: "1234" },
    });
    expect(JSON.parse(synthesized).resource.aws_ssm_parameter.trail_arn.value).toBe(
      "${aws_cloudtrail.audit_trail.arn}",
    );
  });

  test("leaves the cdktf of the app the only one, and the command runs from the package", () => {
    const installed = join(project.path, "node_modules/cdktf-audit-trail");
    expect(existsSync(installed)).toBe(true);
    expect(existsSync(join(installed, "node_modules/cdktf"))).toBe(false);
    const { version } = JSON.parse(project.read("node_modules/cdktf/package.json"));
    expect(JSON.parse(project.read("cdktf.out/manifest.json")).version).toBe(version);
    expect(project.run("npx", "audit-trail", "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
    project.run("npx", "audit-trail", "init");
    expect(project.run("npx", "audit-trail", "check")).toContain("audit-trail.yaml is right.");
  });
});

test("the aliases are those that the documentation names", () => {
  const documentation = readFileSync(join(ROOT, "docs/leaving-cdktf.md"), "utf8");
  for (const [name, alias] of Object.entries(ALIASES)) {
    expect(documentation).toContain(`"${name}": "${alias}"`);
  }
});

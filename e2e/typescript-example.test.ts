import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IdentityServer } from "../__tests__/terraform/support/identity-server";
import { Workspace } from "../__tests__/terraform/support/workspace";

const ROOT = join(__dirname, "..");

describe("the example of an app of somebody else's, with the packed tarball", () => {
  let server: IdentityServer;
  let workspace: Workspace;
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { cwd: workspace.path, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(async () => {
    server = await IdentityServer.start();
    workspace = new Workspace(server.environment);
    execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: "ignore" });
    mkdirSync(join(workspace.path, "tarball"));
    execFileSync("npm", ["pack", "--pack-destination", join(workspace.path, "tarball")], {
      cwd: ROOT,
      stdio: "ignore",
    });
    for (const file of ["main.ts", "package.json", "tsconfig.json"]) {
      cpSync(join(ROOT, "examples/typescript", file), join(workspace.path, file));
    }
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string };
    run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", `./tarball/cdktf-audit-trail-${version}.tgz`);
  }, 300_000);

  afterAll(async () => {
    workspace.remove();
    await server.stop();
  });

  test("compiles, synthesizes and plans; the trail's ARN is used and the aspect sees every resource", async () => {
    run("npm", "run", "compile");
    run("npm", "run", "synth");
    const stack = join("cdktf.out", "stacks", "security");
    const plan = new Workspace(server.environment);
    try {
      const synthesized = readFileSync(join(workspace.path, stack, "cdk.tf.json"), "utf8");
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
    } finally {
      plan.remove();
    }
  }, 180_000);

  test("leaves one copy of cdktf, and the command runs from the package", () => {
    expect(existsSync(join(workspace.path, "node_modules/cdktf-audit-trail"))).toBe(true);
    expect(existsSync(join(workspace.path, "node_modules/cdktf-audit-trail/node_modules/cdktf"))).toBe(false);
    expect(run("npx", "audit-trail", "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
    run("npx", "audit-trail", "init");
    expect(run("npx", "audit-trail", "check")).toContain("audit-trail.yaml is right.");
  }, 60_000);
});

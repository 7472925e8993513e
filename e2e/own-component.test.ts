import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Plan, Workspace } from "../__tests__/terraform/support/workspace";
import { workspacesOfTests } from "../__tests__/terraform/support/workspaces";
import { PackedProject } from "./support/packed-project";

const MODULE = "modules/terraform-aws-trail-budget";
const COMMITTED = join(__dirname, "../examples/own-component", MODULE);

/** What `cdktf init` writes into the tsconfig of an app. */
const TEMPLATE = ["--module", "commonjs", "--moduleResolution", "node10", "--target", "es2018", "--lib", "es2018"];

/** The files below a folder, by path. */
function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** What a plan makes, by type and name; `prefix` is that of the construct in a stack, or of a module. */
function planned(plan: Plan, prefix: RegExp): Record<string, unknown> {
  return Object.fromEntries(
    (plan.resource_changes ?? [])
      .filter(({ address }) => prefix.test(address))
      .map(({ address, change }) => [
        // A resource with a count is one of a list.
        address.replace(prefix, "$1").replace(/\[0\]$/, ""),
        { after: change.after, unknown: change.after_unknown },
      ]),
  );
}

describe("a component of somebody else's, with the packed tarball", () => {
  const workspaces = workspacesOfTests();
  let project: PackedProject;
  let stack: Workspace;
  let inStack: Plan;
  let module: Workspace;

  beforeAll(async () => {
    project = new PackedProject("own-component");
    rmSync(join(project.path, "modules"), { recursive: true });
    project.run("npm", "run", "compile");
    project.run("npm", "run", "generate");
    project.run("npm", "run", "synth");
    stack = workspaces.empty();
    stack.write({ "cdk.tf.json": project.read("cdktf.out/stacks/costs/cdk.tf.json") });
    await stack.init({ backend: true });
    inStack = await stack.plan();
    module = workspaces.empty();
    module.copy(join(project.path, MODULE), ".");
  });

  afterAll(() => project.remove());

  test("compiles with the settings that cdktf gives to an app, too", () => {
    project.run("npx", "tsc", "--noEmit", ...TEMPLATE);
  });

  test("becomes the module that is committed, and --check finds what was changed in it", () => {
    expect(filesBelow(join(project.path, MODULE))).toEqual(filesBelow(COMMITTED));
    expect(project.run("npm", "run", "generate", "--", "--check")).toContain(" 0 differ");
    appendFileSync(join(project.path, MODULE, "main.tf"), "# changed\n");
    expect(() => project.run("npm", "run", "generate", "--", "--check")).toThrow();
    expect(project.run("npm", "run", "generate")).toContain(" 1 written");
  });

  test("has a module that Terraform finds well formed and valid, and that refuses what it must refuse", async () => {
    await module.succeed("fmt", "-check", "-recursive");
    await module.init();
    await module.validate();
    const told = await module.succeed("test", "-no-color");
    expect(told).toContain("Success! 13 passed, 0 failed.");
  });

  test.each(["mailed", "watched"])("plans the same in a stack and from the example %s of its module", async (name) => {
    await stack.init({ backend: true });
    const example = workspaces.empty();
    example.copy(join(project.path, MODULE), ".");
    await example.succeed(`-chdir=examples/${name}`, "init", "-input=false", "-no-color");
    await example.succeed(`-chdir=examples/${name}`, "plan", "-input=false", "-no-color", "-lock=false", "-out=plan");
    const called = JSON.parse(await example.succeed(`-chdir=examples/${name}`, "show", "-json", "plan")) as Plan;
    const inline = planned(inStack, new RegExp(`^(\\w+\\.)${name}_`));
    expect(Object.keys(inline).sort()).toEqual(
      name === "mailed"
        ? ["aws_budgets_budget.trail"]
        : ["aws_budgets_budget.trail", "aws_sns_topic.warnings", "aws_sns_topic_policy.warnings"],
    );
    expect(planned(called, /^module\.trail_budget\.(\w+\.)/)).toEqual(inline);
  });

  test("is refused in a stack for what its module refuses, with the path of what is wrong", () => {
    const program = `
      const { App, TerraformStack } = require("cdktf");
      const { TrailBudget } = require("./dist/trail-budget");
      new TrailBudget(new TerraformStack(new App(), "s"), "budget",
        { accountId: "111122223333", name: "audit:trail", monthlyLimit: 0, warnings: [{ percent: 80 }] });`;
    let told = "";
    try {
      project.run(process.execPath, "-e", program);
    } catch (error) {
      told = String((error as { stderr?: unknown }).stderr);
    }
    for (const path of ["name", "monthlyLimit", "warnings"]) {
      expect(told).toMatch(new RegExp(`^ *- ${path}: must `, "m"));
    }
  });
});

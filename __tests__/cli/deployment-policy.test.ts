import { CONFIGURATION, Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

describe("deployment-policy", () => {
  test("prints what a plan and an apply of each trail need", () => {
    const { code, stdout } = folder.run("deployment-policy");
    expect(code).toBe(0);
    expect(stdout.match(/^\w+: to .*$/gm)).toEqual([
      "prod: to plan it takes 2 policies",
      "prod: to apply it takes 2 policies",
      "test: to plan it takes 2 policies",
      "test: to apply it takes 2 policies",
    ]);
    expect(stdout).toContain('"arn:aws:s3:::bucket-for-cloudtrail-logs-444455556666-eu-central-1"');
  });

  test("prints one phase of one trail, as JSON for programs", () => {
    const { code, stdout } = folder.run("deployment-policy", "--stack", "test", "--phase", "plan", "--json");
    expect(code).toBe(0);
    const { ok, file, stacks } = JSON.parse(stdout);
    expect({ ok, file }).toEqual({ ok: true, file: "audit-trail.yaml" });
    expect(stacks.map(({ name }: { name: string }) => name)).toEqual(["test"]);
    expect(Object.keys(stacks[0].phases)).toEqual(["plan"]);
    expect(Object.keys(stacks[0].phases.plan)).toEqual(["state", "resources_1"]);
    expect(stacks[0].phases.plan.resources_1.Version).toBe("2012-10-17");
  });

  test("names the trails that there are, where one is asked for that is not", () => {
    expect(folder.run("deployment-policy", "--stack", "other")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "--stack: other is no trail of the configuration, which has: prod, test\n",
    });
  });

  test("refuses a phase that there is not", () => {
    expect(folder.run("deployment-policy", "--phase", "destroy")).toMatchObject({ code: 2, stdout: "" });
  });

  test("has a help that fits a terminal", () => {
    const { code, stdout } = folder.run("deployment-policy", "--help");
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { CONFIGURATION, Folder } from "./support/command";

let folder: Folder;

/** The same trails, one of which has roles that deploy it. */
const WITH_ROLE = CONFIGURATION.replace(
  "account_name: prod }",
  "account_name: prod, deployment_role: { github_actions: { repository: acme/infrastructure } } }",
);

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", WITH_ROLE);
});

afterEach(() => {
  folder.remove();
});

const STACK = "deployment-role/stacks/prod/cdk.tf.json";

describe("deployment-role synth", () => {
  test("writes a stack for each trail that has roles, and says what to do next", () => {
    const { code, stdout } = folder.run("deployment-role", "synth");
    expect(code).toBe(0);
    expect(folder.files()).toEqual(["audit-trail.yaml", STACK]);
    expect(stdout).toContain(`prod: account 444455556666 -> ${STACK}`);
    expect(stdout).toContain("  terraform -chdir=deployment-role/stacks/prod apply\n");
    expect(readFileSync(stdout.trimEnd().split("\n").at(-1)?.trim() as string, "utf8")).toMatch(/^# Who deploys\n/);
  });

  test("gives the roles what is derived from the trail, and a state beside that of the trail", () => {
    folder.run("deployment-role", "synth");
    const { terraform, provider, resource, output } = JSON.parse(folder.read(STACK));
    expect(terraform.backend.s3).toMatchObject({
      bucket: "example-states",
      key: "audit-trail/prod-deployment-role/terraform.tfstate",
    });
    expect(provider.aws).toEqual([{ region: "eu-central-1", allowed_account_ids: ["444455556666"] }]);
    expect(Object.keys(resource.aws_iam_policy)).toEqual([
      "plan_resources_1",
      "plan_state",
      "apply_resources_1",
      "apply_state",
    ]);
    const printed = JSON.parse(folder.run("deployment-policy", "--stack", "prod", "--json").stdout).stacks[0].phases;
    for (const phase of ["plan", "apply"]) {
      for (const name of ["state", "resources_1"]) {
        expect(JSON.parse(resource.aws_iam_policy[`${phase}_${name}`].policy)).toEqual(printed[phase][name]);
      }
    }
    expect(resource.aws_iam_role.plan.tags).toEqual({ Own: "Ada" });
    expect(Object.keys(output)).toEqual(["plan_role_arn", "apply_role_arn", "oidc_provider_arns"]);
  });

  test("does not let the roles change themselves", () => {
    folder.run("deployment-role", "synth");
    expect(
      Object.values(JSON.parse(folder.read(STACK)).resource.aws_iam_policy)
        .map(String)
        .join(),
    ).not.toContain("audit-trail-apply");
  });

  test("writes what it tells programs, and nothing a second time", () => {
    const first = JSON.parse(folder.run("deployment-role", "synth", "--json").stdout);
    expect(first).toEqual({
      ok: true,
      file: "audit-trail.yaml",
      stacks: [{ name: "prod", account_id: "444455556666", folder: "deployment-role/stacks/prod" }],
      written: ["stacks/prod/cdk.tf.json"],
      removed: [],
    });
    expect(JSON.parse(folder.run("deployment-role", "synth", "--json").stdout).written).toEqual([]);
  });

  test("removes what it wrote for a trail that has no roles any more, and nothing of anybody else", () => {
    folder.write(
      "audit-trail.yaml",
      WITH_ROLE.replace(
        "account_name: test,",
        "account_name: test, deployment_role: { gitlab: { project_path: acme/infrastructure } },",
      ),
    );
    folder.run("deployment-role", "synth");
    folder.write("deployment-role/stacks/other/cdk.tf.json", "{}");
    folder.write("audit-trail.yaml", WITH_ROLE);
    const { stdout } = folder.run("deployment-role", "synth");
    expect(stdout).toContain(
      "removed deployment-role/stacks/test/cdk.tf.json; what Terraform made of it is still there",
    );
    expect(folder.files()).toEqual(["audit-trail.yaml", "deployment-role/stacks/other/cdk.tf.json", STACK]);
  });

  test("leaves what somebody else wrote in its place", () => {
    folder.write(STACK, "{}");
    expect(folder.run("deployment-role", "synth")).toMatchObject({
      code: 1,
      stderr: `${STACK}: was not written by audit-trail, and is left as it is; move it away\n`,
    });
    expect(folder.read(STACK)).toBe("{}");
  });

  test("says where nobody is to deploy", () => {
    folder.write("audit-trail.yaml", CONFIGURATION);
    expect(folder.run("deployment-role", "synth")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "audit-trail.yaml: no trail has a deployment_role; say there who deploys it\n",
    });
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test("has a help that fits a terminal", () => {
    for (const args of [
      ["deployment-role", "--help"],
      ["deployment-role", "synth", "--help"],
    ]) {
      const { code, stdout } = folder.run(...args);
      expect(code).toBe(0);
      expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe("the state of the roles", () => {
  const withState = (state: string) => WITH_ROLE.replace("s3: { bucket: example-states, region: eu-central-1 }", state);

  test.each([
    ["a file", "local: {}", { local: { path: "../../../terraform.prod-deployment-role.tfstate" } }],
    ["a workspace beside that of the trail", "cloud: { organization: acme, workspace: { name: prod } }", undefined],
  ])("is %s", (_, state, backend) => {
    // One workspace is for one trail.
    folder.write("audit-trail.yaml", withState(state).replace(/ {2}test: .*\n/, ""));
    expect(folder.run("deployment-role", "synth").code).toBe(0);
    const { terraform } = JSON.parse(folder.read(STACK));
    expect(terraform.backend).toEqual(backend);
    if (backend === undefined) {
      expect(terraform.cloud.workspaces).toEqual({ name: "prod-deployment-role" });
    }
  });

  test("is told where no place for it is known", () => {
    folder.write("audit-trail.yaml", withState("gcs: { bucket: states }").replace(/ {2}test: .*\n/, ""));
    const { code, stderr } = folder.run("deployment-role", "synth");
    expect(code).toBe(1);
    expect(stderr).toContain("the trail prod: of its state, gcs, no place for a further one is known");
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test("is that of no other trail", () => {
    folder.write("audit-trail.yaml", WITH_ROLE.replace("  test:", "  prod-deployment-role:"));
    const { code, stderr } = folder.run("deployment-role", "synth");
    expect(code).toBe(1);
    expect(stderr).toContain("the trail prod-deployment-role must not have the state of the roles that deploy prod");
  });
});

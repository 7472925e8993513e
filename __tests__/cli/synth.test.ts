import { mkdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { CONFIGURATION, Folder } from "./support/command";

const WRITTEN = ["manifest.json", "stacks/prod/cdk.tf.json", "stacks/test/cdk.tf.json"];

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

/** The files below a folder. */
function below(out: string): readonly string[] {
  return folder.files().flatMap((path) => (path.startsWith(`${out}/`) ? [path.slice(out.length + 1)] : []));
}

/** The stack of another app of cdktf. */
const ANOTHER = JSON.stringify({ "//": { metadata: { stackName: "network" } }, resource: { aws_vpc: { main: {} } } });

describe("synth", () => {
  test("writes the JSON of every trail, and says where it is and what comes next", () => {
    const { code, stdout, stderr } = folder.run("synth");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(below("cdktf.out")).toEqual(WRITTEN);
    expect(stdout).toBe(
      [
        "prod: account 444455556666, eu-central-1 -> cdktf.out/stacks/prod/cdk.tf.json",
        "test: account 777788889999, eu-central-1 -> cdktf.out/stacks/test/cdk.tf.json",
        "",
        "First, where the bucket of the states is not there yet:",
        "  npx cdktf-audit-trail state bootstrap",
        "Next, with credentials for each account:",
        "  terraform -chdir=cdktf.out/stacks/prod init",
        "  terraform -chdir=cdktf.out/stacks/prod apply",
        "  terraform -chdir=cdktf.out/stacks/test init",
        "  terraform -chdir=cdktf.out/stacks/test apply",
        "",
      ].join("\n"),
    );
  });

  test("names what makes each bucket of states, and nothing where no state is in S3", () => {
    const stateOfTest = CONFIGURATION.replace(
      "account_name: test",
      "$&, state: { s3: { bucket: test-states, region: eu-central-1 } }",
    );
    folder.write("two.yaml", stateOfTest);
    expect(folder.run("synth", "two.yaml").stdout).toContain(
      [
        "",
        "First, where a bucket of states is not there yet:",
        "  npx cdktf-audit-trail state bootstrap two.yaml --bucket example-states",
        "  npx cdktf-audit-trail state bootstrap two.yaml --bucket test-states",
        "Next, ",
      ].join("\n"),
    );
    folder.write("local.yaml", CONFIGURATION.replace(/ {2}s3: .*/, "  local: {}"));
    expect(folder.run("synth", "local.yaml").stdout).not.toContain("bootstrap");
  });

  test("names the command cdktf where it would read the same, with all stacks where there are several", () => {
    folder.write("cdktf.json", "{}");
    expect(folder.run("synth").stdout).toMatch(/\nor: npx cdktf deploy '\*'\n$/);
    folder.write("audit-trail.yaml", CONFIGURATION.split("  test:")[0] as string);
    expect(folder.run("synth").stdout).toMatch(/\nor: npx cdktf deploy\n$/);
    expect(folder.run("synth", "--out", "other").stdout).not.toContain("cdktf deploy");
    folder.write("other.yaml", CONFIGURATION);
    expect(folder.run("synth", "other.yaml").stdout).not.toContain("cdktf deploy");
  });

  test("says that values of the template are left, and how to see them", () => {
    folder.run("init", "new one.yaml", "--owner", "Ada", "--account-name", "prod", "--state-bucket", "prod-states");
    expect(folder.run("synth", "new one.yaml", "--out", "a b").stdout.split("\n").slice(1)).toEqual([
      "",
      "1 value still as in the template; see them with: npx cdktf-audit-trail check 'new one.yaml'",
      "First, where the bucket of the states is not there yet:",
      "  npx cdktf-audit-trail state bootstrap 'new one.yaml'",
      "Next, with credentials for the account:",
      "  terraform -chdir='a b/stacks/prod' init",
      "  terraform -chdir='a b/stacks/prod' apply",
      "",
    ]);
  });

  test("tells the same as JSON", () => {
    const { code, stdout, stderr } = folder.run("synth", "--json", "--out", "out");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const stack = (name: string, account: string) => ({
      ...{ name, account_id: account, region: "eu-central-1", folder: join("out/stacks", name), placeholders: 0 },
    });
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "audit-trail.yaml",
      stacks: [stack("prod", "444455556666"), stack("test", "777788889999")],
      written: ["stacks/prod/cdk.tf.json", "stacks/test/cdk.tf.json", "manifest.json"],
      removed: [],
    });
    expect(JSON.parse(folder.run("synth", "--json", "--out", "out").stdout)).toMatchObject({
      written: [],
      removed: [],
    });
  });

  test("does not touch what is as it should be", () => {
    folder.run("synth");
    const long = new Date("2001-01-01T00:00:00Z");
    for (const path of WRITTEN) {
      utimesSync(join(folder.path, "cdktf.out", path), long, long);
    }
    folder.write("audit-trail.yaml", CONFIGURATION.replace("insights: {}", "insights: null"));
    folder.run("synth");
    const touched = WRITTEN.filter((path) => statSync(join(folder.path, "cdktf.out", path)).mtimeMs !== long.getTime());
    expect(touched).toEqual(["stacks/test/cdk.tf.json"]);
  });

  test("removes the JSON of a trail that is gone, and says so; what Terraform keeps beside it stays", () => {
    folder.run("synth");
    folder.write("cdktf.out/stacks/test/.terraform/x", "");
    folder.write("audit-trail.yaml", CONFIGURATION.split("  test:")[0] as string);
    const { stdout } = folder.run("synth");
    expect(stdout).toContain("removed cdktf.out/stacks/test/cdk.tf.json; what Terraform made of it is still there\n");
    expect(below("cdktf.out")).toEqual(["manifest.json", "stacks/prod/cdk.tf.json", "stacks/test/.terraform/x"]);
  });

  test("leaves nothing of its own where it is refused, and names everything that is in the way", () => {
    folder.write("cdktf.out/stacks/prod/cdk.tf.json", ANOTHER);
    folder.write("cdktf.out/stacks/test/cdk.tf", "# by hand");
    folder.write("cdktf.out/manifest.json", "[]");
    const before = folder.files();
    const { code, stdout, stderr } = folder.run("synth");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      "cdktf.out/stacks/prod/cdk.tf.json: was not written by audit-trail, and is left as it is; move it away",
      "cdktf.out/manifest.json: was not written by audit-trail, and is left as it is; move it away",
      "cdktf.out/stacks/test/cdk.tf: says the same as what is generated beside it, and was not written by audit-trail; move it away",
    ]);
    expect(folder.files()).toEqual(before);
    const json = folder.run("synth", "--json");
    expect(json).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(json.stdout)).toEqual({ ok: false, message: stderr.trimEnd() });
  });

  test("leaves the stacks of another app of cdktf", () => {
    folder.write("cdktf.out/stacks/network/cdk.tf.json", ANOTHER);
    folder.run("synth");
    expect(below("cdktf.out")).toEqual([...WRITTEN, "stacks/network/cdk.tf.json"].sort());
    folder.write("cdktf.out/manifest.json", JSON.stringify({ stacks: { network: {} } }));
    expect(folder.run("synth")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("cdktf.out/manifest.json: "),
    });
  });

  test("takes away the HCL that cdktf left, which Terraform would read beside the JSON", () => {
    folder.run("synth");
    const json = folder.read("cdktf.out/stacks/prod/cdk.tf.json");
    folder.write("cdktf.out/stacks/prod/cdk.tf", "terraform {}");
    folder.write("cdktf.out/stacks/prod/metadata.json", json);
    expect(JSON.parse(folder.run("synth", "--json").stdout)).toMatchObject({
      written: [],
      removed: ["stacks/prod/cdk.tf", "stacks/prod/metadata.json"],
    });
    expect(below("cdktf.out")).toEqual(WRITTEN);
  });

  test("is told where it cannot write", () => {
    mkdirSync(join(folder.path, "cdktf.out/stacks/prod/cdk.tf.json"), { recursive: true });
    expect(folder.run("synth")).toMatchObject({
      code: 1,
      stderr: "cdktf.out/stacks/prod/cdk.tf.json: is no file, and one is needed there; move it away\n",
    });
    expect(folder.run("synth", "--out", "audit-trail.yaml")).toEqual({
      code: 1,
      stdout: "",
      stderr: "audit-trail.yaml: is no folder, and one is needed there; move it away\n",
    });
    expect(folder.run("synth", "--out", "x".repeat(300))).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^x{300}\/stacks: cannot be read: that name is too long for the system; .*\n$/),
    });
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });
});

describe("synth --for remote-run", () => {
  const parsed = (path: string) => JSON.parse(folder.read(path)) as Record<"terraform" | "//", object>;

  test("writes a folder for each trail, without backend and cloud block, and all else as it is", () => {
    const { code, stdout, stderr } = folder.run("synth", "--for", "remote-run");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(below("remote-run")).toEqual(["stacks/prod/main.tf.json", "stacks/test/main.tf.json"]);
    expect(stdout).toBe(
      [
        "prod: account 444455556666, eu-central-1 -> remote-run/stacks/prod/main.tf.json",
        "test: account 777788889999, eu-central-1 -> remote-run/stacks/test/main.tf.json",
        "",
        "Next: a workspace for each, whose working directory is its folder; it keeps the state.",
        "",
      ].join("\n"),
    );
    folder.run("synth");
    const { terraform, "//": metadata, ...remote } = parsed("remote-run/stacks/prod/main.tf.json");
    const { terraform: settings, "//": _, ...local } = parsed("cdktf.out/stacks/prod/cdk.tf.json");
    expect(remote).toEqual(local);
    expect(metadata).toEqual({ metadata: { stackName: "prod" } });
    expect(Object.keys(terraform)).toEqual(["required_providers", "required_version"]);
    expect(Object.keys(settings)).toContain("backend");
  });

  test("leaves out a cloud block, too", () => {
    const cloud = "cloud: { organization: acme, workspace: { name: audit } }";
    folder.write("one.yaml", configured(`state: { ${cloud} }`));
    expect(folder.run("synth", "one.yaml", "--for", "remote-run").stdout).toMatch(
      /\nNext: a workspace whose working directory is that folder; it keeps the state\.\n$/,
    );
    expect(folder.read("remote-run/stacks/prod/main.tf.json")).not.toMatch(/"(cloud|backend)"/);
  });

  test("is the same again, removes what is no longer there, and touches no file of others", () => {
    folder.run("synth", "--for", "remote-run");
    const again = folder.run("synth", "--for", "remote-run", "--json").stdout;
    expect(JSON.parse(again)).toMatchObject({ ok: true, written: [], removed: [] });
    folder.write("one.yaml", configured("state: { local: {} }"));
    const fewer = folder.run("synth", "one.yaml", "--for", "remote-run", "--json").stdout;
    expect(JSON.parse(fewer)).toMatchObject({
      ok: true,
      written: ["stacks/prod/main.tf.json"],
      removed: ["stacks/test/main.tf.json"],
    });
    folder.write("other/stacks/prod/main.tf.json", "{}");
    expect(folder.run("synth", "--for", "remote-run", "--out", "other")).toMatchObject({ code: 1, stdout: "" });
    expect(folder.read("other/stacks/prod/main.tf.json")).toBe("{}");
  });

  test("says of a profile that the run does not know it", () => {
    folder.write("one.yaml", configured("state: { local: {} }, profile: audit"));
    expect(folder.run("synth", "one.yaml", "--for", "remote-run").stdout).toContain(
      "\nprod has a profile, which a remote run does not know: give the workspace credentials.\n",
    );
  });

  /** A configuration of one trail, with more than it needs. */
  function configured(more: string): string {
    return `trails:\n  prod: { account_id: "444455556666", account_name: prod, region: eu-central-1, owner: Ada, ${more} }\n`;
  }
});

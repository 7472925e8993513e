import { bootstrapSteps } from "../../src/state";
import { CONFIGURATION, Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

const ONE_ACCOUNT = CONFIGURATION.replace(
  /"777788889999", account_name: test/,
  '"444455556666", account_name: test, region: eu-west-1',
);

describe("the help", () => {
  test("of bootstrap lists the steps, in their order", async () => {
    const { code, stdout } = await folder.runToEnd("state", "bootstrap", "--help");
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^ {2,3}[0-9]+ (.*)$/gm)].map(([, name]) => name);
    expect(listed).toEqual(bootstrapSteps.map(({ name }) => name));
  });

  test.each(["bootstrap", "check"])("of %s fits a terminal", async (command) => {
    const { stdout } = await folder.runToEnd("state", command, "--help");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("comes where neither is named", async () => {
    const { code, stderr } = await folder.runToEnd("state");
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: audit-trail state");
  });
});

describe("bootstrap, used wrongly, says so before anything happens:", () => {
  test.each<[string, string, readonly string[], number, string]>([
    [
      "trails of several accounts",
      CONFIGURATION,
      ["--yes"],
      2,
      "the trails are in several accounts: say with --account-id which is that of the bucket",
    ],
    ["an account that is none", ONE_ACCOUNT, ["--account-id", "1"], 2, "--account-id: must be the 12 digits"],
    [
      "nobody to ask",
      ONE_ACCOUNT,
      [],
      2,
      "nobody can be asked, as the input is no terminal: agree beforehand with --yes",
    ],
    [
      "a state in a file",
      ONE_ACCOUNT.replace(/s3: .*/, "local: {}"),
      ["--yes"],
      1,
      "no state is kept in a bucket: state is local; it takes state: { s3: … }",
    ],
    [
      "a bucket of the template",
      ONE_ACCOUNT.replace("example-states", "example-terraform-state-111122223333"),
      ["--yes"],
      1,
      "audit-trail.yaml:2: state.s3.bucket is still example-terraform-state-111122223333\nReplace the examples first.",
    ],
    ["an unknown bucket", ONE_ACCOUNT, ["--yes", "--bucket", "other"], 2, "--bucket: other keeps no state"],
    ["a wrong configuration", ONE_ACCOUNT.replace("bucket:", "buckett:"), ["--yes"], 1, "state.s3.buckett"],
  ])("%s", async (_, configuration, options, code, message) => {
    folder.write("audit-trail.yaml", configuration);
    const ended = await folder.runToEnd("state", "bootstrap", ...options);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: "" });
    expect(ended.stderr).toContain(message);
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });
});

test("check of a bucket that keeps no state of the configuration is told of as used wrongly", async () => {
  folder.write("audit-trail.yaml", ONE_ACCOUNT);
  expect(await folder.runToEnd("state", "check", "--bucket", "other")).toEqual({
    code: 2,
    stdout: "",
    stderr: "--bucket: other keeps no state of the configuration, which has: example-states\n",
  });
});

test("check tells what is wrong as JSON, too", async () => {
  folder.write("audit-trail.yaml", ONE_ACCOUNT.replace(/s3: .*/, "local: {}"));
  const { code, stdout } = await folder.runToEnd("state", "check", "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ ok: false, message: expect.stringContaining("no state is kept in a bucket") });
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["Terraform is not there", { PATH: "" }, "terraform is not on the PATH; install Terraform 1.10 or later"],
  [
    "S3 cannot be reached",
    {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_MAX_ATTEMPTS: "1",
    },
    "S3 cannot be asked: ",
  ],
])("bootstrap writes nothing where %s", async (_, environment, message) => {
  folder.write("audit-trail.yaml", ONE_ACCOUNT);
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const { code, stdout, stderr } = await folder.runToEnd("state", "bootstrap", "--yes");
    expect({ code, stdout }).toEqual({ code: 1, stdout: `1/${bootstrapSteps.length} ${bootstrapSteps[0]?.name}\n` });
    expect(stderr).toContain(message);
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  } finally {
    process.env = before;
  }
});

import { type PublishOptions, preparePublish } from "../../src/cli/publish";
import { TARGET_KINDS } from "../../src/publish";
import { Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
});

afterEach(() => {
  folder.remove();
});

const REGISTRY = ["--to", "registry", "--host", "app.terraform.io", "--organization", "acme"];
const DIRECTORY = ["--to", "directory", "--directory", "archives", "--organization", "acme"];

describe("publish, used wrongly, says all at once what is wrong, before anything happens:", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "a version that is none",
      [...DIRECTORY, "--version", "v1.2"],
      ['--version: must be a semantic version such as 1.2.3 or 1.2.3-rc.1, without v before it; got "v1.2"'],
    ],
    [
      "what is missing",
      ["--to", "registry", "--version", "1.0"],
      ["--version: must be", "--host: is needed with --to registry", "--organization: is needed with --to registry"],
    ],
    [
      "no option at all",
      [],
      [
        "--to: is needed: it must be one of registry, git, directory, s3",
        "--version: is needed: it must be a semantic",
      ],
    ],
    [
      "no kind of place, beside options of some",
      ["--version", "1", "--host", "https://acme.test", "--push", "--take-over"],
      ["--to: is needed", "--version: must be", "--host: must be the name of a host"],
    ],
    [
      "the address of a host",
      ["--to", "registry", "--host", "https://acme.test", "--organization", "acme", "--version", "1.0.0"],
      ["--host: must be the name of a host"],
    ],
    [
      "a path for an organization",
      ["--to", "directory", "--directory", "x", "--organization", "../acme", "--version", "1.0.0"],
      ["--organization: must be letters, digits"],
    ],
    [
      "an option of git for a repository",
      ["--to", "git", "--repository=--upload-pack=x", "--version", "1.0.0"],
      ["--repository: must be the path or address"],
    ],
    [
      "options of another kind of place",
      [...DIRECTORY, "--version", "1.0.0", "--bucket", "acme", "--push", "--take-over"],
      ["--bucket: has no meaning with --to directory", "--push: has no meaning", "--take-over: has no meaning"],
    ],
    [
      "a prefix that leads elsewhere",
      [
        "--to",
        "s3",
        "--bucket",
        "acme",
        "--region",
        "eu-central-1",
        "--prefix",
        "a/../b",
        "--organization",
        "acme",
        "--version",
        "1.0.0",
      ],
      ["--prefix: must be words with slashes between them"],
    ],
    [
      "an address in two lines",
      ["--to", "git", "--repository", "https://git.acme.test/a\nb.git", "--version", "1.0.0"],
      ["--repository: must be the path or address"],
    ],
  ])("%s", async (_, options, messages) => {
    const { code, stdout, stderr } = await folder.runToEnd("publish", ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual(messages.map((message) => expect.stringContaining(message)));
    expect(folder.files()).toEqual([]);
  });
});

test.each<[string, Partial<PublishOptions>, string]>([
  [
    "a repository in a folder whose name has a space",
    { to: "git", repository: "my modules/audit-trail.git" },
    "my modules/audit-trail.git",
  ],
  ["a repository above the folder", { to: "git", repository: "../audit-trail.git" }, "../audit-trail.git"],
  [
    "archives above the folder",
    { to: "directory", directory: "../my archives", organization: "acme" },
    "../my archives/modules/acme/audit-trail/aws",
  ],
])("publish takes %s", async (_, options, place) => {
  const all = { ...options, module: "terraform-aws-audit-trail", version: "1.0.0", folder: "work" } as PublishOptions;
  const { means, close } = await preparePublish(all);
  close();
  expect(means.target.place).toBe(place);
});

test("publish tells what is wrong as JSON, too", async () => {
  const { code, stdout, stderr } = await folder.runToEnd("publish", ...DIRECTORY, "--version", "1", "--json");
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({ ok: false, message: expect.stringContaining("--version: must be") });
});

test("publish to a registry without a token says where to get one", async () => {
  const before = { ...process.env };
  process.env.HOME = folder.path;
  delete process.env.TF_CLI_CONFIG_FILE;
  try {
    expect(await folder.runToEnd("publish", ...REGISTRY, "--version", "1.0.0")).toEqual({
      code: 1,
      stdout: "",
      stderr: "there is no token for app.terraform.io: run terraform login app.terraform.io, or set TF_TOKEN_<host>\n",
    });
  } finally {
    process.env = before;
  }
});

describe("the help of publish", () => {
  test("fits a terminal, and has every kind of place", async () => {
    const { code, stdout } = await folder.runToEnd("publish", "--help");
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    for (const kind of TARGET_KINDS) {
      expect(stdout).toMatch(new RegExp(`^  ${kind} `, "m"));
    }
  });

  test("has no option for a token", async () => {
    const { stdout } = await folder.runToEnd("publish", "--help");
    expect(stdout).not.toMatch(/--[a-z-]*token/);
  });
});

test("the version of audit-trail is asked before a command, that of a module after publish", async () => {
  expect((await folder.runToEnd("--version")).stdout).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\n$/);
  expect((await folder.runToEnd("publish", "--to", "git", "--version", "x")).stderr).toContain("--version: must be");
});

test("publish to a repository leaves a folder of somebody else's, and says so before anything happens", async () => {
  folder.write("modules/terraform-aws-audit-trail/main.tf", "precious");
  const args = ["--to", "git", "--repository", "module.git", "--folder", "modules", "--version", "1.0.0"];
  expect(await folder.runToEnd("publish", ...args)).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "modules/terraform-aws-audit-trail: is there, and is no clone that audit-trail made; it is left as it is. " +
      "Move it away, or choose another --folder\n",
  });
  expect(folder.read("modules/terraform-aws-audit-trail/main.tf")).toBe("precious");
});

test.each([[], ["--json"]])(
  "a token in the address of a repository is refused, and never told: %j",
  async (...more) => {
    const args = [
      "--to",
      "git",
      "--repository",
      "https://x-access-token:t0ken@git.acme.test/a b.git",
      "--version",
      "1.0.0",
    ];
    const { code, stdout, stderr } = await folder.runToEnd("publish", ...args, ...more);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain("--repository: must have no user, password or token before the @");
    expect(`${stdout}${stderr}`).not.toContain("t0ken");
    expect(folder.files()).toEqual([]);
  },
);

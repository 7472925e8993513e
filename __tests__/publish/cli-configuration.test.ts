import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCliConfiguration } from "../../src/publish";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "audit-trail-home-"));
  mkdirSync(join(home, ".terraform.d"));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const write = (path: string, content: string): string => {
  writeFileSync(join(home, path), content);
  return join(home, path);
};

test.each<[string, string]>([
  ["TF_TOKEN_registry_acme_test", "registry.acme.test"],
  ["TF_TOKEN_my__registry_acme_test", "my-registry.acme.test"],
  ["TF_TOKEN_Registry_Acme_test", "registry.acme.test"],
])("the token in %s is that of %s", async (name, host) => {
  const configuration = await readCliConfiguration({ [name]: "secret" }, home);
  expect(configuration.tokenOf(host)).toEqual({ value: "secret", from: name });
  expect(configuration.tokenOf("other.acme.test")).toBeUndefined();
});

test("a token is taken from the environment, from the last file of .terraform.d, or from .terraformrc", async () => {
  const kept = write(
    ".terraform.d/credentials.tfrc.json",
    JSON.stringify({
      credentials: { "a.test": { token: "kept" }, "b.test": { token: "kept" }, "c.test": { token: "kept" } },
    }),
  );
  const last = write(".terraform.d/work.tfrc", 'credentials "b.test" {\n  token = "last"\n}\n');
  const settings = write(
    ".terraformrc",
    ["a", "b", "c", "d"].map((name) => `credentials "${name}.test" {\n  token = "set"\n}\n`).join(""),
  );
  const configuration = await readCliConfiguration({ TF_TOKEN_a_test: "given" }, home);
  expect(["a", "b", "c", "d", "e"].map((name) => configuration.tokenOf(`${name}.test`))).toEqual([
    { value: "given", from: "TF_TOKEN_a_test" },
    { value: "last", from: last },
    { value: "kept", from: kept },
    { value: "set", from: settings },
    undefined,
  ]);
});

test.each(["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"])(
  "%s names a file, and then no other one counts",
  async (variable) => {
    write(".terraformrc", 'credentials "a.test" {\n  token = "not this"\n}\n');
    write(".terraform.d/credentials.tfrc.json", JSON.stringify({ credentials: { "b.test": { token: "not this" } } }));
    const file = write("other.tfrc", 'credentials "a.test:8443" {\n  token = "this"\n}\n');
    const configuration = await readCliConfiguration({ [variable]: file }, home);
    expect(["a.test", "b.test"].map((host) => configuration.tokenOf(host))).toEqual([undefined, undefined]);
    expect(configuration.tokenOf("a.test:8443")).toEqual({ value: "this", from: file });
  },
);

test("TF_CLI_CONFIG_FILE counts more than the older name of it", async () => {
  const file = write("this.tfrc", 'credentials "a.test" {\n  token = "this"\n}\n');
  const older = write("older.tfrc", 'credentials "a.test" {\n  token = "not this"\n}\n');
  const configuration = await readCliConfiguration({ TF_CLI_CONFIG_FILE: file, TERRAFORM_CONFIG: older }, home);
  expect(configuration.tokenOf("a.test")).toEqual({ value: "this", from: file });
});

test("the services of a host may be elsewhere", async () => {
  write(".terraformrc", 'host "a.test" {\n  services = {\n    "modules.v1" = "https://b.test/v1/"\n  }\n}\n');
  const configuration = await readCliConfiguration({}, home);
  expect(configuration.servicesOf("a.test")).toEqual({ "modules.v1": "https://b.test/v1/" });
  expect(configuration.servicesOf("b.test")).toBeUndefined();
});

test("a file that cannot be read is told by its name alone, as it may have a token", async () => {
  const file = write(".terraformrc", 'credentials "a.test" {\n  token = "secret\n}\n');
  const failure = await readCliConfiguration({}, home).catch((error: Error) => error.message);
  expect(failure).toBe(`${file}: is no CLI configuration of Terraform that can be read`);
});

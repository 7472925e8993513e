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

test("a token is taken from the environment, from .terraformrc, or from what terraform login has kept", async () => {
  const kept = write(
    ".terraform.d/credentials.tfrc.json",
    JSON.stringify({
      credentials: { "a.test": { token: "kept" }, "b.test": { token: "kept" }, "c.test": { token: "kept" } },
    }),
  );
  const settings = write(
    ".terraformrc",
    'credentials "a.test" {\n  token = "set"\n}\ncredentials "b.test" {\n  token = "set"\n}\n',
  );
  const configuration = await readCliConfiguration({ TF_TOKEN_a_test: "given" }, home);
  expect(["a.test", "b.test", "c.test", "d.test"].map((host) => configuration.tokenOf(host))).toEqual([
    { value: "given", from: "TF_TOKEN_a_test" },
    { value: "set", from: settings },
    { value: "kept", from: kept },
    undefined,
  ]);
});

test("TF_CLI_CONFIG_FILE names the file in the place of .terraformrc", async () => {
  write(".terraformrc", 'credentials "a.test" {\n  token = "not this"\n}\n');
  const file = write("other.tfrc", 'credentials "a.test:8443" {\n  token = "this"\n}\n');
  const configuration = await readCliConfiguration({ TF_CLI_CONFIG_FILE: file }, home);
  expect(configuration.tokenOf("a.test")).toBeUndefined();
  expect(configuration.tokenOf("a.test:8443")).toEqual({ value: "this", from: file });
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

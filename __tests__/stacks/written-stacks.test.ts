import { isOfAuditTrail, type NamedStack, rivalsOf, synthesize } from "../../src/stacks";

const STACK: NamedStack = {
  name: "main",
  inputs: { accountId: "111122223333", accountName: "example", region: "eu-central-1", owner: "Me" },
  state: { backend: "local", settings: { path: "a" } },
  provider: { profile: null, role_arn: null },
  preventDestroy: false,
  regionArgument: false,
};

const WRITTEN = synthesize([STACK]);
const JSON_OF_STACK = WRITTEN.get("stacks/main/cdk.tf.json") as string;
const MANIFEST = WRITTEN.get("manifest.json") as string;
const OF_ANOTHER_APP = JSON.stringify({
  "//": { metadata: { stackName: "network" } },
  resource: { aws_vpc: { main: {} } },
});

/** Whether the file at the path is one of an audit trail, in a folder with these files. */
function isOurs(path: string, files: Readonly<Record<string, string>>): boolean {
  return isOfAuditTrail(files[path] as string, path, (other) => files[other]);
}

describe("the files of an audit trail", () => {
  test("are those that are synthesized", () => {
    const files = Object.fromEntries(WRITTEN);
    expect([...WRITTEN.keys()].map((path) => isOurs(path, files))).toEqual([true, true]);
  });

  test("are those of a trail that is there already", () => {
    const files = Object.fromEntries(synthesize([{ ...STACK, inputs: { ...STACK.inputs, createTrail: false } }]));
    expect(Object.keys(files).map((path) => isOurs(path, files))).toEqual([true, true]);
  });

  test("are those that cdktf writes as HCL, with what it writes beside them", () => {
    const files = {
      "stacks/main/cdk.tf": "terraform {}",
      "stacks/main/metadata.json": JSON_OF_STACK,
      "manifest.json": MANIFEST,
    };
    expect(Object.keys(files).map((path) => isOurs(path, files))).toEqual([true, true, true]);
  });

  test.each([
    ["the stack of another app", "stacks/main/cdk.tf.json", OF_ANOTHER_APP],
    ["the JSON of a stack under another name", "stacks/other/cdk.tf.json", JSON_OF_STACK],
    ["JSON without metadata", "stacks/main/cdk.tf.json", '{"resource":{"aws_cloudtrail":{"trail":{}}}}'],
    ["something else than a map", "stacks/main/cdk.tf.json", "null"],
    ["no JSON", "stacks/main/cdk.tf.json", "terraform {"],
    ["HCL without what cdktf writes beside it", "stacks/main/cdk.tf", "terraform {}"],
    ["a file of the user", "stacks/main/override.tf.json", JSON_OF_STACK],
    ["a file elsewhere", "cdk.tf.json", JSON_OF_STACK],
    ["a file in a folder of a stack's folder", "stacks/main/sub/cdk.tf.json", JSON_OF_STACK],
    ["a manifest of something else", "manifest.json", '{"version":1}'],
    ["a manifest with a list", "manifest.json", '{"stacks":3}'],
  ])("are not %s", (_, path, content) => {
    expect(isOurs(path, { [path]: content })).toBe(false);
  });

  test("are not HCL that was written by hand beside the JSON of a stack", () => {
    const files = { "stacks/main/cdk.tf": "terraform {}", "stacks/main/cdk.tf.json": JSON_OF_STACK };
    expect(isOurs("stacks/main/cdk.tf", files)).toBe(false);
  });

  test("are a manifest whose stacks are all theirs, or gone", () => {
    const manifest = JSON.stringify({ stacks: { main: {}, network: {} } });
    const files = { "manifest.json": manifest, "stacks/main/cdk.tf.json": JSON_OF_STACK };
    expect(isOurs("manifest.json", files)).toBe(true);
    expect(isOurs("manifest.json", { ...files, "stacks/network/cdk.tf.json": OF_ANOTHER_APP })).toBe(false);
    expect(isOurs("manifest.json", { ...files, "stacks/network/cdk.tf": "terraform {}" })).toBe(false);
    expect(isOurs("manifest.json", { "manifest.json": '{"stacks":{}}' })).toBe(true);
  });

  test("have one rival a stack, which Terraform would read, too", () => {
    expect(rivalsOf([STACK, { name: "b" }])).toEqual(["stacks/main/cdk.tf", "stacks/b/cdk.tf"]);
  });
});

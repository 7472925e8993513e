import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "./support/workspace";

const ROOT = join(__dirname, "../..");
const VERSION = "5.100.0";

test("the schema that everything generated is compared with is that of the provider", async () => {
  const workspace = new Workspace();
  try {
    const required = { aws: { source: "hashicorp/aws", version: VERSION } };
    workspace.write({ "main.tf.json": JSON.stringify({ terraform: { required_providers: required } }) });
    await workspace.init();
    const dump = await workspace.succeed("providers", "schema", "-json");
    const reduced = execFileSync(process.execPath, [join(ROOT, "build/provider-schema.cjs")], { input: dump });
    const committed = join(ROOT, "__tests__/fixtures/provider-schemas", `${VERSION}.json`);
    expect(reduced.toString()).toBe(readFileSync(committed, "utf8"));
  } finally {
    workspace.remove();
  }
});

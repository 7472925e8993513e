import { readConfiguration } from "../../src/configuration";
import { type Files, moduleFiles } from "../../src/generator";
import { auditTrailModule } from "../../src/published/terraform-aws-audit-trail";
import { synthesize } from "../../src/stacks";
import { type Ended, Workspace } from "./support/workspace";

const [{ inputs }] = auditTrailModule.examples;

/** Terraform's JSON of the stack. */
function stackWith(options: object): Files {
  // JSON is YAML, too.
  const text = JSON.stringify({ state: { local: {} }, trails: { example: { ...inputs, ...options } } });
  const written = [...synthesize(readConfiguration("audit-trail.yaml", Buffer.from(text)).trails)];
  return new Map(written.filter(([path]) => path.endsWith(".tf.json")).map(([, json]) => ["main.tf.json", json]));
}

/** Initializes a configuration in a folder `called` of a root module that wants a version of the provider. */
async function initialized(called: Files, version: string, given: object): Promise<Ended> {
  const workspace = new Workspace();
  try {
    workspace.write(new Map([...called].map(([path, content]) => [`called/${path}`, content])));
    workspace.write({
      "main.tf.json": JSON.stringify({
        terraform: { required_providers: { aws: { source: "hashicorp/aws", version } } },
        module: { called: { source: "./called", ...given } },
      }),
    });
    return await workspace.terraform("init", "-backend=false", "-input=false", "-no-color");
  } finally {
    workspace.remove();
  }
}

const forms: readonly (readonly [form: string, files: (regionArgument: boolean) => Files, given: object])[] = [
  [
    "the module",
    (regionArgument) => moduleFiles({ ...auditTrailModule, structure: { regionArgument } }),
    inputs as object,
  ],
  ["the stack", (regionArgument) => stackWith({ region_argument: regionArgument }), {}],
];

describe.each(forms)("%s", (_, files, given) => {
  test("whose resources say their region is refused with AWS provider 5, by the versions that it needs", async () => {
    const { code, stderr } = await initialized(files(true), "5.100.0", given);
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, " ")).toMatch(
      /no available releases match the given constraints (?=.*>= 6\.0\.0, < 7\.0\.0)(?=.*5\.100\.0)/,
    );
  });

  test("whose resources do not is initialized with it", async () => {
    const { code, stderr } = await initialized(files(false), "5.100.0", given);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

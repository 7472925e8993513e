import { type RootModule, rootModuleFiles } from "../../src/generator";
import { Workspace } from "./support/workspace";

/** Backends that take blocks, and fail where nobody listens, without a word to anybody else. */
const BACKENDS: readonly RootModule["stack"]["terraform"][] = [
  {
    required_version: ">= 1.9.0",
    cloud: { organization: "o", hostname: "localhost:1", workspaces: { tags: { a: "b" } } },
  },
  {
    required_version: ">= 1.9.0",
    backend: { remote: { organization: "o", hostname: "localhost:1", workspaces: { name: "w" } } },
  },
  {
    required_version: ">= 1.9.0",
    backend: {
      kubernetes: {
        secret_suffix: "s",
        labels: { exec: "x" },
        exec: { api_version: "client.authentication.k8s.io/v1", command: "true", args: ["a"], env: { A: "b" } },
      },
    },
  },
  {
    required_version: ">= 1.9.0",
    backend: {
      s3: { bucket: "b", key: "k", region: "eu-central-1", assume_role: { role_arn: "no ARN, so nothing is asked" } },
    },
  },
];

describe("the root module of a migration", () => {
  test.each(BACKENDS.map((terraform) => [Object.keys(terraform.backend ?? terraform).at(-1), terraform] as const))(
    "has a backend that Terraform understands, and is formatted as terraform fmt does it: %s",
    async (_, terraform) => {
      const workspace = new Workspace();
      try {
        const files = rootModuleFiles(
          {
            stack: {
              terraform,
              provider: { aws: [{ region: "eu-central-1" }] },
              output: { id: { description: "Id." } },
            },
            label: "audit_trail",
            source: "./module",
            inputs: { name: "a" },
            moves: [{ from: "terraform_data.a", to: "module.audit_trail.terraform_data.a" }],
          },
          "Note.",
        );
        workspace.write(files);
        workspace.write({ "module/main.tf": 'variable "name" {}\noutput "id" { value = var.name }\n' });
        expect((await workspace.terraform("fmt", "-check", "-diff")).stdout).toBe("");
        const { code, stderr } = await workspace.terraform("init", "-input=false", "-no-color");
        expect(code).toBe(1);
        expect(stderr).not.toMatch(/Unsupported|Missing|Reserved|Invalid expression|Duplicate/);
        // Of every backend something is wrong that is seen only once its settings were read.
        expect(stderr).toMatch(/localhost:1|kubernetes configuration|Invalid ARN|cannot be parsed as an ARN/);
      } finally {
        workspace.remove();
      }
    },
  );
});

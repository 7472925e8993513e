import { join } from "node:path";
import { AuditTrail } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import {
  type CallExample,
  GENERATED_NOTE,
  isCallExample,
  licenseText,
  moduleFiles,
  rejectedInputs,
} from "../../src/generator";
import { check, problemText } from "../../src/inputs";
import { difference } from "../../src/output/generated-files";
import { publishedModules } from "../../src/published";
import { auditTrailModule } from "../../src/published/terraform-aws-audit-trail";
import { POLICIES } from "./support/policies";
import { workspacesOfTests } from "./support/workspaces";

const ROOT = join(__dirname, "../..");
const hcl = moduleFiles(auditTrailModule);
const first = auditTrailModule.examples[0];
const { accepted = [] } = auditTrailModule;
const rejected = rejectedInputs(auditTrailDefinition);

/** The files below a folder of their own. */
function below(folder: string, files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([path, content]) => [`${folder}/${path}`, content]));
}

describe("the published module", () => {
  const workspaces = workspacesOfTests();

  test("is committed as it is generated", () => {
    for (const source of publishedModules) {
      const isOurs = (content: string): boolean => content.includes(GENERATED_NOTE) || content === licenseText();
      const found = difference(join(ROOT, "modules", source.name), moduleFiles(source), isOurs);
      expect(found).toEqual({ missing: [], changed: [], stale: [] });
    }
  });

  test("is the same to the byte on every run, without hashes, absolute paths, providers and backends in it", () => {
    expect([...moduleFiles(auditTrailModule)]).toEqual([...hcl]);
    for (const [path, content] of hcl) {
      expect(content).not.toMatch(/_[0-9A-F]{8}\b/);
      expect(content).not.toContain(ROOT);
      expect(content).not.toContain("TfToken");
      if (!path.startsWith("examples/") && path.endsWith(".tf")) {
        expect(content).not.toMatch(/^provider |backend "|cloud \{/m);
      }
    }
  });

  test("is formatted as terraform fmt does it, and its own tests pass", async () => {
    const workspace = workspaces.with(hcl);
    expect((await workspace.terraform("fmt", "-check", "-diff", "-recursive")).stdout).toBe("");
    await workspace.init();
    await workspace.validate();
    const ended = await workspace.terraform("test", "-no-color");
    expect(ended.stdout).toContain(
      `${rejected.length + auditTrailModule.examples.filter(isCallExample).length + accepted.length} passed, 0 failed.`,
    );
    expect(ended.code).toBe(0);
  });

  test.each(auditTrailModule.examples.map((example) => [example.name, example] as const))(
    "has the example %s, which plans with every policy in full",
    async (name) => {
      const workspace = workspaces.with(hcl);
      await workspace.succeed(`-chdir=examples/${name}`, "init", "-input=false", "-no-color");
      await workspace.succeed(`-chdir=examples/${name}`, "plan", "-input=false", "-no-color", "-out=plan");
      const plan = JSON.parse(await workspace.succeed(`-chdir=examples/${name}`, "show", "-json", "plan")) as {
        readonly resource_changes: readonly { readonly type: string; readonly change: { readonly after: object } }[];
        readonly planned_values: { readonly outputs: Readonly<Record<string, { readonly value?: unknown }>> };
      };
      const policies = plan.resource_changes.flatMap(({ type, change }) =>
        (POLICIES[type] ?? []).map((attribute) => ({
          type,
          policy: (change.after as Record<string, string>)[attribute],
        })),
      );
      // With an existing bucket and key, there is none to plan: the policies are outputs.
      const texts = [
        ...policies.map(({ policy }) => policy),
        ...Object.values(plan.planned_values.outputs)
          .map(({ value }) => value)
          .filter((value) => typeof value === "string" && value.startsWith("{")),
      ] as string[];
      expect(texts.length).toBeGreaterThanOrEqual(1);
      for (const policy of texts) {
        expect(JSON.parse(policy).Statement.length).toBeGreaterThanOrEqual(1);
      }
    },
  );

  test("validates in Terraform's JSON, too, and plans the same there", async () => {
    const { inputs } = auditTrailModule.examples.find(({ name }) => name === "cis") as CallExample;
    const caller = JSON.stringify({
      provider: { aws: [{ region: "eu-central-1" }] },
      module: { hcl: { source: "./hcl", ...inputs }, json: { source: "./json", ...inputs } },
    });
    const workspace = workspaces.with(
      new Map([
        ["main.tf.json", caller],
        ...below("hcl", hcl),
        ...below("json", moduleFiles(auditTrailModule, "json")),
      ]),
    );
    await workspace.init();
    const { resource_changes: changes = [] } = await workspace.plan();
    const planned = (name: string): Readonly<Record<string, unknown>> =>
      Object.fromEntries(
        changes
          .filter(({ address }) => address.startsWith(`module.${name}.`))
          .map(({ address, change }) => [address.replace(`module.${name}.`, ""), change.after]),
      );
    expect(Object.keys(planned("hcl")).length).toBeGreaterThan(7);
    expect(planned("json")).toEqual(planned("hcl"));
  });

  test("refuses every wrong input in terraform plan with the message of the synthesis", async () => {
    const cases = rejected.map(({ name, inputs, requirement = "" }) => {
      const { problems } = check(auditTrailDefinition, { ...first.inputs, ...inputs });
      // Terraform knows not which entry of a list or map is wrong: the synthesis names that, with the same requirement.
      const isOfEntry = /\[\*\]|\(its keys\)/.test(requirement);
      const words = problems.map((problem) => problem.requirement);
      expect(words.some((each) => requirement.endsWith(`: ${each}`))).toBe(true);
      return { name, inputs, messages: isOfEntry ? [requirement] : problems.map((problem) => problemText(problem)) };
    });
    const refusals = async (calls: readonly object[]): Promise<readonly string[]> => {
      const modules = calls.map((inputs, index) => [
        `call_${index}`,
        { source: "./module", ...first.inputs, ...inputs },
      ]);
      const caller = { provider: { aws: [{ region: "eu-central-1" }] }, module: Object.fromEntries(modules) };
      const workspace = workspaces.with(
        new Map([["main.tf.json", JSON.stringify(caller)] as const, ...below("module", hcl)]),
      );
      await workspace.init();
      const { code, stdout } = await workspace.terraform("plan", "-input=false", "-json");
      expect(code).toBe(1);
      return stdout
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => (JSON.parse(line) as { readonly diagnostic?: { readonly detail?: string } }).diagnostic?.detail)
        .filter((detail) => detail !== undefined);
    };
    const isTold = (details: readonly string[], message: string): boolean =>
      details.some((detail) => detail.startsWith(message));
    // Terraform tells of every variable that is wrong, so one call takes as many as there are different variables.
    const shared: Record<string, unknown>[] = [];
    for (const { inputs } of cases) {
      let call = shared.find((each) => Object.keys(inputs).every((name) => !Object.hasOwn(each, name)));
      if (call === undefined) {
        call = {};
        shared.push(call);
      }
      Object.assign(call, inputs);
    }
    const details = [...(await refusals(shared))];
    // It looks at rules between variables, of any call, only where every rule of one variable holds.
    let others = cases.filter(({ messages }) => !messages.every((message) => isTold(details, message)));
    expect(others.length).toBeLessThan(cases.length);
    for (let before = cases.length; others.length > 0 && others.length < before; ) {
      before = others.length;
      details.push(...(await refusals(others.map(({ inputs }) => inputs))));
      others = others.filter(({ messages }) => !messages.every((message) => isTold(details, message)));
    }
    for (const { name, messages } of cases) {
      expect({ name, messages }).not.toEqual({ name, messages: [] });
      expect({ name, missing: messages.filter((message) => !isTold(details, message)) }).toEqual({ name, missing: [] });
    }
  });

  test("refuses at synthesis what it refuses as a module", () => {
    for (const { at, inputs } of rejected) {
      const { problems } = check(auditTrailDefinition, { ...first.inputs, ...inputs });
      expect(problems.map(({ path }) => path[0])).toContain(at);
    }
  });

  test("has a rejected example for every input that has rules", () => {
    const source = hcl.get("variables.tf") as string;
    const withRules = [...source.matchAll(/^variable "(\w+)" \{\n(?:(?!^\}).*\n)*?^\s+validation \{/gm)].map(
      ([, name]) => name,
    );
    expect(withRules.length).toBeGreaterThan(8);
    expect(new Set(rejected.map(({ at }) => at))).toEqual(new Set(withRules));
  });

  test("states versions that leave room, in every module and example", () => {
    const versions = [...hcl].filter(([path]) => path.endsWith("versions.tf"));
    expect(versions).toHaveLength(9 + auditTrailModule.examples.length);
    for (const [path, content] of versions) {
      expect(content).toContain('required_version = ">= 1.9.0"');
      // A module that makes nothing needs no provider.
      const isComputed = path === "modules/log-bucket-policy/versions.tf";
      expect(content.includes('version = ">= 5.100.0, < 7.0.0"')).toBe(!isComputed);
    }
  });

  test("has a variable for every input of the construct, in their order", () => {
    expect([...(hcl.get("variables.tf") as string).matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name)).toEqual(
      Object.keys(AuditTrail.definition.fields),
    );
  });
});

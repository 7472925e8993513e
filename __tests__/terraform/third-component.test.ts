import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workspace } from "./support/workspace";
import { workspacesOfTests } from "./support/workspaces";

const ROOT = join(__dirname, "../..");

/** What somebody who adds a component writes beside its folder: its input, and the line that places it. */
const ADDITIONS = [
  {
    file: "src/audit-trail/inputs.ts",
    before: "    tags: defaulting(tagMap,",
    line: '    notification: optional(notificationTopicOptions, "A topic."),',
    import: 'import { notificationTopicOptions } from "../components/notification-topic/inputs";',
  },
  {
    file: "src/audit-trail/audit-trail.ts",
    before: "    this.declareOutputs({",
    line: '    ifPlaced(this.inputs.notification, (options, when) => place(this, NotificationTopic, "notification", { accountId, region, options, tags }, structure, { when }));',
    import: 'import { NotificationTopic } from "../components/notification-topic/notification-topic";',
  },
];

const HOSTILE = 'quote " back\\slash ${file("/etc/passwd")} $${x} %{ if true } tab\t line\nbreak é 漢 🎉 <&> \u2028';

describe("a third component, added by one folder and one line in the composition", () => {
  let copy: string;
  const workspaces = workspacesOfTests();
  const run = (...args: readonly string[]): string =>
    execFileSync(process.execPath, ["build/run.cjs", "cli", ...args], { cwd: copy, encoding: "utf8" });

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "audit-trail-third-component-"));
    for (const path of ["src", "build", "main.ts", "package.json", "package-lock.json", "LICENSE", "tsconfig.json"]) {
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    cpSync(join(ROOT, "__tests__/fixtures/third-component"), join(copy, "src/components"), { recursive: true });
    for (const addition of ADDITIONS) {
      const path = join(copy, addition.file);
      const source = readFileSync(path, "utf8");
      expect(source.split(addition.before)).toHaveLength(2);
      const placed = source.replace(addition.before, `${addition.line}\n${addition.before}`);
      writeFileSync(path, `${addition.import}\n${placed}`);
    }
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("has a module of its own, is called by that of the composition, and stands in every document", () => {
    run("generate", "--out", "modules");
    const read = (path: string): string => readFileSync(join(copy, "modules/terraform-aws-audit-trail", path), "utf8");
    expect(read("modules/notification-topic/main.tf")).toContain('resource "aws_sns_topic" "notification_topic"');
    expect(read("modules/notification-topic/variables.tf")).toContain('variable "options"');
    expect(read("modules/notification-topic/README.md")).toContain("# Notification topic");
    expect(read("main.tf")).toMatch(
      /module "notification" {\n {2}source = ".\/modules\/notification-topic"\n {2}count {2}=/,
    );
    expect(read("variables.tf")).toContain('variable "notification"');
    expect(read("README.md")).toContain("| `notification` |");
    expect(read("README.md")).toContain("[Notification topic](modules/notification-topic)");
    const schema = JSON.parse(run("schema")) as { properties: { defaults: { properties: object } } };
    expect(schema.properties.defaults.properties).toHaveProperty("notification");
  });

  test("plans the same topic in both forms, also with a hostile text in it", async () => {
    const inputs = {
      account_id: "111122223333",
      account_name: "example",
      region: "eu-central-1",
      owner: "Example Owner",
      notification: { display_name: HOSTILE },
    };
    // JSON is YAML, too.
    writeFileSync(
      join(copy, "audit-trail.yaml"),
      JSON.stringify({
        state: { local: { path: "terraform.tfstate" } },
        trails: { example: inputs, without: { ...inputs, account_id: "444455556666", notification: null } },
      }),
    );
    run("generate", "--out", "modules");
    run("synth");
    const stack = workspaces.empty();
    const caller = workspaces.empty();
    const synthesized = (name: string): string =>
      readFileSync(join(copy, `cdktf.out/stacks/${name}/cdk.tf.json`), "utf8");
    expect(synthesized("without")).not.toContain("aws_sns_topic");
    stack.write({ "cdk.tf.json": synthesized("example") });
    caller.copy(join(copy, "modules/terraform-aws-audit-trail"), "module");
    const escaped = JSON.parse(JSON.stringify(inputs).replace(/([$%])\{/g, "$1$1{")) as typeof inputs;
    caller.write({
      "main.tf.json": JSON.stringify({
        provider: { aws: [{ region: "eu-central-1" }] },
        module: {
          with: { source: "./module", ...escaped },
          without: { source: "./module", ...escaped, notification: null },
        },
      }),
    });
    await Promise.all([stack.init({ backend: true }), caller.init()]);
    const topicsOf = async (workspace: Workspace): Promise<readonly unknown[]> =>
      ((await workspace.plan()).resource_changes ?? [])
        .filter(({ type }) => type === "aws_sns_topic")
        .map(({ change }) => change.after);
    const [inline, called] = await Promise.all([topicsOf(stack), topicsOf(caller)]);
    expect(inline).toHaveLength(1);
    expect(inline[0]).toMatchObject({ display_name: HOSTILE, tags: { Own: "Example Owner" } });
    expect(called).toEqual(inline);
  });
});

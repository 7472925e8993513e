import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everythingOn } from "../__tests__/audit-trail/support/everything-on";
import { AuditTrail } from "../src/audit-trail/audit-trail";
import { terraformFiles } from "../src/generator";
import { Account } from "./support/account";
import { type Changes, Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION, STATE } from "./support/names";

const ROOT = join(__dirname, "..");

const account = { account_id: ACCOUNT_ID, region: REGION, owner: "Example Owner" };

/** The default configuration, and one in which everything is on. */
const TRAILS = {
  default: { ...account, account_name: "example" },
  everything: {
    ...account,
    ...everythingOn,
    account_name: "everything",
    log_bucket: { ...(everythingOn.log_bucket as object), name: `everything-logs-${ACCOUNT_ID}`, retention_days: 400 },
    tags: { Stage: "audit" },
    // It stops no move.
    prevent_destroy: true,
  },
};

/** What the command tells as JSON of a stack. */
interface Migrated {
  readonly name: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

/** What became of a stack that was migrated in both ways. */
interface Story {
  readonly moves: Migrated["moves"];
  /** What a plan with the blocks printed. */
  readonly plan: string;
  /** What a plan after the commands would change, and the addresses in the state then. */
  readonly changes: Changes;
  readonly inState: readonly string[];
}

describe("from the app to the module", () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-migrate-"));
  const deployments: Deployment[] = [];
  const stories = new Map<string, Story>();
  let emulator: Emulator;
  let api: Account;

  const command = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", ...args], { cwd: folder, encoding: "utf8" });

  const migrated = (name: string, format: string): Migrated => {
    const told = command("migrate", "--json", "--source", "./module", "--format", format);
    const { stacks } = JSON.parse(told) as { stacks: readonly Migrated[] };
    return stacks.find((stack) => stack.name === name) as Migrated;
  };

  const initialized = async (who: string, files: Readonly<Record<string, string>>): Promise<Deployment> => {
    const made = new Deployment(who, emulator.environment(REGION));
    deployments.push(made);
    made.write(files);
    await made.init();
    return made;
  };

  /** Deploys a stack, plans with the blocks, which leaves the state as it is, and then runs the commands. */
  const story = async (name: string): Promise<Story> => {
    const json = readFileSync(join(folder, `cdktf.out/stacks/${name}/cdk.tf.json`), "utf8");
    const stack = await initialized(`${name}, stack`, { "cdk.tf.json": json });
    await stack.apply();

    const module = [...terraformFiles(AuditTrail)].map(([path, content]) => [`module/${path}`, content] as const);
    const byBlocks = migrated(name, "moved");
    const withBlocks = await initialized(`${name}, moved`, { ...byBlocks.files, ...Object.fromEntries(module) });
    const plan = await withBlocks.succeed("plan", "-input=false", "-no-color");

    const byCommands = migrated(name, "state-mv");
    const withCommands = await initialized(`${name}, state mv`, { ...byCommands.files, ...Object.fromEntries(module) });
    await withCommands.shell(byCommands.commands);
    const changes = await withCommands.changes();
    const inState = (await withCommands.succeed("state", "list")).trim().split("\n");
    return { moves: byBlocks.moves, plan, changes, inState };
  };

  beforeAll(async () => {
    // JSON is YAML, too.
    const state = { s3: { bucket: STATE.bucket, region: REGION } };
    writeFileSync(join(folder, "audit-trail.yaml"), JSON.stringify({ state, trails: TRAILS }));
    command("synth");
    emulator = await Emulator.start("migrate");
    api = new Account(emulator, REGION);
    await api.makeVersionedBucket(STATE.bucket);
    // Both at once: for most of the time the provider waits for a lifecycle rule.
    await Promise.all(Object.keys(TRAILS).map(async (name) => stories.set(name, await story(name))));
  });

  afterAll(async () => {
    for (const each of deployments) {
      each.remove();
    }
    rmSync(folder, { recursive: true, force: true });
    api.close();
    await emulator.stop();
  });

  describe.each(Object.keys(TRAILS))("the configuration %s", (name) => {
    test("is moved by the blocks as a whole: the plan adds, changes and destroys nothing", () => {
      const { moves, plan } = stories.get(name) as Story;
      expect(moves.length).toBeGreaterThanOrEqual(8);
      const planned = [...plan.matchAll(/^ {2}# (\S+) has moved to (\S+)$/gm)].map(([, from, to]) => `${from} ${to}`);
      expect(planned.sort()).toEqual(moves.map(({ from, to }) => `${from} ${to}`).sort());
      expect(plan).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");
      expect(plan).not.toContain("Changes to Outputs");
    });

    test("is moved by the commands as a whole: then a plan finds nothing to do", () => {
      const { moves, changes, inState } = stories.get(name) as Story;
      expect(changes).toEqual({ any: false, addresses: [] });
      expect(inState.filter((address) => !address.includes(".data.")).sort()).toEqual(moves.map(({ to }) => to).sort());
    });
  });
});

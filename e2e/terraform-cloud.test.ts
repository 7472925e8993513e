import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Account } from "./support/account";
import { CdktfProject } from "./support/cdktf-project";
import { Cloud } from "./support/cloud";
import { writeConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION } from "./support/names";

const COMMAND = join(__dirname, "../build/run.cjs");
const BUCKET = "logs-that-are-there-already";

/** A trail in an existing bucket: what takes long is the bucket, and that is not what is tried here. */
function configuration(state: string, name: string, tag = "first"): string {
  return `state: { ${state} }
trails:
  ${name}:
    account_id: "${ACCOUNT_ID}"
    account_name: ${name}
    region: ${REGION}
    owner: Me
    tags: { Change: ${tag} }
    log_bucket: { existing_bucket: { name: ${BUCKET} } }
`;
}

describe("a workspace of HCP Terraform", () => {
  let emulator: Emulator;
  let account: Account;
  let cloud: Cloud;
  const folders: string[] = [];
  const deployments: Deployment[] = [];

  beforeAll(async () => {
    emulator = await Emulator.start("terraform-cloud");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(BUCKET);
    cloud = await Cloud.start({});
  });

  afterAll(async () => {
    for (const deployment of deployments) {
      deployment.remove();
    }
    for (const folder of folders) {
      rmSync(folder, { recursive: true, force: true });
    }
    account.close();
    await cloud.stop();
    await emulator.stop();
  });

  /** Somebody who has credentials for the account, and a token for the server. */
  const person = (name: string, token?: string): Deployment => {
    const deployment = new Deployment(name, { ...emulator.environment(REGION), ...cloud.environment(token) });
    deployments.push(deployment);
    return deployment;
  };

  /** The credentials of a remote run are variables of its workspace. */
  const variables = (): Parameters<Cloud["terraform"]["makeWorkspace"]>[2] =>
    Object.entries(emulator.environment(REGION)).map(([key, value]) => ({
      key,
      value,
      category: "env",
      sensitive: true,
    }));

  const addressesIn = (state: string | undefined): readonly string[] =>
    state === undefined
      ? []
      : (JSON.parse(state) as { resources: readonly { mode: string; type: string; name: string }[] }).resources
          .filter(({ mode }) => mode === "managed")
          .map(({ type, name }) => `${type}.${name}`);

  const expectNoSecretIn = (texts: readonly string[]): void => {
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      for (const secret of [cloud.token, emulator.credentials.accessKeyId, emulator.credentials.secretAccessKey]) {
        expect(text).not.toContain(secret);
      }
    }
  };

  describe("with local execution", () => {
    let deployer: Deployment;
    const states = (): readonly string[] => cloud.terraform.statesOf("local");

    beforeAll(async () => {
      cloud.terraform.makeWorkspace("local", "local");
      deployer = person("deployer");
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local"), "local");
      await deployer.init();
      await deployer.apply();
    });

    test("keeps the state, without a secret in it, and nothing of it is on the machine", async () => {
      expect(addressesIn(states().at(-1))).toEqual(["aws_cloudtrail.trail"]);
      expectNoSecretIn(states());
      expect(await deployer.changes()).toEqual({ any: false, addresses: [] });
      expect(deployer.files().filter((file) => /\.tfstate/.test(file))).toEqual([".terraform/terraform.tfstate"]);
      expect(deployer.read(".terraform/terraform.tfstate")).not.toContain(cloud.token);
    });

    test("two cannot apply at once: the second is refused, and changes nothing", async () => {
      const colleague = person("colleague");
      writeConfiguration(colleague, configuration(cloud.stateIn("local"), "local", "second"), "local");
      await colleague.init();
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local", "third"), "local");
      const proposed = await deployer.propose();
      const before = states();
      const refused = await colleague.terraform("apply", "-auto-approve", "-input=false", "-no-color");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("workspace already locked");
      expect(states()).toEqual(before);
      await proposed.approve();
      expect(states().at(-1)).toContain('"third"');
      expect(cloud.terraform.holderOf("local")).toBeUndefined();
    });

    test("a lock that was left behind keeps everybody out, until it is removed by the command that Terraform names", async () => {
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local", "fourth"), "local");
      const before = states();
      await (await deployer.propose()).kill();
      expect(states()).toEqual(before);
      const refused = await deployer.terraform("apply", "-auto-approve", "-input=false", "-no-color");
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("workspace already locked");
      await deployer.succeed("force-unlock", "-force", "acme/local");
      await deployer.apply();
      expect(states().at(-1)).toContain('"fourth"');
    });

    test("a wrong token is refused before anything is read or changed", async () => {
      const stranger = person("stranger", "a-wrong-token");
      writeConfiguration(stranger, configuration(cloud.stateIn("local"), "local", "other"), "local");
      const before = states();
      const { code, stderr } = await stranger.terraform("init", "-input=false", "-no-color");
      expect(code).toBe(1);
      expect(stderr).toMatch(/unauthorized|Required token/i);
      expect(stderr).not.toContain("a-wrong-token");
      expect(states()).toEqual(before);
    });

    test("a server that is restarted while Terraform applies is waited for", async () => {
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local", "fifth"), "local");
      const proposed = await deployer.propose();
      await cloud.server.stop();
      const applied = proposed.approve();
      // Until the trail is changed, nothing is asked of the server; then it is not there.
      while ((await account.readTrail("local-logs")).tags.Change !== "fifth") {
        await wait(50);
      }
      await wait(500);
      await cloud.server.start();
      await applied;
      expect(states().at(-1)).toContain('"fifth"');
      expect(cloud.terraform.holderOf("local")).toBeUndefined();
    });

    test("a token that ends while Terraform applies: the new state is in errored.tfstate, and is pushed from there", async () => {
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local", "sixth"), "local");
      const proposed = await deployer.propose();
      const before = states();
      cloud.server.token = "another";
      await expect(proposed.approve()).rejects.toThrow(/errored\.tfstate/);
      cloud.server.token = cloud.token;
      expect(states()).toEqual(before);
      expect(deployer.read("errored.tfstate")).toContain('"sixth"');
      await deployer.succeed("force-unlock", "-force", "acme/local");
      await deployer.succeed("state", "push", "errored.tfstate");
      expect(states().at(-1)).toContain('"sixth"');
      expect(await deployer.changes()).toEqual({ any: false, addresses: [] });
    });

    test("an upload of the state that is cut off is done again", async () => {
      writeConfiguration(deployer, configuration(cloud.stateIn("local"), "local", "seventh"), "local");
      cloud.server.failNext("PUT", /^\/uploads\/sv-[0-9a-f]+$/, "connection dropped");
      await deployer.apply();
      expect(states().at(-1)).toContain('"seventh"');
    });

    test("is left with no resource in its state when all is destroyed", async () => {
      await deployer.destroy();
      expect(addressesIn(states().at(-1))).toEqual([]);
      expect(await account.trails()).toEqual([]);
    });
  });

  describe("with remote execution", () => {
    const states = (): readonly string[] => cloud.terraform.statesOf("remote");
    let deployer: Deployment;

    beforeAll(async () => {
      cloud.terraform.makeWorkspace("remote", "remote", variables());
      // Without credentials for the account: those are with the workspace.
      deployer = new Deployment("asker", cloud.environment());
      deployments.push(deployer);
      writeConfiguration(deployer, configuration(cloud.stateIn("remote"), "remote"), "remote");
      await deployer.init();
    });

    test("plans on the server, and changes nothing", async () => {
      const planned = await deployer.succeed("plan", "-no-color", "-input=false");
      expect(planned).toContain("1 to add, 0 to change, 0 to destroy");
      expect(cloud.terraform.runsOf("remote")).toEqual(["planned_and_finished"]);
      expect(await account.trails()).toEqual([]);
    });

    test("applies on the server, with the output here, and the workspace has the state", async () => {
      const applied = await deployer.succeed("apply", "-auto-approve", "-no-color", "-input=false");
      expect(applied).toContain("Apply complete! Resources: 1 added");
      expect(addressesIn(states().at(-1))).toEqual(["aws_cloudtrail.trail"]);
      expectNoSecretIn(states());
      expect((await account.trails()).map(({ Name }) => Name)).toEqual(["remote-logs"]);
    });

    test("destroys on the server", async () => {
      const destroyed = await deployer.succeed("destroy", "-auto-approve", "-no-color", "-input=false");
      expect(destroyed).toContain("1 destroyed");
      expect(addressesIn(states().at(-1))).toEqual([]);
      expect(await account.trails()).toEqual([]);
    });
  });

  describe.each(["local", "remote"] as const)("with the cdktf command, and %s execution", (execution) => {
    const workspace = `cdktf-${execution}`;
    let project: CdktfProject;

    beforeAll(() => {
      cloud.terraform.makeWorkspace(workspace, execution, execution === "remote" ? variables() : []);
      project = new CdktfProject(
        { ...cloud.environment(), ...(execution === "local" && emulator.environment(REGION)) },
        configuration(cloud.stateIn(workspace), workspace),
      );
    });

    afterAll(() => {
      project.remove();
    });

    test("deploys, has then nothing to change, and destroys", async () => {
      const states = (): readonly string[] => cloud.terraform.statesOf(workspace);
      expect(await project.cdktf("deploy", workspace, "--auto-approve")).toMatchObject({ code: 0 });
      expect(addressesIn(states().at(-1))).toEqual(["aws_cloudtrail.trail"]);
      expect((await account.trails()).map(({ Name }) => Name)).toEqual([`${workspace}-logs`]);
      expectNoSecretIn(states());
      const { code, stdout } = await project.cdktf("diff", workspace);
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("No changes") });
      expect(await project.cdktf("destroy", workspace, "--auto-approve")).toMatchObject({ code: 0 });
      expect(addressesIn(states().at(-1))).toEqual([]);
      expect(await account.trails()).toEqual([]);
    });
  });

  describe("with runs that begin with a commit", () => {
    /** A repository in which somebody commits the folder of a stack, as it was written. */
    const committed = (workspace: string, state: string, args: readonly string[], folder: string): Buffer => {
      const repository = mkdtempSync(join(tmpdir(), "audit-trail-repository-"));
      folders.push(repository);
      writeFileSync(join(repository, "audit-trail.yaml"), configuration(state, workspace));
      const run = (program: string, ...words: readonly string[]): Buffer =>
        execFileSync(program, words, { cwd: repository, stdio: ["ignore", "pipe", "ignore"] });
      run(process.execPath, COMMAND, "cli", "synth", ...args);
      run("git", "init", "--quiet");
      run("git", "add", "--force", folder);
      run("git", "-c", "user.name=Me", "-c", "user.email=me@acme.example", "commit", "--quiet", "--message", "trail");
      return run("git", "archive", "--format=tar.gz", `HEAD:${folder}/stacks/${workspace}`);
    };

    test("what synth writes for a remote run is applied, and the workspace has the state", async () => {
      cloud.terraform.makeWorkspace("commits", "remote", variables());
      const archive = committed("commits", cloud.stateIn("commits"), ["--for", "remote-run"], "remote-run");
      expect((await cloud.terraform.commit("commits", archive)).status).toBe("applied");
      expect(addressesIn(cloud.terraform.statesOf("commits").at(-1))).toEqual(["aws_cloudtrail.trail"]);
      const again = await cloud.terraform.commit("commits", archive);
      expect(again.status).toBe("planned_and_finished");
    });

    test("a configuration that names another place ends as applied, and the workspace has no state", async () => {
      cloud.terraform.makeWorkspace("elsewhere", "remote", variables());
      const archive = committed("elsewhere", "local: { path: elsewhere.tfstate }", [], "cdktf.out");
      expect((await cloud.terraform.commit("elsewhere", archive)).status).toBe("applied");
      expect(cloud.terraform.statesOf("elsewhere")).toEqual([]);
    });
  });
});

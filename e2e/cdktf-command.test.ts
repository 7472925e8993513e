import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended } from "../__tests__/terraform/support/workspace";
import { Account } from "./support/account";
import { STACK } from "./support/default-configuration";
import { Emulator } from "./support/emulator";
import { NAMES, REGION, STATE } from "./support/names";
import { tell } from "./support/progress";

const ROOT = join(__dirname, "..");

describe("the cdktf command, without a terminal, on the project as it is committed", () => {
  let emulator: Emulator;
  let account: Account;
  let folder: string;

  /** Runs it and returns what it printed, without the colours that it always prints. */
  const cdktf = async (...args: readonly string[]): Promise<Ended> => {
    tell(`cdktf ${args.join(" ")}`);
    const ended = await new Promise<Ended>((resolve) => {
      const child = execFile(
        process.execPath,
        [join(ROOT, "node_modules/.bin/cdktf"), ...args],
        {
          cwd: folder,
          env: {
            ...process.env,
            ...emulator.environment(REGION),
            CHECKPOINT_DISABLE: "1",
            // Without the registry, providers can be installed from a mirror but not locked for other platforms.
            CDKTF_SKIP_PROVIDER_LOCK: "true",
          },
          maxBuffer: 1 << 26,
        },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
          // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and movements of the cursor
          resolve({ code, stdout: stdout.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ""), stderr });
        },
      );
      child.stdin?.end();
    });
    tell(`… ended with code ${ended.code}`);
    return ended;
  };

  beforeAll(async () => {
    emulator = await Emulator.start("cdktf-command");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    folder = mkdtempSync(join(tmpdir(), "audit-trail-cdktf-command-"));
    for (const path of ["cdktf.json", "audit-trail.yaml"]) {
      cpSync(join(ROOT, path), join(folder, path));
    }
    for (const path of ["build", "node_modules"]) {
      symlinkSync(join(ROOT, path), join(folder, path));
    }
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    account.close();
    await emulator.stop();
  });

  test("synthesizes and lists the stack", async () => {
    expect(await cdktf("synth")).toMatchObject({ code: 0 });
    const { code, stdout } = await cdktf("list");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${STACK}\\s+cdktf.out/stacks/${STACK}`));
  });

  test("shows what would be made", async () => {
    const { code, stdout } = await cdktf("diff", STACK);
    expect(code).toBe(0);
    expect(stdout).toContain("aws_cloudtrail.trail");
    expect(await account.trails()).toEqual([]);
  });

  test("deploys, and then has nothing to change", async () => {
    expect(await cdktf("deploy", STACK, "--auto-approve")).toMatchObject({ code: 0 });
    const { trail, logging } = await account.readTrail(NAMES.trail);
    expect(trail).toMatchObject({ LogFileValidationEnabled: true, S3BucketName: NAMES.logBucket });
    expect(logging).toBe(true);
    const { code, stdout } = await cdktf("diff", STACK);
    expect(code).toBe(0);
    expect(stdout).toContain("No changes");
  });

  test("destroys", async () => {
    expect(await cdktf("destroy", STACK, "--auto-approve")).toMatchObject({ code: 0 });
    expect(await account.trails()).toEqual([]);
    expect(await account.buckets()).toEqual([STATE.bucket]);
  });
});

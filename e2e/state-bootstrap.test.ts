import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { bootstrapSteps } from "../src/state";
import { Account } from "./support/account";
import { Bootstrapping } from "./support/bootstrapping";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION } from "./support/names";

const BUCKET = "acme-terraform-state";
const KEY = "audit-trail/state-bucket/terraform.tfstate";
const SOMEBODY_ELSES = "states-of-somebody-else";
const ACCOUNT = ["--account-id", ACCOUNT_ID];

const names = bootstrapSteps.map(({ name }) => name);
const MAKING = names.indexOf("make the bucket");
const MOVING = names.indexOf("move the state into the bucket");

function configuration(bucket: string): string {
  return `state:
  s3: { bucket: ${bucket}, region: ${REGION} }
trails:
  prod: { account_id: "${ACCOUNT_ID}", account_name: prod, region: ${REGION}, owner: Me }
`;
}

/** A state as it is found somewhere. */
interface Found {
  readonly lineage: string;
  readonly addresses: readonly string[];
}

// One life of one bucket, told in order: each test goes on where the one before ended.
describe("bootstrapping the bucket for states", () => {
  let emulator: Emulator;
  let account: Account;
  let person: Bootstrapping;
  /** The lineage of the state, from when there is one. */
  let lineage: string | undefined;

  beforeAll(async () => {
    emulator = await Emulator.start("state-bootstrap");
    account = new Account(emulator, REGION);
    person = new Bootstrapping(emulator.environment(REGION), configuration(BUCKET));
  });

  afterAll(async () => {
    person.remove();
    account.close();
    await emulator.stop();
  });

  const found = (text: string | undefined): readonly Found[] => {
    if (text === undefined || text === "") {
      return [];
    }
    const { lineage: known, resources } = JSON.parse(text) as {
      readonly lineage: string;
      readonly resources: readonly { readonly type: string; readonly name: string }[];
    };
    const addresses = resources.map(({ type, name }) => `${type}.${name}`).sort();
    return addresses.length === 0 ? [] : [{ lineage: known, addresses }];
  };

  const inBucket = async (): Promise<readonly Found[]> =>
    found(await account.readObject(BUCKET, KEY).catch(() => undefined));

  const onMachine = (): readonly Found[] =>
    ["terraform.tfstate", "terraform.tfstate.aside"].flatMap((file) => found(person.read(file)));

  test.each(names.slice(0, MAKING + 1))("killed before it begins to %s, it has made nothing", async (step) => {
    expect(await person.bootstrapUntil(step, ACCOUNT_ID)).toMatchObject({ signal: "SIGKILL", stderr: "" });
    expect(await account.buckets()).toEqual([]);
    expect(onMachine()).toEqual([]);
  });

  test("killed with Terraform when the bucket was made and not yet written down, it has one bucket", async () => {
    const child = person.begin("", ACCOUNT_ID);
    const ended = person.ended(child);
    while ((await account.buckets()).length === 0) {
      await wait(20);
    }
    process.kill(-(child.pid as number), "SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    // Terraform may have come to write it down: then it is as if it had not.
    rmSync(join(person.folder, "terraform.tfstate"), { force: true });
    expect(await account.buckets()).toEqual([BUCKET]);
  });

  test.each(names.slice(MAKING + 1))("killed before it begins to %s, it has the state, whole", async (step) => {
    const { signal, stdout, stderr } = await person.bootstrapUntil(step, ACCOUNT_ID);
    expect({ signal, stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    expect(stdout).toContain("going on: ");
    const remote = await inBucket();
    const all = [...onMachine(), ...remote];
    expect(all.length).toBeGreaterThanOrEqual(1);
    for (const { addresses } of all) {
      expect(addresses).toHaveLength(7);
    }
    lineage ??= all[0]?.lineage;
    // What is on the machine is the state of before to the end; what is in the bucket once that is read back.
    expect(onMachine().map((each) => each.lineage)).toEqual(onMachine().map(() => lineage));
    expect(remote).toHaveLength(names.indexOf(step) > MOVING ? 1 : 0);
    expect(await account.buckets()).toEqual([BUCKET]);
  });

  test("run to its end, the bucket has its own state, the same as from the beginning, and the machine none", async () => {
    const { code, stdout, stderr } = await person.command("state", "bootstrap", "--yes", ...ACCOUNT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`The bucket ${BUCKET} is made, and has its own state: s3://${BUCKET}/${KEY}`);
    expect((await inBucket()).map((each) => each.lineage)).toEqual([lineage]);
    for (const file of ["terraform.tfstate", "terraform.tfstate.backup", "terraform.tfstate.aside", "making.json"]) {
      expect(person.read(file)).toBeUndefined();
    }
    expect(await account.buckets()).toEqual([BUCKET]);
  });

  test("run once more, it has nothing to do, from any folder", async () => {
    const versions = await account.readVersions(BUCKET, KEY);
    const colleague = new Bootstrapping(emulator.environment(REGION), configuration(BUCKET));
    try {
      for (const each of [person, colleague]) {
        const { code, stdout } = await each.command("state", "bootstrap", "--yes", ...ACCOUNT);
        expect(code).toBe(0);
        expect(stdout).toContain("Nothing to do");
      }
      const deployment = new Deployment("colleague", emulator.environment(REGION));
      deployment.write({ "cdk.tf.json": colleague.read("cdk.tf.json") as string });
      await deployment.init();
      expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
      deployment.remove();
    } finally {
      colleague.remove();
    }
    expect(await account.readVersions(BUCKET, KEY)).toEqual(versions);
  });

  test("what it has made is fit, and its lock keeps two apart", async () => {
    const { code, stdout } = await person.command("state", "check", "--json", "--try-lock");
    expect(code).toBe(0);
    const { ok, buckets } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(buckets[0].findings.map(({ check }: { readonly check: string }) => check)).toEqual([
      "exists",
      "region",
      "versioning",
      "encryption",
      "public access block",
      "ownership",
      "TLS only",
      "lock",
    ]);
    expect(stdout).toContain("taken once, refused once, given back");
  });

  test("has another state in the way refused, and leaves both as they are", async () => {
    const stranger = new Bootstrapping(emulator.environment(REGION), configuration(BUCKET));
    try {
      await stranger.command("state", "bootstrap", "--yes", ...ACCOUNT);
      const other = JSON.stringify({ version: 4, serial: 3, lineage: "of-somebody-else", resources: [] });
      stranger.write("terraform.tfstate", other);
      const { code, stderr } = await stranger.command("state", "bootstrap", "--yes", ...ACCOUNT);
      expect(code).toBe(1);
      expect(stderr).toContain("is another state than that in");
      expect(stranger.read("terraform.tfstate")).toBe(other);
      expect((await inBucket()).map((each) => each.lineage)).toEqual([lineage]);
    } finally {
      stranger.remove();
    }
  });

  describe("where somebody else made the bucket", () => {
    let other: Bootstrapping;

    beforeAll(async () => {
      other = new Bootstrapping(emulator.environment(REGION), configuration(SOMEBODY_ELSES));
      const of = { Bucket: SOMEBODY_ELSES };
      const elsewhere = new Account(emulator, "eu-west-1");
      await elsewhere.s3.send(
        new CreateBucketCommand({ ...of, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
      );
      elsewhere.close();
      await account.s3.send(
        new PutBucketVersioningCommand({ ...of, VersioningConfiguration: { Status: "Suspended" } }),
      );
      await account.s3.send(new DeletePublicAccessBlockCommand(of));
      await account.s3.send(
        new PutBucketOwnershipControlsCommand({
          ...of,
          OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        }),
      );
    });

    afterAll(() => {
      other.remove();
    });

    test("it is left alone", async () => {
      const { code, stdout, stderr } = await other.command("state", "bootstrap", "--yes", ...ACCOUNT);
      expect(code).toBe(1);
      expect(stdout).toBe(`1/${names.length} ${names[0]}\n`);
      expect(stderr).toContain("somebody else made it. Nothing was changed.");
      expect(stderr).toContain("npm run audit-trail -- state check");
      expect(other.read("cdk.tf.json")).toBeUndefined();
    });

    test("what is wrong with it is told, each with what to do", async () => {
      const { code, stdout } = await other.command("state", "check", "--json");
      expect(code).toBe(1);
      const [{ findings }] = JSON.parse(stdout).buckets;
      const wrong = findings.filter(({ ok }: { readonly ok: boolean }) => !ok);
      expect(wrong.map(({ check }: { readonly check: string }) => check)).toEqual([
        "region",
        "versioning",
        // AWS encrypts every new bucket; here there is none until somebody says so.
        "encryption",
        "public access block",
        "ownership",
        "TLS only",
      ]);
      expect(wrong.every(({ remedy }: { readonly remedy: string | null }) => remedy !== null)).toBe(true);
    });

    test("one that is not there is told to be made", async () => {
      const nobody = new Bootstrapping(emulator.environment(REGION), configuration("states-of-nobody"));
      const { code, stdout } = await nobody.command("state", "check");
      nobody.remove();
      expect(code).toBe(1);
      expect(stdout).toContain("there is no such bucket");
      expect(stdout).toContain("to do: npm run audit-trail -- state bootstrap");
    });
  });

  test("credentials of another account are refused before anything is made", async () => {
    const wrong = new Bootstrapping(emulator.environment(REGION), configuration("states-elsewhere"));
    try {
      const { code, stderr } = await wrong.command("state", "bootstrap", "--yes", "--account-id", "444455556666");
      expect(code).toBe(1);
      expect(stderr).toContain("AWS account ID not allowed");
      expect(stderr).toContain("Nothing is lost.");
      expect(await account.buckets()).not.toContain("states-elsewhere");
    } finally {
      wrong.remove();
    }
  });
});

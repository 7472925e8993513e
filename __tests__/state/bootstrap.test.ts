import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { FILE, writeBeside } from "../../src/output/whole-file";
import { bootstrapSteps } from "../../src/state";
import { type Break, BrokenOff, BUCKET_RESOURCE, World } from "./support/world";

let world: World;

beforeEach(() => {
  world = new World();
});

afterEach(() => {
  world.remove();
});

/** What is left on the machine where all is done. */
const LEFT = ["terraform.tfstate", "terraform.tfstate.backup", "terraform.tfstate.aside", "making.json", "plan"];

/** That all is done, once, and that the state is still the first one. */
function expectDone(): void {
  expect(world.creations).toBe(1);
  expect(world.places()).toEqual(["the bucket"]);
  expect(world.remote?.lineage).toBe("lineage-1");
  expect(LEFT.filter((file) => world.read(file) !== undefined)).toEqual([]);
}

test("from nothing, the bucket is made and has its own state", async () => {
  expect(await world.bootstrap()).toBe("made");
  expectDone();
  const steps = bootstrapSteps.map(({ name }, index) => `${index + 1}/${bootstrapSteps.length} ${name}`);
  expect(world.told).toEqual(steps);
  expect(world.read("cdk.tf.json")).toContain('"prevent_destroy": true');
  expect(world.read(".gitignore")).toBe("*\n");
});

test("run again, there is nothing to do", async () => {
  await world.bootstrap();
  expect(await world.bootstrap()).toBe("nothing to do");
  expectDone();
});

describe("broken off", () => {
  const commands = 7;
  const breaks = Array.from({ length: commands }, (_, command) =>
    (["before", "within", "after"] as const).map((when): Break => ({ command, when })),
  ).flat();

  test.each(breaks)(
    "$when command $command of Terraform, it loses nothing, and goes on when it is run again",
    async (at) => {
      await expect(world.bootstrap(at)).rejects.toThrow(BrokenOff);
      if (world.isThere) {
        // Either the state has the bucket, or it is written down that it is about to be made.
        expect(world.places().length > 0 || existsSync(world.path("making.json"))).toBe(true);
      }
      expect(await world.bootstrap()).toBe("made");
      expectDone();
      expect(await world.bootstrap()).toBe("nothing to do");
    },
  );

  test.each(breaks)("$when command $command of Terraform again and again, it loses nothing", async (at) => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await world.bootstrap(at).catch(() => undefined);
    }
    expect(["made", "nothing to do"]).toContain(await world.bootstrap());
    expectDone();
  });

  test.each(bootstrapSteps.map(({ name }) => name))(
    "before it begins to %s, it goes on when it is run again",
    async (step) => {
      const breakOff = (name: string): void => {
        if (name === step) {
          throw new BrokenOff();
        }
      };
      await expect(world.bootstrap(undefined, breakOff)).rejects.toThrow(BrokenOff);
      expect(await world.bootstrap()).toBe("made");
      expectDone();
    },
  );

  test("and the bucket gone before the state was moved, it makes the bucket again", async () => {
    const step = "move the state into the bucket";
    await expect(
      world.bootstrap(undefined, (name) => {
        if (name === step) {
          throw new BrokenOff();
        }
      }),
    ).rejects.toThrow(BrokenOff);
    world.isThere = false;
    // As a move leaves it that was broken off within.
    writeFileSync(world.path("terraform.tfstate"), "");
    expect(await world.bootstrap()).toBe("made");
    expect(world.creations).toBe(2);
    expect(world.remote?.lineage).toBe("lineage-1");
  });
});

describe("the state", () => {
  /** Bootstraps until a step begins. */
  const until = async (step: string): Promise<void> => {
    const breakOff = (name: string): void => {
      if (name === step) {
        throw new BrokenOff();
      }
    };
    await expect(world.bootstrap(undefined, breakOff)).rejects.toThrow(BrokenOff);
  };

  test("that is lost beside the stack before it is moved is taken from the copy", async () => {
    await until("move the state into the bucket");
    writeFileSync(world.path("terraform.tfstate"), "");
    expect(await world.bootstrap()).toBe("made");
    expectDone();
  });

  test("that was changed in the bucket, before it was removed from the machine, is that of the bucket", async () => {
    await until("remove the state from this machine");
    const changed = { ...(world.remote as NonNullable<typeof world.remote>), serial: 20, resources: [BUCKET_RESOURCE] };
    world.remote = changed;
    expect(await world.bootstrap()).toBe("made");
    expectDone();
    expect(world.remote).toEqual(changed);
  });

  test("that is another one when it is read back is told, and the copy stays", async () => {
    const meddle = (step: string): void => {
      if (step === "read the state back and compare") {
        world.remote = { ...(world.remote as NonNullable<typeof world.remote>), lineage: "x" };
      }
    };
    await expect(world.bootstrap(undefined, meddle)).rejects.toThrow(
      "is not the state that was moved there: lineage x, serial 3, and before lineage-1, 2. The state of before is in",
    );
    expect(world.places()).toContain("terraform.tfstate.aside");
  });

  test("is removed from the machine in an order in which the copy goes last", async () => {
    await until("remove the state from this machine");
    mkdirSync(world.path("terraform.tfstate.backup"));
    await expect(world.bootstrap()).rejects.toThrow();
    expect(world.read("making.json")).toBeUndefined();
    expect(world.places()).toContain("terraform.tfstate.aside");
    rmdirSync(world.path("terraform.tfstate.backup"));
    expect(await world.bootstrap()).toBe("made");
    expectDone();
  });
});

describe("what is in the way is left as it is:", () => {
  test("a bucket that no state has", async () => {
    world.isThere = true;
    await expect(world.bootstrap()).rejects.toThrow(
      "the bucket states is there already, and no state has it: somebody else made it. Nothing was changed. Whether it " +
        "is fit to keep states: npx cdktf-audit-trail state check",
    );
    expect(existsSync(world.folder)).toBe(false);
  });

  test("a bucket whose state is of something else", async () => {
    world.isThere = true;
    world.remote = { version: 4, lineage: "x", serial: 1, resources: [] };
    await expect(world.bootstrap()).rejects.toThrow("does not have it: somebody else made it");
    expect(existsSync(world.folder)).toBe(false);
  });

  test("a bucket of another account", async () => {
    world.isClosed = true;
    await expect(world.bootstrap()).rejects.toThrow("is there, and not in the account 111122223333, or closed");
  });

  test("a bucket that was made for another configuration, though one was about to be made here", async () => {
    await expect(world.bootstrap({ command: 2, when: "before" })).rejects.toThrow(BrokenOff);
    writeFileSync(
      world.path("making.json"),
      '{"bucket":"other","account_id":"111122223333","region":"eu-central-1"}\n',
    );
    world.isThere = true;
    await expect(world.bootstrap()).rejects.toThrow("somebody else made it");
  });

  test("another state on the machine than in the bucket", async () => {
    await world.bootstrap();
    const other = JSON.stringify({ version: 4, lineage: "x", serial: 1, resources: [] });
    writeFileSync(world.path("terraform.tfstate"), other);
    await expect(world.bootstrap()).rejects.toThrow("is another state than that in");
    expect(world.read("terraform.tfstate")).toBe(other);
    expect(world.remote?.lineage).toBe("lineage-1");
  });

  test("a state that cannot be read", async () => {
    mkdirSync(world.folder, { recursive: true });
    writeFileSync(world.path("terraform.tfstate"), '{"version":4,');
    await expect(world.bootstrap()).rejects.toThrow("is no state that can be read; nothing was changed");
    expect(world.read("terraform.tfstate")).toBe('{"version":4,');
    expect(world.creations).toBe(0);
  });
});

test("half a state, written when the bucket was made, is set aside, and the bucket is taken up from the account", async () => {
  await world
    .bootstrap(undefined, (step) => {
      if (step === "copy the state aside") {
        throw new Error("the disk is full");
      }
    })
    .catch(() => undefined);
  expect(world.read("making.json")).toBeDefined();
  writeFileSync(world.path("terraform.tfstate"), '{"version":4,');
  expect(await world.bootstrap()).toBe("made");
  expect(world.creations).toBe(1);
  expect(world.read("terraform.tfstate.unreadable")).toBeUndefined();
});

test("where nobody agrees, nothing is made, and nothing remains of the plan", async () => {
  world.approves = false;
  expect(await world.bootstrap()).toBe("declined");
  expect(world.creations).toBe(0);
  expect(world.read("plan")).toBeUndefined();
});

test("an old Terraform is refused where a lock file is wanted", async () => {
  world.version = "1.9.8";
  await expect(world.bootstrap()).rejects.toThrow("Terraform 1.9.8 has no lock file in S3: install 1.10 or later");
});

test("where Terraform fails, it is told what is there and what to do", async () => {
  await world.bootstrap({ command: 3, when: "before" }).catch(() => undefined);
  // The bucket went away while the state was about to be moved.
  const failing = world.bootstrap(undefined, (step) => {
    world.isThere = step === "look at the bucket and its state" || world.isThere;
    if (step === "move the state into the bucket") {
      world.isThere = false;
    }
  });
  await expect(failing).rejects.toThrow(
    "NoSuchBucket\n\nNothing is lost. After the step before: The bucket is there, empty. `terraform.tfstate` and " +
      "`terraform.tfstate.aside` in the folder have the state.\nThe folder is ",
  );
});

test("where a lock was left behind, it is told how to remove it, and then it goes on", async () => {
  world.lock = "1234-abcd";
  await expect(world.bootstrap()).rejects.toThrow(
    `terraform -chdir=${world.folder} force-unlock 1234-abcd\n\nNothing is lost.`,
  );
  world.lock = undefined;
  expect(await world.bootstrap()).toBe("made");
  expectDone();
});

test("the command that removes a lock can be pasted into a shell, whatever the folder is called", async () => {
  const other = new World("state $(bucket)");
  other.lock = "1234-abcd";
  try {
    await expect(other.bootstrap()).rejects.toThrow(`terraform -chdir='${other.folder}' force-unlock 1234-abcd\n`);
  } finally {
    other.remove();
  }
});

test("of a state that somebody was writing when he was broken off, nothing stays on this machine", async () => {
  await world.bootstrap(undefined, (step) => {
    if (step === "remove the state from this machine") {
      writeBeside(world.path("terraform.tfstate.aside"), "half a st", FILE.kept);
    }
  });
  expect(readdirSync(world.folder).filter((name) => name.includes("tfstate"))).toEqual([]);
});

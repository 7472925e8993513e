import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BootstrapEnd,
  type BootstrapMeans,
  bootstrap,
  type StateBucketTarget,
  StateProblem,
  Terraform,
} from "../../../src/state";

/** The state of the bucket, as its stack has it. */
interface FakeState {
  readonly version: 4;
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly object[];
}

/** Where a run is broken off: at a command of Terraform, by its number. */
export interface Break {
  readonly command: number;
  /** Before it did anything, half-way, or when it had done all but tell. */
  readonly when: "before" | "within" | "after";
}

/** Thrown where a run is broken off. */
export class BrokenOff extends Error {}

const BUCKET = "states";
const KEY = "audit-trail/state-bucket/terraform.tfstate";

export const target: StateBucketTarget = {
  bucket: BUCKET,
  region: "eu-central-1",
  accountId: "111122223333",
  state: { backend: "s3", settings: { bucket: BUCKET, key: KEY, region: "eu-central-1", use_lockfile: true } },
  provider: { profile: null, role_arn: null },
  keyArn: null,
  usesLockFile: true,
  stateKeys: { prod: "audit-trail/prod/terraform.tfstate" },
};

/** The bucket, as it stands in a state. */
export const BUCKET_RESOURCE = {
  type: "aws_s3_bucket",
  name: "state_bucket",
  instances: [{ attributes: { bucket: BUCKET, id: BUCKET } }],
};
const OTHERS = [
  { type: "aws_s3_bucket_versioning", name: "state_bucket", instances: [{ attributes: { id: BUCKET } }] },
];

/** An account with one bucket at most, and a machine on which Terraform does what it does, as far as it matters here. */
export class World {
  readonly folder: string;
  /** How often the bucket was made. */
  creations = 0;
  isThere = false;
  isClosed = false;
  /** What lies in the bucket under the key of its state. */
  remote: FakeState | undefined;
  /** The lineages that Terraform gave to states. */
  readonly lineages: string[] = [];
  readonly told: string[] = [];
  version = "1.11.4";
  /** The lock that somebody has on the state in the bucket. */
  lock: string | undefined;
  approves = true;

  constructor(name = "state-bucket") {
    this.folder = join(mkdtempSync(join(tmpdir(), "audit-trail-world-")), name);
  }

  /** Bootstraps; broken off where that is said. */
  bootstrap(at?: Break, before?: (step: string) => void): Promise<BootstrapEnd> {
    const means: BootstrapMeans = {
      target,
      accountId: "111122223333",
      terraform: new FakeTerraform(this.folder, this, at),
      bucket: {
        presence: async () => (this.isClosed ? "closed" : this.isThere ? "there" : "absent"),
        object: async () => (this.remote === undefined ? undefined : JSON.stringify(this.remote)),
      },
      approve: async () => this.approves,
      tell: (line) => this.told.push(line),
      ...(before === undefined ? {} : { before }),
    };
    return bootstrap(means);
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string | undefined {
    return existsSync(this.path(file)) ? readFileSync(this.path(file), "utf8") : undefined;
  }

  /** Where the state is that has the bucket: whole, and of the first lineage or a copy of the same content. */
  places(): readonly string[] {
    const has = (text: string | undefined): boolean => text?.includes('"aws_s3_bucket"') === true;
    return [
      ...["terraform.tfstate", "terraform.tfstate.aside"].filter((file) => has(this.read(file))),
      ...(has(JSON.stringify(this.remote)) ? ["the bucket"] : []),
    ];
  }

  newLineage(): string {
    const lineage = `lineage-${this.lineages.length + 1}`;
    this.lineages.push(lineage);
    return lineage;
  }

  remove(): void {
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }
}

/** Terraform, without Terraform: what it does to files and to the account. */
class FakeTerraform extends Terraform {
  private count = 0;

  constructor(
    folder: string,
    private readonly world: World,
    private readonly at: Break | undefined,
  ) {
    super(folder);
  }

  override async run(args: readonly string[]): Promise<number> {
    return this.breakable((within) => this.act(args, within));
  }

  override async read(args: readonly string[]): Promise<string> {
    switch (args[0]) {
      case "version":
        return JSON.stringify({ terraform_version: this.world.version });
      case "show":
        return JSON.stringify({
          resource_changes: [{ address: "aws_s3_bucket.state_bucket", change: { actions: ["create"] } }],
        });
      default:
        return this.breakable(() => (this.world.remote === undefined ? "" : JSON.stringify(this.world.remote)));
    }
  }

  private breakable<T>(act: (within: boolean) => T): T {
    const when = this.at?.command === this.count ? this.at.when : undefined;
    this.count += 1;
    if (when === "before") {
      throw new BrokenOff();
    }
    const result = act(when === "within");
    if (when !== undefined) {
      throw new BrokenOff();
    }
    return result;
  }

  private act(args: readonly string[], within: boolean): number {
    switch (args[0]) {
      case "init":
        return this.init(args, within);
      case "import":
        this.write([BUCKET_RESOURCE]);
        return 0;
      case "plan":
        writeFileSync(this.world.path("plan"), "");
        return this.world.isThere && this.local?.resources.length === 2 ? 0 : 2;
      case "apply":
        return this.apply(within);
      case "state":
        this.push();
        return 0;
      default:
        throw new Error(`terraform ${args.join(" ")} is not known here`);
    }
  }

  private init(args: readonly string[], within: boolean): number {
    const isInBucket = this.world.read("cdk.tf.json")?.includes('"s3"') === true;
    if (args.includes("-migrate-state") && isInBucket && this.local !== undefined) {
      if (!this.world.isThere) {
        throw new StateProblem("NoSuchBucket");
      }
      if (this.world.lock !== undefined) {
        throw new StateProblem(
          `Error: Error acquiring the state lock\n\nLock Info:\n  ID:        ${this.world.lock}\n`,
        );
      }
      // A state that comes to where there is none gets a new lineage.
      this.world.remote = { ...this.local, lineage: this.world.newLineage(), serial: 1 };
      if (!within) {
        // Of a state that it finds beside the stack, it empties the file.
        writeFileSync(this.world.path("terraform.tfstate"), "");
      }
    } else if (isInBucket && this.local !== undefined) {
      throw new StateProblem("Can't ask approval for state migration when interactive input is disabled.");
    }
    return 0;
  }

  private apply(within: boolean): number {
    if (!this.world.isThere) {
      this.world.isThere = true;
      this.world.creations += 1;
      if (within) {
        return 0;
      }
    } else if (this.local === undefined) {
      throw new StateProblem("BucketAlreadyOwnedByYou");
    }
    this.write([BUCKET_RESOURCE]);
    if (!within) {
      this.write([BUCKET_RESOURCE, ...OTHERS]);
    }
    return 0;
  }

  private push(): void {
    const aside = JSON.parse(this.world.read("terraform.tfstate.aside") as string) as FakeState;
    this.world.remote = { ...aside, serial: aside.serial + 1 };
  }

  private get local(): FakeState | undefined {
    const text = this.world.read("terraform.tfstate");
    return text === undefined || text === "" ? undefined : (JSON.parse(text) as FakeState);
  }

  private write(resources: readonly object[]): void {
    const { lineage = this.world.newLineage(), serial = 0 } = this.local ?? {};
    const state: FakeState = { version: 4, lineage, serial: serial + 1, resources };
    writeFileSync(this.world.path("terraform.tfstate"), JSON.stringify(state));
  }
}

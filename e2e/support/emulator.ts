import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { tell } from "./progress";

const FOLDER = join(__dirname, "..", "emulator");
const ENVIRONMENT = join(__dirname, "..", "..", ".build", "emulator");

/** Long and odd enough that they can be looked for in what Terraform writes. */
const CREDENTIALS = {
  accessKeyId: "EMULATORACCESSKEYID1",
  secretAccessKey: "emulator/secret+access/key/7f3b9c5d",
};

/** What the emulator says of itself when it listens. */
interface Description {
  readonly url: string;
  readonly account: string;
  readonly repairs: readonly string[];
}

/** How an emulator is started. */
export interface EmulatorOptions {
  /** Whether it is moto as published, without the project's repairs. Default: false. */
  readonly plain?: boolean;
  /** The account that every credential belongs to. Default: that of the tests. */
  readonly account?: string;
}

/** A running emulator of AWS, empty at first, on a port of its own. */
export class Emulator {
  readonly credentials = CREDENTIALS;

  private constructor(
    readonly name: string,
    private readonly server: ChildProcessWithoutNullStreams,
    private readonly description: Description,
  ) {}

  /**
   * Starts one. It is installed before all tests: see prepare.ts.
   *
   * @param name the name of its log in `.build/emulator`
   */
  static async start(name: string, { plain = false, account }: EmulatorOptions = {}): Promise<Emulator> {
    const log = join(ENVIRONMENT, `${name}.log`);
    const server = spawn(join(ENVIRONMENT, "bin", "python"), [
      join(FOLDER, "emulator.py"),
      "--attached",
      ...(plain ? ["--plain"] : []),
      ...(account === undefined ? [] : ["--account", account]),
    ]);
    server.stderr.pipe(createWriteStream(log));
    const description = await Promise.race([
      once(createInterface(server.stdout), "line").then(([line]) => JSON.parse(line as string) as Description),
      once(server, "exit").then(([code]) => {
        throw new Error(`the emulator ended with code ${code} before it listened: see ${log}`);
      }),
    ]);
    const emulator = new Emulator(name, server, description);
    await fetch(`${emulator.url}/moto-api/`);
    tell(`${name}: emulator ${plain ? "without repairs " : ""}at ${emulator.url}`);
    return emulator;
  }

  /** Where it listens. An IP address: a name would have the bucket put before it. */
  get url(): string {
    return this.description.url;
  }

  /** The account that every credential belongs to. */
  get account(): string {
    return this.description.account;
  }

  /** The names of the repairs that it has. */
  get repairs(): readonly string[] {
    return this.description.repairs;
  }

  /** The environment in which Terraform, its S3 backend and the AWS provider talk to it instead of to AWS. */
  environment(region: string): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: this.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.credentials.secretAccessKey,
      AWS_REGION: region,
    };
  }

  /** Empties it. */
  async reset(): Promise<void> {
    await fetch(`${this.url}/moto-api/reset`, { method: "POST" });
  }

  async stop(): Promise<void> {
    const ended = once(this.server, "exit");
    this.server.stdin.end();
    await ended;
  }
}

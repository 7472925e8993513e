import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { type Ended, Workspace } from "../../__tests__/terraform/support/workspace";
import { onFullDisk, ownEnvironment } from "./processes";
import { tell } from "./progress";

/** What of Terraform's output is worth telling while it runs. */
const WORTH_TELLING = /^\w+\.\w+: (?!Refreshing)|^(Plan|No changes|Apply complete|Destroy complete)/;

/** A plan says whether there is anything to do. */
export interface Changes {
  readonly any: boolean;
  /** The addresses of the resources that would change. */
  readonly addresses: readonly string[];
}

/** A folder from which somebody deploys with the real Terraform, as told on the way. */
export class Deployment extends Workspace {
  /**
   * @param who tells one deployment from others in what is told
   * @param reaching the environment in which Terraform reaches an account
   */
  constructor(
    private readonly who: string,
    private readonly reaching: Readonly<Record<string, string>>,
  ) {
    super(reaching);
  }

  override async terraform(...args: readonly string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** Initializes, with the backend. */
  override async init(): Promise<void> {
    await this.succeed("init", "-input=false", "-no-color");
  }

  /** The files that there are, without those of providers. */
  files(): readonly string[] {
    return readdirSync(this.path, { recursive: true, encoding: "utf8" }).filter(
      (path) => !path.includes("providers") && statSync(join(this.path, path)).isFile(),
    );
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), "utf8");
  }

  async apply(): Promise<void> {
    await this.succeed("apply", "-auto-approve", "-input=false", "-no-color");
  }

  async destroy(): Promise<void> {
    await this.succeed("destroy", "-auto-approve", "-input=false", "-no-color");
  }

  /** What an apply would change, by the code with which `plan -detailed-exitcode` ends. */
  async changes(): Promise<Changes> {
    const ended = await this.terraform("plan", "-detailed-exitcode", "-input=false", "-no-color");
    if (ended.code !== 0 && ended.code !== 2) {
      throw new Error(`terraform plan failed:\n${ended.stdout}\n${ended.stderr}`);
    }
    const addresses = [...ended.stdout.matchAll(/^ {2}# (\S+) (?:will|must) be /gm)].map(([, address]) => `${address}`);
    return { any: ended.code === 2, addresses: addresses.sort() };
  }

  /** Runs Terraform where no file can grow beyond 512 bytes, as on a disk that is full. */
  onFullDisk(...args: readonly string[]): Promise<Ended> {
    return this.start(onFullDisk(1, "terraform", args), "sh").ended;
  }

  /** Runs Terraform as a person does who gives one answer to whatever is asked. Does not throw where it fails. */
  async answered(answer: string, ...args: readonly string[]): Promise<Ended> {
    const run = this.start(args);
    run.answer(answer);
    return run.ended;
  }

  /** The same; throws what was printed where it fails. */
  async answering(answer: string, ...args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await this.answered(answer, ...args);
    if (code !== 0) {
      throw new Error(`terraform ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    }
  }

  /** Begins an apply as a person does, who is asked before anything changes. Until then it holds the lock. */
  async propose(): Promise<ProposedApply> {
    const run = this.start(["apply", "-no-color"]);
    await run.asked;
    tell(`${this.who}: … waits for approval`);
    return new ProposedApply(run);
  }

  /** Runs commands as a person does who copies them into a shell. Throws what they printed where one fails. */
  async shell(commands: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await this.start(["-e", "-c", commands.join("\n")], "sh").ended;
    if (code !== 0) {
      throw new Error(`the commands failed:\n${stdout}\n${stderr}`);
    }
  }

  private start(args: readonly string[], program = "terraform"): Run {
    tell(`${this.who}: ${program} ${args.join(" ")}`);
    return new Run(
      spawn(program, args, { cwd: this.path, env: this.environmentOfRuns(), stdio: ["pipe", "pipe", "pipe"] }),
      (line) => tell(`${this.who}:   ${line}`),
      (code) => tell(`${this.who}: … ${code === null ? "was killed" : `ended with code ${code}`}`),
    );
  }

  private environmentOfRuns(): NodeJS.ProcessEnv {
    return { ...ownEnvironment(), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...this.reaching };
  }
}

/** An apply that has planned, holds the lock, and waits for a person to say yes. */
export class ProposedApply {
  constructor(private readonly run: Run) {}

  /** Says yes, and waits until all is applied. */
  async approve(): Promise<void> {
    this.run.answer("yes");
    const ended = await this.run.ended;
    if (ended.code !== 0) {
      throw new Error(`terraform apply failed:\n${ended.stdout}\n${ended.stderr}`);
    }
  }

  /** Ends it so that it cannot clean up, as when a machine goes down. */
  async kill(): Promise<void> {
    this.run.kill();
    await this.run.ended;
  }
}

/** One run of Terraform. */
class Run {
  readonly ended: Promise<Ended>;
  /** Resolves when Terraform asks for approval; rejects where it ends before. */
  readonly asked: Promise<void>;
  private stdout = "";
  private stderr = "";

  constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>,
    tellLine: (line: string) => void,
    tellEnd: (code: number | null) => void,
  ) {
    const lines = new PassThrough();
    createInterface(lines).on("line", (line) => WORTH_TELLING.test(line) && tellLine(line));
    child.stdout.setEncoding("utf8").pipe(lines);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    const question = new Promise<void>((resolve) => {
      child.stdout.on("data", (text: string) => {
        this.stdout += text;
        if (this.stdout.includes("Enter a value:")) {
          resolve();
        }
      });
    });
    this.ended = once(child, "close").then(([code]: (number | null)[]) => {
      tellEnd(code ?? null);
      return { code: code ?? 1, stdout: this.stdout, stderr: this.stderr };
    });
    this.asked = Promise.race([
      question,
      this.ended.then(({ stdout, stderr }) => {
        throw new Error(`terraform ended without asking for approval:\n${stdout}\n${stderr}`);
      }),
    ]);
    // Most runs ask nothing.
    this.asked.catch(() => undefined);
  }

  answer(text: string): void {
    this.child.stdin.write(`${text}\n`);
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

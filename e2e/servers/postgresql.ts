import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Where Debian has the programs of the server. */
const VERSIONS = "/usr/lib/postgresql";
const USER = "terraform";
/** Long and odd enough that it can be looked for in what is written. */
const PASSWORD = "password-of-postgresql-4d7e1b";

/** A PostgreSQL server of its own, empty, which asks for a password. */
export class PostgreSql {
  readonly password = PASSWORD;
  private readonly folder = mkdtempSync(join(tmpdir(), "audit-trail-postgresql-"));
  private readonly programs = programFolder();
  /** The id of the user that owns what the server has; undefined where that is whoever runs the tests. */
  private readonly owner = process.getuid?.() === 0 ? Number(execFileSync("id", ["--user", "postgres"])) : undefined;
  private server: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** Starts one. PostgreSQL does not run as root: there, it runs as the user `postgres` that its package makes. */
  static async start(): Promise<PostgreSql> {
    const postgresql = new PostgreSql(await freePort());
    const { folder, owner } = postgresql;
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, PASSWORD);
    if (owner !== undefined) {
      for (const path of [folder, passwordFile]) {
        chownSync(path, owner, owner);
      }
    }
    const data = join(folder, "data");
    const initialize = ["--pgdata", data, "--username", USER, "--pwfile", passwordFile, "--auth", "scram-sha-256"];
    const [program, ...words] = postgresql.asOwner("initdb", ...initialize);
    execFileSync(program, words, { cwd: folder, stdio: "ignore" });
    await postgresql.listen();
    return postgresql;
  }

  /** The address with the password: a secret, which Terraform takes from `PG_CONN_STR`. */
  get address(): string {
    return `postgres://${USER}:${PASSWORD}@127.0.0.1:${this.port}/postgres?sslmode=disable`;
  }

  async listen(): Promise<void> {
    const settings = ["-D", join(this.folder, "data"), "-p", String(this.port), "-k", this.folder];
    const [program, ...words] = this.asOwner("postgres", ...settings, "-h", "127.0.0.1");
    this.server = spawn(program, words, { cwd: this.folder, stdio: "ignore" });
    const ready = ["-h", "127.0.0.1", "-p", String(this.port), "-q"];
    while (spawnSync(join(this.programs, "pg_isready"), ready).status !== 0) {
      if (this.server.exitCode !== null) {
        throw new Error(`PostgreSQL ended with code ${this.server.exitCode} before it listened`);
      }
      await wait(50);
    }
  }

  /** Stops at once, as when a machine goes down. What was committed stays. */
  async interrupt(): Promise<void> {
    if (this.server !== undefined) {
      const ended = once(this.server, "exit");
      const [program, ...words] = this.asOwner("pg_ctl", "stop", "-m", "immediate", "-D", join(this.folder, "data"));
      execFileSync(program, words, { cwd: this.folder, stdio: "ignore" });
      await ended;
      this.server = undefined;
    }
  }

  async stop(): Promise<void> {
    await this.interrupt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a statement, and returns what it printed, bare. */
  query(statement: string): string {
    return execFileSync("psql", [this.address, "--no-align", "--tuples-only", "--command", statement], {
      encoding: "utf8",
    }).trim();
  }

  private asOwner(program: string, ...args: readonly string[]): readonly [string, ...string[]] {
    const path = join(this.programs, program);
    return this.owner === undefined
      ? [path, ...args]
      : ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", path, ...args];
  }
}

function programFolder(): string {
  const [newest] = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((left, right) => +right - +left) : [];
  if (newest === undefined) {
    throw new Error(`PostgreSQL is not installed: there is no ${VERSIONS} (apt-get install postgresql)`);
  }
  return join(VERSIONS, newest, "bin");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  return port;
}

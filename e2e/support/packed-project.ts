import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../../__tests__/terraform/support/workspace";
import { PACKAGE } from "./prepare";

const ROOT = join(__dirname, "../..");

/** The files of an example that are there before it is installed and compiled. */
const MADE = /^(node_modules|cdktf\.out|package-lock\.json)$|\.(js|d\.ts)$/;

/** An example in a folder of its own, with this package as npm would publish it. */
export class PackedProject {
  private readonly workspace = new Workspace();
  readonly path = this.workspace.path;

  /**
   * @param example the folder below `examples`
   * @param dependencies what is installed in the place of what its `package.json` says
   */
  constructor(example: string, dependencies: Readonly<Record<string, string>> = {}) {
    const folder = join(ROOT, "examples", example);
    for (const name of readdirSync(folder).filter((each) => !MADE.test(each))) {
      cpSync(join(folder, name), join(this.path, name), { recursive: true });
    }
    cpSync(PACKAGE, join(this.path, "tarball"), { recursive: true });
    const [tarball] = readdirSync(PACKAGE);
    const manifest = JSON.parse(this.read("package.json"));
    Object.assign(manifest.dependencies, { "cdktf-audit-trail": `file:tarball/${tarball}` }, dependencies);
    this.workspace.write({ "package.json": JSON.stringify(manifest) });
    this.run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
  }

  /** Runs a command in the folder, and returns what it printed. */
  run(command: string, ...args: readonly string[]): string {
    return execFileSync(command, args, { cwd: this.path, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), "utf8");
  }

  remove(): void {
    this.workspace.remove();
  }
}

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Where the package is, as npm would publish it. */
export const PACKAGE = join(ROOT, ".build/package");

/** What tests that run beside each other share: the emulator is installed, and the package made, once before all. */
export default function prepare(): void {
  const { status } = spawnSync(join(ROOT, "e2e/emulator/install"), { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    throw new Error(`the installation of the emulator ended with code ${status}`);
  }
  rmSync(PACKAGE, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  // What npm does before it packs is a script, and those of packages are off here.
  for (const args of [
    ["run", "build"],
    ["pack", "--pack-destination", PACKAGE],
  ]) {
    execFileSync("npm", args, { cwd: ROOT, stdio: "ignore" });
  }
}

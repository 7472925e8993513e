import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Installs the scanners where that is not done yet: once, before all tests. */
export default function install(): void {
  const { status } = spawnSync(join(__dirname, "..", "install"), { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    throw new Error(`the installation of the scanners ended with code ${status}`);
  }
}

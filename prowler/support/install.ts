import { spawnSync } from "node:child_process";
import { ROOT } from "./prowler";

/** Installs Prowler and the emulator where that is not done yet: once, before all tests. */
export default function install(): void {
  for (const script of ["e2e/emulator/install", "prowler/install"]) {
    const { status } = spawnSync(script, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) {
      throw new Error(`${script} ended with code ${status}`);
    }
  }
}

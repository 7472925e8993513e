import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StateProblem, Terraform } from "../state";
import { PublishProblem } from "./problem";

/**
 * Refuses a module that Terraform does not take: initializes and validates it in a temporary folder.
 *
 * @throws PublishProblem with what Terraform said
 */
export async function checkWithTerraform(name: string, files: ReadonlyMap<string, string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-publish-"));
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const terraform = new Terraform(folder);
    await terraform.read(["init", "-backend=false", "-input=false", "-no-color"]);
    await terraform.read(["validate", "-no-color"]);
  } catch (error) {
    throw error instanceof StateProblem
      ? new PublishProblem(`${name}: Terraform does not take it; nothing was published. ${error.message}`)
      : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package-folder";

let text: string | undefined;

/** The licence of this package. */
export function licenseText(): string {
  text ??= readFileSync(join(packageFolder(), "LICENSE"), "utf8");
  return text;
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

let text: string | undefined;

/** The licence of this package. */
export function licenseText(): string {
  text ??= readFileSync(join(packageFolder(__dirname), "LICENSE"), "utf8");
  return text;
}

/** The folder of this package, also when its code lies in a build folder. */
function packageFolder(from: string): string {
  if (existsSync(join(from, "package.json")) && existsSync(join(from, "LICENSE"))) {
    return from;
  }
  const above = dirname(from);
  if (above === from) {
    throw new Error("the LICENSE of cdktf-audit-trail is missing");
  }
  return packageFolder(above);
}

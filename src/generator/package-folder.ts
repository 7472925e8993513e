import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, also when its code lies in a build folder. */
export function packageFolder(from = __dirname): string {
  if (existsSync(join(from, "package.json")) && existsSync(join(from, "LICENSE"))) {
    return from;
  }
  const above = dirname(from);
  if (above === from) {
    throw new Error("the LICENSE of cdktf-audit-trail is missing");
  }
  return packageFolder(above);
}

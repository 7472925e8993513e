import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LARGEST_ARCHIVE, unpack } from "./archive";
import type { Release } from "./comparison";
import { PublishProblem } from "./problem";

/** What tools leave in the folder of a module, and no release has. */
const NOT_RELEASED = /^(\.git|\.terraform|node_modules)$|^\.terraform\.lock\.hcl$|\.tfstate(\..*)?$/;

/**
 * Reads a release of a module: a folder, or a `.tar.gz` with the module in its root.
 *
 * @throws PublishProblem where it is neither
 */
export function readRelease(path: string): Release {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    return { files: new Map(filesBelow(path, "")), where: path };
  }
  if (stat?.isFile() && /\.(tar\.gz|tgz)$/.test(path)) {
    if (stat.size > LARGEST_ARCHIVE) {
      throw new PublishProblem(`${path}: has more than ${LARGEST_ARCHIVE} bytes, which no module has`);
    }
    return { files: unpack(readFileSync(path), path), where: path };
  }
  throw new PublishProblem(
    stat === undefined
      ? `${path}: is not there; name a release of a module: a folder, or a .tar.gz`
      : `${path}: is no release of a module: neither a folder nor a .tar.gz`,
  );
}

function filesBelow(root: string, folder: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (NOT_RELEASED.test(entry.name)) {
      return [];
    }
    // Links may lead anywhere, and a release has none.
    return entry.isDirectory()
      ? filesBelow(root, path)
      : entry.isFile()
        ? [[path, readFileSync(join(root, path))] as const]
        : [];
  });
}

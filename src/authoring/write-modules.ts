import { type Format, filesOfModules, isGenerated, licenseText, type ModuleSource } from "../generator";
import { type Difference, difference, writeGenerated } from "../output/generated-files";

/** How modules are written. */
export interface WriteOptions {
  /** In which of Terraform's two syntaxes. Default: HCL. */
  readonly format?: Format;
  /** Writes nothing: what is there is compared with what would be written. Default: false. */
  readonly check?: boolean;
}

/** What was written, or would be: paths below the folder. */
export interface Written extends Difference {
  /** The number of files that the modules have. */
  readonly files: number;
}

/**
 * Writes modules, each into a folder of its own below `folder`, which is named as the module. Touches a file only where
 * it changes; removes files that were generated earlier and are no longer wanted.
 *
 * @throws InputError before anything is written, naming all that is wrong with names, examples and tests
 * @throws ForeignFileError before anything is written, where a file that was not generated is in the way
 */
export function writeModules(
  folder: string,
  sources: readonly ModuleSource[],
  { format = "hcl", check = false }: WriteOptions = {},
): Written {
  const files = new Map<string, string>(
    filesOfModules(sources, format).flatMap((written, index) =>
      [...written].map(([path, content]) => [`${sources[index]?.name}/${path}`, content] as const),
    ),
  );
  // A licence has no room for a note. Anybody may have a copy of ours elsewhere.
  const isOurs = (content: string, path: string): boolean =>
    isGenerated(content) || (files.has(path) && content === licenseText());
  const found = check ? difference(folder, files, isOurs) : writeGenerated(folder, files, isOurs);
  return { files: files.size, ...found };
}

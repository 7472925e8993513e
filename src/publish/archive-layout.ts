import type { ModuleName } from "./release";
import { parseVersion, type SemanticVersion } from "./semantic-version";

/**
 * Where the archives of a module lie, as boring-registry serves them from a bucket:
 * `modules/acme/audit-trail/aws/acme-audit-trail-aws-1.2.3.tar.gz`.
 *
 * @see https://github.com/boring-registry/boring-registry
 */
export class ArchiveLayout {
  /** The folder of all versions of the module, without a slash at its end. */
  readonly folder: string;
  private readonly prefix: string;

  constructor(namespace: string, { name, provider }: ModuleName) {
    this.folder = `modules/${namespace}/${name}/${provider}`;
    this.prefix = `${namespace}-${name}-${provider}-`;
  }

  fileOf(version: string): string {
    return `${this.prefix}${version}.tar.gz`;
  }

  pathOf(version: string): string {
    return `${this.folder}/${this.fileOf(version)}`;
  }

  /** The versions whose archives are among some files. */
  versionsIn(files: readonly string[]): readonly SemanticVersion[] {
    return files.flatMap((file) =>
      file.startsWith(this.prefix) && file.endsWith(".tar.gz")
        ? (parseVersion(file.slice(this.prefix.length, -".tar.gz".length)) ?? [])
        : [],
    );
  }
}

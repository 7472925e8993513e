import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { hasPassword } from "../inputs";

/** With HTTP, whoever comes before the @ may be a token: `https://ghp_…@github.com`. */
const HTTP_WITH_USER = /^(\w+::)?(https?|ftps?):\/\/[^/?#]*@/i;

/** Whether an address of a repository has a password or a token in it, as far as can be told. */
export function hasSecret(repository: string): boolean {
  return hasPassword(repository) || HTTP_WITH_USER.test(repository);
}

/** git clones a path by links, and takes options of a clone for no address. */
export function repositoryPath(repository: string): string {
  return existsSync(repository) ? resolve(repository) : repository;
}

/** A repository as an address, also where it is given as a path. */
export function repositoryUrl(repository: string): string {
  return existsSync(repository) ? pathToFileURL(repository).href : repository;
}

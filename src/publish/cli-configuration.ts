import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { PublishProblem } from "./problem";
import { type Body, blocksOf, parseBody } from "./terraform-syntax";

/**
 * What the CLI configuration of Terraform says of hosts.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 */
export interface CliConfiguration {
  /** Where the services of a host are, in place of what it says itself. */
  servicesOf(host: string): Readonly<Record<string, string>> | undefined;
  /** The token for a host, and where it is from, which may be told. */
  tokenOf(host: string): Token | undefined;
}

export interface Token {
  readonly value: string;
  readonly from: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the CLI configuration as Terraform does.
 *
 * @throws PublishProblem where a file cannot be read; what it has is not told, as that may be a token
 */
export async function readCliConfiguration(
  environment: Environment = process.env,
  home = homedir(),
): Promise<CliConfiguration> {
  const files = await Promise.all(
    filesOf(environment, home).map(async (file) => ({ file, body: await parseFile(file) })),
  );
  const find = (
    block: "credentials" | "host",
    host: string,
  ): { readonly file: string; readonly body: Body } | undefined => {
    for (const { file, body } of files) {
      for (const labelled of blocksOf(body[block])) {
        const found = Object.entries(labelled).find(([label]) => label.toLowerCase() === host);
        if (found !== undefined) {
          return { file, body: Object(blocksOf(found[1])[0]) as Body };
        }
      }
    }
    return undefined;
  };
  return {
    servicesOf(host) {
      const services = find("host", host)?.body.services;
      return services === undefined ? undefined : (Object(blocksOf(services)[0]) as Record<string, string>);
    },
    tokenOf(host) {
      const inEnvironment = tokenInEnvironment(environment, host);
      const found = find("credentials", host);
      const value = found?.body.token;
      return (
        inEnvironment ?? (typeof value === "string" && found !== undefined ? { value, from: found.file } : undefined)
      );
    },
  };
}

/**
 * The token of a host in the environment: `TF_TOKEN_app_terraform_io`, with two underscores for a hyphen.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials
 */
function tokenInEnvironment(environment: Environment, host: string): Token | undefined {
  for (const [name, value] of Object.entries(environment)) {
    const encoded = /^TF_TOKEN_(.+)$/.exec(name)?.[1];
    const decoded = encoded?.replaceAll("__", "-").replaceAll("_", ".").toLowerCase();
    if (decoded === host && value !== undefined && value !== "") {
      return { value, from: name };
    }
  }
  return undefined;
}

/**
 * The files of the configuration, those first which count more.
 *
 * @see https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/cliconfig/cliconfig.go
 */
function filesOf(environment: Environment, home: string): readonly string[] {
  const isWindows = process.platform === "win32";
  const base = isWindows ? (environment.APPDATA ?? home) : home;
  // Whoever names a file wants no other one, not even what terraform login has kept.
  const chosen = environment.TF_CLI_CONFIG_FILE || environment.TERRAFORM_CONFIG;
  const files = chosen
    ? [chosen]
    : [
        ...filesIn(join(base, isWindows ? "terraform.d" : ".terraform.d")),
        join(base, isWindows ? "terraform.rc" : ".terraformrc"),
      ];
  return files.filter((file) => existsSync(file));
}

/** Of those in a folder, the last one counts most. */
function filesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    ? readdirSync(folder)
        .filter((name) => /\.tfrc(\.json)?$/.test(name))
        .sort()
        .reverse()
        .map((name) => join(folder, name))
    : [];
}

async function parseFile(file: string): Promise<Body> {
  const text = readFileSync(file, "utf8");
  try {
    return await parseBody(basename(file), text);
  } catch {
    throw new PublishProblem(`${file}: is no CLI configuration of Terraform that can be read`);
  }
}

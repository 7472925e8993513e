import { join } from "node:path";
import { type Command, Option } from "commander";
import { type ModuleSource, moduleFiles, packageFolder } from "../generator";
import { shellWord } from "../output/shell-word";
import {
  ArchiveLayout,
  checkWithTerraform,
  DirectoryTarget,
  GitTarget,
  HttpClient,
  hasSecret,
  type ModuleName,
  type PublishMeans,
  PublishProblem,
  type PublishResult,
  parseVersion,
  publish,
  RegistryClient,
  RegistryTarget,
  readCliConfiguration,
  S3Target,
  type SemanticVersion,
  TARGET_KINDS,
  type Target,
  type TargetKind,
  VERSION_RULE,
} from "../publish";
import { publishedModules } from "../published";
import { auditTrailModule } from "../published/terraform-aws-audit-trail";
import { comparisonText } from "./diff";
import { UsageError } from "./exit";
import { counted, jsonText } from "./texts";

const DEFAULT_FOLDER = ".audit-trail/publish";

const HELP = `
Generates the module, and publishes it to one of:
  registry   a private registry of HCP Terraform or Terraform Enterprise
  git        a repository with the module in its root, and a tag v1.2.3
  directory  a folder of archives, in the layout of boring-registry
  s3         the same in a bucket

Says each step. Broken off anywhere, it goes on when it is run again; run once
more, it says that there is nothing to do. Nobody ever gets half a version.

Refuses a version that is published with other content; a version too low for
what changed since the one before (see audit-trail help diff); a module that
Terraform does not take; a source with changes that are not committed.

The token for a registry is that of Terraform: TF_TOKEN_<host>, or what
terraform login has kept. It is no option, and never printed.

With --json, standard output holds one object: ok, end (published, nothing to
do, dry run, not pushed), module, version, previous, place, call, sha256, files
(their number), severity, findings and changelog; the steps are told on standard
error`;

/** How a module is published. */
export interface PublishOptions {
  readonly to: TargetKind;
  readonly version: string;
  readonly module: string;
  readonly host?: string;
  readonly organization?: string;
  readonly repository?: string;
  readonly push?: boolean;
  readonly directory?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly region?: string;
  readonly folder: string;
  readonly takeOver?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The same as they are given, before anybody looked at them. */
export type GivenOptions = Omit<PublishOptions, "to" | "version"> & Partial<Pick<PublishOptions, "to" | "version">>;

/** `audit-trail publish`: a published Terraform module, to where others get it. */
export function addPublish(program: Command): void {
  program
    .command("publish")
    .summary("publish the Terraform module to a registry, a repository or a bucket")
    .description("Publish the Terraform module to a registry, a repository or a bucket.")
    .addOption(new Option("--to <kind>", "where to").choices(TARGET_KINDS))
    .option("--version <version>", "the version, as 1.2.3")
    .addOption(
      new Option("--module <name>", "the module")
        .choices(publishedModules.map(({ name }) => name))
        .default(auditTrailModule.name),
    )
    .option("--host <host>", "registry: its host, as app.terraform.io")
    .option("--organization <name>", "registry, directory, s3: the organization")
    .option("--repository <repository>", "git: the path or address of the repository")
    .option("--push", "git: push, and leave it not in the clone alone")
    .option("--directory <directory>", "directory: the folder")
    .option("--bucket <bucket>", "s3: the bucket")
    .option("--prefix <prefix>", "s3: what stands before the keys")
    .option("--region <region>", "s3: the region of the bucket; else AWS_REGION")
    .option("--folder <folder>", "where it works, and keeps notes", DEFAULT_FOLDER)
    .option("--take-over", "registry: finish what somebody else began")
    .option("--dry-run", "show everything, and change nothing")
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action(run);
}

async function run(options: GivenOptions): Promise<void> {
  const { means, source, close } = await preparePublish(options);
  try {
    const result = await publish(means);
    process.stdout.write(options.json === true ? jsonText(report(means, result)) : ending(means, source, result));
  } finally {
    close();
  }
}

/** All that is needed to publish what the options say. What is wrong with them is told here, before anything happens. */
export async function preparePublish(
  given: GivenOptions,
): Promise<{ readonly means: PublishMeans; readonly source: ModuleSource; close(): void }> {
  const { options, version } = checked(given);
  const published = publishedModules.find(({ name }) => name === options.module) as ModuleSource;
  const tell = (line: string): boolean => process.stderr.write(`${line}\n`);
  const { target, close } = await targetOf(options, moduleName(published), tell);
  const address = addressOf(options, moduleName(published));
  const source = address === undefined ? published : { ...published, address };
  return {
    means: {
      name: published.name,
      version,
      target,
      source: packageFolder(),
      isDryRun: options.dryRun === true,
      generate: () => moduleFiles(source),
      validate: (files) => checkWithTerraform(published.name, files),
      tell: (line) => (options.json === true ? process.stderr : process.stdout).write(`${line}\n`),
    },
    source,
    close,
  };
}

/** `terraform-aws-audit-trail` is `audit-trail`, of the provider `aws`. */
function moduleName({ name }: ModuleSource): ModuleName {
  const [, provider = "", ...words] = name.split("-");
  return { name: words.join("-"), provider };
}

/** Where callers find the module, as its README says. */
function addressOf({ host, organization }: PublishOptions, { name, provider }: ModuleName): string | undefined {
  return organization === undefined
    ? undefined
    : [...(host === undefined ? [] : [host]), organization, name, provider].join("/");
}

/** What a place needs and takes. */
interface PlaceOptions {
  readonly needed: readonly OptionName[];
  readonly taken: readonly OptionName[];
}

type OptionName = "host" | "organization" | "repository" | "directory" | "bucket" | "prefix" | "region";

/** What each kind of place needs, and what else it takes. */
const OPTIONS: Readonly<Record<TargetKind, PlaceOptions>> = {
  registry: { needed: ["host", "organization"], taken: [] },
  git: { needed: ["repository"], taken: ["host", "organization"] },
  directory: { needed: ["directory", "organization"], taken: ["host"] },
  s3: { needed: ["bucket", "organization"], taken: ["host", "prefix", "region"] },
};

/** What an option looks like. */
const PATTERNS: Readonly<Record<OptionName, readonly [pattern: RegExp, rule: string]>> = {
  host: [/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$/, "must be the name of a host, as app.terraform.io"],
  organization: [/^[A-Za-z0-9][A-Za-z0-9_-]*$/, "must be letters, digits, hyphens and underscores"],
  repository: [
    /^[^-\p{Cc}]\P{Cc}*$/u,
    "must be the path or address of a repository of git, without a hyphen before it, in one line",
  ],
  directory: [/./, "must be a folder"],
  bucket: [/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket"],
  prefix: [
    /^(?!(.*\/)?\.\.(\/|$))[\w.-]+(\/[\w.-]+)*$/,
    "must be words with slashes between them, and none around them, and no word may be ..",
  ],
  region: [/^[a-z]{2}(-[a-z]+)+-[0-9]+$/, "must be a region of AWS, as eu-central-1"],
};

/** Where no kind of place is said, no option is known to be missing, or one too many. */
const UNKNOWN_PLACE: PlaceOptions = { needed: [], taken: Object.keys(PATTERNS) as OptionName[] };

/** What is given is not told with it. */
const SECRET_RULE =
  "must have no user, password or token before the @, which would be printed and kept in the clone: leave that out, and " +
  "have git ask a credential helper, or take an address of SSH, as ssh://git@git.acme.example/module.git";

/** The options, and the version that is published. Says all at once what is wrong with them. */
function checked(options: GivenOptions): { readonly options: PublishOptions; readonly version: SemanticVersion } {
  const { to } = options;
  const { needed, taken } = to === undefined ? UNKNOWN_PLACE : OPTIONS[to];
  const version = options.version === undefined ? undefined : parseVersion(options.version);
  const problems = (Object.keys(PATTERNS) as OptionName[]).flatMap((name) => {
    const [pattern, rule] = PATTERNS[name];
    const value = options[name];
    if (value === undefined) {
      return needed.includes(name) ? [`--${name}: is needed with --to ${to}: it ${rule}`] : [];
    }
    if (!needed.includes(name) && !taken.includes(name)) {
      return [`--${name}: has no meaning with --to ${to}`];
    }
    if (name === "repository" && hasSecret(value)) {
      return [`--repository: ${SECRET_RULE}`];
    }
    return pattern.test(value) ? [] : [`--${name}: ${rule}; got ${JSON.stringify(value)}`];
  });
  const isMeantFor = (kind: TargetKind): boolean => to === undefined || to === kind;
  const all = [
    ...(to === undefined ? [`--to: is needed: it must be one of ${TARGET_KINDS.join(", ")}`] : []),
    ...(version === undefined ? [versionProblem(options.version)] : []),
    ...problems,
    ...(options.push === true && !isMeantFor("git") ? [`--push: has no meaning with --to ${to}`] : []),
    ...(options.takeOver === true && !isMeantFor("registry") ? [`--take-over: has no meaning with --to ${to}`] : []),
    ...(to === "s3" && regionOf(options) === undefined
      ? ["--region: is needed with --to s3, where AWS_REGION does not say it"]
      : []),
  ];
  if (to === undefined || version === undefined || all.length > 0) {
    throw new UsageError(all.join("\n"));
  }
  return { options: { ...options, to, version: version.text }, version };
}

function versionProblem(given: string | undefined): string {
  return given === undefined
    ? `--version: is needed: it ${VERSION_RULE}`
    : `--version: ${VERSION_RULE}; got ${JSON.stringify(given)}`;
}

function regionOf({ region }: GivenOptions): string | undefined {
  return region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
}

async function targetOf(
  options: PublishOptions,
  module: ModuleName,
  tell: (line: string) => void,
): Promise<{ readonly target: Target; close(): void }> {
  const {
    to,
    host = "",
    organization = "",
    repository = "",
    directory = "",
    bucket = "",
    prefix = "",
    folder,
  } = options;
  const layout = new ArchiveLayout(organization, module);
  const nothingToClose = (): void => undefined;
  switch (to) {
    case "registry": {
      const configuration = await readCliConfiguration();
      const token = configuration.tokenOf(host);
      if (token === undefined) {
        throw new PublishProblem(`there is no token for ${host}: run terraform login ${host}, or set TF_TOKEN_<host>`);
      }
      const client = new RegistryClient(
        new HttpClient({ tell }),
        host,
        organization,
        module,
        token,
        configuration.servicesOf(host),
      );
      const target = new RegistryTarget(client, {
        host,
        organization,
        module,
        folder,
        takesOver: options.takeOver === true,
      });
      return { target, close: nothingToClose };
    }
    case "git": {
      const clone = join(folder, `terraform-${module.provider}-${module.name}`);
      const target = new GitTarget({ repository, folder: clone, pushes: options.push === true });
      await target.checkFolder();
      return { target, close: nothingToClose };
    }
    case "directory":
      return { target: new DirectoryTarget(directory, layout), close: nothingToClose };
    default: {
      const target = new S3Target({ bucket, region: regionOf(options) as string, prefix, layout, tell });
      return { target, close: () => target.close() };
    }
  }
}

function report({ name, version, target }: PublishMeans, { end, release, sha256, comparison }: PublishResult): object {
  return {
    ok: true,
    end,
    module: name,
    version: version.text,
    previous: release.previous?.text ?? null,
    place: target.place,
    call: target.callOf(version.text),
    sha256,
    files: release.files.size,
    severity: comparison?.severity ?? null,
    findings: comparison?.findings ?? [],
    changelog: release.changelog,
  };
}

function ending(
  { name, version, target }: PublishMeans,
  source: ModuleSource,
  { end, release, sha256, comparison, left }: PublishResult,
): string {
  const what = `${name} ${version.text}`;
  const archive = `${counted(release.files.size, "file")}, ${release.archive.length} bytes, sha256 ${sha256}`;
  const call = [
    "",
    `module "${source.component.definition.name.replaceAll("-", "_")}" {`,
    ...target.callOf(version.text).map((line) => `  ${line}`),
    "}",
  ];
  const lines: Readonly<Record<typeof end, readonly string[]>> = {
    published: [`${what} is published: ${target.place}`, archive, ...call],
    "nothing to do": [`Nothing to do: ${what} is published, with the same content: ${target.place}`, archive, ...call],
    "not pushed": [
      `${what} is committed and tagged in a clone, and not published. Look at it, then:`,
      `  ${(target.commandLeft?.(release) ?? []).map(shellWord).join(" ")}`,
    ],
    "dry run": [
      `${what} would be published: ${target.place}`,
      archive,
      release.previous === null
        ? "It would be the first release."
        : `Since ${release.previous.text}:\n${comparisonText(comparison ?? { findings: [], severity: null }).trimEnd()}`,
      "The steps that are left:",
      ...left.map((step) => `  ${step}`),
      "Nothing was changed.",
    ],
  };
  return `${lines[end].join("\n")}\n`;
}

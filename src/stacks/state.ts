import { posix } from "node:path";
import { stateKey, stateKeyOf } from "../components/state-bucket/inputs";
import {
  boolean,
  bucketName,
  check,
  type Definition,
  defaulting,
  define,
  described,
  type Fields,
  hasPassword,
  isGiven,
  isPlainObject,
  keyArn,
  mapOf,
  object,
  optional,
  type Problem,
  region,
  required,
  roleArn,
  someText,
  text,
  textProblem,
  unknownName,
} from "../inputs";
import { atLeast, type Literal, length } from "../values";
import { OUTPUT_FOLDER, stackFolder } from "./stack-files";

/** Where Terraform keeps its state, in Terraform's own words. */
export interface State {
  /** The name of the backend; `cloud` for HCP Terraform and Terraform Enterprise. */
  readonly backend: string;
  readonly settings: Readonly<Record<string, Literal>>;
}

type Path = readonly (string | number)[];

/** State in an S3 bucket. */
export const s3State = define({
  name: "s3",
  title: "State in S3",
  description: "State in a versioned S3 bucket.",
  fields: {
    bucket: required(
      bucketName,
      "The bucket that keeps the state. `npx cdktf-audit-trail state bootstrap` makes it.",
      "example-terraform-state-111122223333",
    ),
    key: optional(stateKey, "The key of the state in the bucket. Null means `audit-trail/<stack>/terraform.tfstate`."),
    region: required(region, "The region of that bucket."),
    encrypt: defaulting(boolean(), true, "Whether the state is encrypted in S3."),
    kms_key_id: optional(keyArn, "The ARN of the key that encrypts the state. Null leaves it to the bucket."),
    use_lockfile: defaulting(boolean(), true, "Whether a lock file beside the state prevents concurrent runs."),
    profile: optional(someText, "The AWS profile with access to the bucket."),
    role_arn: optional(roleArn, "The ARN of a role to assume for access to the bucket."),
  },
  outputs: {},
});

/** State in HCP Terraform or Terraform Enterprise. */
const cloudState = define({
  name: "cloud",
  title: "State in HCP Terraform",
  description: "State, and runs, in HCP Terraform or Terraform Enterprise.",
  fields: {
    organization: required(someText, "The organization."),
    hostname: optional(someText, "The host name of Terraform Enterprise. Null means HCP Terraform."),
    workspace: required(
      object({
        name: optional(someText, "The name of the workspace."),
        tags: optional(
          mapOf(someText, text()).where("must not be empty", (tags) => atLeast(length(tags), 1), { minProperties: 1 }),
          "The tags that select workspaces, instead of a name.",
        ),
        project: optional(someText, "The project that the workspace is in."),
      }),
      "The workspace, by name or by tags.",
    ),
  },
  outputs: {},
});

/** State in a file. */
const localState = define({
  name: "local",
  title: "State in a file",
  description: "State in a file on this machine, for trials: nobody can change the trail without a copy of it.",
  fields: {
    path: optional(someText, `The file, from the folder of the stack. Null means beside \`${OUTPUT_FOLDER}\`.`),
  },
  outputs: {},
});

/** The backends that have a schema of their own. */
export const stateDefinitions = { s3: s3State, cloud: cloudState, local: localState } as const;

/** The other backends of Terraform, whose settings are passed through. */
export const otherBackends = [
  "azurerm",
  "consul",
  "cos",
  "gcs",
  "http",
  "kubernetes",
  "oci",
  "oss",
  "pg",
  "remote",
] as const;

/** Settings of backends that are secrets, or files of them: they would stand in what is written. */
const SECRETS = new Set([
  ...["access_key", "access_token", "client_certificate", "client_certificate_password", "client_key"],
  ...["client_private_key_pem", "client_secret", "conn_str", "credentials", "encryption_key", "http_auth"],
  ...["oidc_request_token", "oidc_token", "password", "private_key", "private_key_password", "sas_token"],
  ...["secret_id", "secret_key", "security_token", "token"],
]);

/** Settings in which people name things: a label `token` is no secret. */
const LABELS: ReadonlySet<unknown> = new Set(["labels", "tags"]);

/**
 * The state that a configuration asks for: one backend, by name.
 *
 * @param stack the name of the stack, from which its place is derived where none is given
 */
export function readState(given: unknown, stack: string, at: Path): ReadState {
  const known = [...Object.keys(stateDefinitions), ...otherBackends];
  const names = isPlainObject(given) ? Object.keys(given) : [];
  const unknown = names.filter((each) => !known.includes(each)).map((each) => unknownName(at, each, known));
  const backends = names.filter((each) => known.includes(each));
  // Of several, the names alone: what is in them may be secret.
  const got = backends.length > 1 ? backends.join(" and ") : described(given);
  const number: readonly Problem[] =
    backends.length > 1 || (backends.length === 0 && unknown.length === 0)
      ? [{ path: at, requirement: `must name one backend: ${known.join(", ")}`, got }]
      : [];
  const read = backends.map((each) => readBackend(each, (given as Known)[each], stack, [...at, each]));
  const problems = [...unknown, ...number, ...read.flatMap((each) => each.problems)];
  return problems.length > 0 ? { problems } : (read[0] as ReadState);
}

/** What was read of a state: what is wrong with it, or the state. */
interface ReadState {
  readonly problems: readonly Problem[];
  readonly state?: State;
}

function readBackend(backend: string, given: unknown, stack: string, path: Path): ReadState {
  const settings = given ?? {};
  // Also where the backend has a schema: that it is a secret says more than that it is not known.
  const texts = settingProblems(settings, path);
  if (!Object.hasOwn(stateDefinitions, backend)) {
    const problems = isPlainObject(settings)
      ? texts
      : [{ path, requirement: "must be a map with the settings of the backend", got: described(settings) }];
    return problems.length > 0 ? { problems } : { problems, state: { backend, settings: settings as Known } };
  }
  const name = backend as keyof typeof stateDefinitions;
  const checked = check(stateDefinitions[name] as unknown as Definition<Fields>, settings, path);
  const problems = [
    ...texts,
    ...checked.problems.filter((problem) => texts.every((other) => !isSamePath(other.path, problem.path))),
    ...(name === "cloud" ? workspaceProblems(settings, path) : []),
  ];
  return problems.length > 0 || checked.inputs === undefined
    ? { problems }
    : { problems, state: { backend, settings: settingsOf(name, checked.inputs as Known, stack) } };
}

type Known = Readonly<Record<string, Literal>>;

function isSamePath(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((step, index) => right[index] === step);
}

function settingsOf(name: keyof typeof stateDefinitions, inputs: Known, stack: string): Known {
  switch (name) {
    case "s3":
      return withoutNulls({
        bucket: inputs.bucket as Literal,
        key: inputs.key ?? (stateKeyOf(stack) as string),
        region: inputs.region as Literal,
        encrypt: inputs.encrypt as Literal,
        use_lockfile: inputs.useLockfile as Literal,
        kms_key_id: inputs.kmsKeyId as Literal,
        profile: inputs.profile as Literal,
        assume_role: inputs.roleArn === null ? null : { role_arn: inputs.roleArn as Literal },
      });
    case "cloud":
      return withoutNulls({
        organization: inputs.organization as Literal,
        hostname: inputs.hostname as Literal,
        workspaces: withoutNulls(inputs.workspace as Known),
      });
    case "local":
      // From the folder of the stack, which is below that of the output and may be removed.
      return { path: inputs.path ?? `../../../terraform.${stack}.tfstate` };
  }
}

function withoutNulls(settings: Known): Known {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

function workspaceProblems(settings: unknown, at: Path): readonly Problem[] {
  const workspace = isPlainObject(settings) ? settings.workspace : undefined;
  if (!isPlainObject(workspace)) {
    return [];
  }
  const has = (name: string): boolean => isGiven(workspace[name]);
  return has("name") === has("tags")
    ? [{ path: [...at, "workspace"], requirement: "must have either name or tags", got: described(workspace) }]
    : [];
}

/** What no setting of a backend may be, whatever the backend. */
function settingProblems(value: unknown, path: Path): readonly Problem[] {
  if (isPlainObject(value)) {
    const areNames = !LABELS.has(path.at(-1));
    return Object.entries(value).flatMap(([name, item]) => {
      const at = [...path, name];
      const ofName = name === "__proto__" ? [isLost(at)] : settingTextProblems(name, at);
      if (ofName.length > 0) {
        return ofName;
      }
      return areNames && SECRETS.has(name) && item !== null ? [isSecret(at)] : settingProblems(item, at);
    });
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => settingProblems(item, [...path, index]));
  }
  if (typeof value === "string") {
    return settingTextProblems(value, path);
  }
  return typeof value === "number" && !Number.isSafeInteger(value)
    ? [{ path, requirement: "must be a whole number that every program reads alike", got: described(value) }]
    : [];
}

function settingTextProblems(value: string, path: Path): readonly Problem[] {
  const problem = textProblem(value);
  if (problem !== undefined) {
    return [{ path, ...problem }];
  }
  if (hasPassword(value)) {
    return [isSecret(path)];
  }
  // Terraform takes the settings of a backend as they are, escapes included; OpenTofu evaluates them.
  return /[$%]\{/.test(value)
    ? [
        {
          path,
          requirement: "must not hold ${ or %{, which Terraform and OpenTofu read in two ways",
          got: described(value),
        },
      ]
    : [];
}

function isLost(path: Path): Problem {
  return { path, requirement: "must not be a key, as JavaScript would lose it" };
}

function isSecret(path: Path): Problem {
  const requirement =
    "must not be in a file, as it is a secret: give it to Terraform by its environment variable or -backend-config";
  return { path, requirement };
}

/**
 * What tells the place of a state from all others: two stacks with one place would destroy each other's resources.
 * Undefined where it is known only when Terraform is given the rest of the settings.
 */
export function placeOfState({ backend, settings }: State, stack: string): string | undefined {
  switch (backend) {
    case "s3":
      return inOneText(backend, settings.bucket, settings.key);
    case "cloud": {
      const { name, tags } = settings.workspaces as Known;
      const host = String(settings.hostname ?? "app.terraform.io").toLowerCase();
      return inOneText(backend, host, settings.organization, name ?? sorted(tags as Known));
    }
    case "local":
      return inOneText(backend, posix.resolve("/project", OUTPUT_FOLDER, stackFolder(stack), String(settings.path)));
    default:
      return Object.keys(settings).length === 0 ? undefined : inOneText(backend, sorted(settings));
  }
}

/**
 * The state of a further stack, beside that of a trail. Undefined where no place beside it is known.
 *
 * @param stack the name of the further stack
 */
export function stateBeside({ backend, settings }: State, stack: string): State | undefined {
  switch (backend) {
    case "s3":
      return { backend, settings: { ...settings, key: stateKeyOf(stack) as string } };
    case "cloud": {
      const { name, ...place } = settings.workspaces as Known;
      return name === undefined
        ? undefined
        : { backend, settings: { ...settings, workspaces: { ...place, name: stack } } };
    }
    case "local":
      return { backend, settings: settingsOf("local", { path: null }, stack) };
    default:
      return undefined;
  }
}

function inOneText(...parts: readonly (Literal | undefined)[]): string {
  return JSON.stringify(parts);
}

function sorted(settings: Known): Literal {
  return Object.entries(settings).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** The oldest Terraform that knows what a state needs; undefined where every one does that the trail works with. */
export function terraformForState({ backend, settings }: State): string | undefined {
  if (backend === "oci") {
    return ">= 1.12.0";
  }
  // The lock file in S3, and tags as a map.
  const workspaces = settings.workspaces as Known | undefined;
  const needsTerraform110 =
    (backend === "s3" && settings.use_lockfile === true) || (backend === "cloud" && workspaces?.tags !== undefined);
  return needsTerraform110 ? ">= 1.10.0" : undefined;
}

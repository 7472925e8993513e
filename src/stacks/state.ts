import {
  boolean,
  bucketName,
  check,
  type Definition,
  defaulting,
  define,
  type Fields,
  isPlainObject,
  mapOf,
  object,
  optional,
  type Problem,
  region,
  required,
  text,
  unknownName,
} from "../inputs";
import { equals, isNull, type Literal, not } from "../values";

/** Where Terraform keeps its state, in Terraform's own words. */
export interface State {
  /** The name of the backend; `cloud` for HCP Terraform and Terraform Enterprise. */
  readonly backend: string;
  readonly settings: Readonly<Record<string, Literal>>;
}

type Path = readonly (string | number)[];

const someText = text().where("must not be empty", (value) => not(equals(value, "")));

/** State in an S3 bucket. */
export const s3State = define({
  name: "s3",
  title: "State in S3",
  description: "State in an S3 bucket that exists already and is versioned.",
  fields: {
    bucket: required(bucketName, "The bucket that keeps the state.", "example-terraform-state-111122223333"),
    key: optional(someText, "Where in the bucket. Null means `audit-trail/<stack>/terraform.tfstate`."),
    region: required(region, "The region of that bucket."),
    encrypt: defaulting(boolean(), true, "Whether S3 is asked to encrypt the state."),
    kms_key_id: optional(someText, "The ARN of the key that encrypts the state. Null leaves it to the bucket."),
    use_lockfile: defaulting(boolean(), true, "Whether a lock file beside the state keeps two runs apart."),
    profile: optional(someText, "The profile of the AWS configuration that reaches the bucket."),
    role_arn: optional(someText, "The ARN of a role to assume for the bucket."),
  },
  outputs: {},
});

/** State in HCP Terraform or Terraform Enterprise. */
export const cloudState = define({
  name: "cloud",
  title: "State in HCP Terraform",
  description: "State, and runs, in HCP Terraform or Terraform Enterprise.",
  fields: {
    organization: required(someText, "The organization."),
    hostname: optional(someText, "The host of Terraform Enterprise. Null means HCP Terraform."),
    workspace: required(
      object({
        name: optional(someText, "The name of the workspace."),
        tags: optional(mapOf(someText, text()), "The tags by which workspaces are chosen, in place of a name."),
        project: optional(someText, "The project that the workspace is in."),
      }),
      "The workspace, by name or by tags.",
    ),
  },
  outputs: {},
});

/** State in a file. */
export const localState = define({
  name: "local",
  title: "State in a file",
  description: "State in a file on this machine: for trials, as whoever has no copy of it cannot change the trail.",
  fields: {
    path: optional(someText, "The file, from the folder of the stack. Null means beside `cdktf.out`."),
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

/** Settings that would put a secret into the files that are written. */
const SECRET =
  /^(access_key|secret_key|secret_id|security_token|sts_token|token|password|client_secret|client_certificate_password|sas_token|encryption_key|credentials|conn_str|access_token|private_key)$/;

/**
 * The state that a configuration asks for: one backend, by name.
 *
 * @param stack the name of the stack, from which its place is derived where none is given
 */
export function readState(
  given: unknown,
  stack: string,
  at: Path,
): { readonly problems: readonly Problem[]; readonly state?: State } {
  const known = [...Object.keys(stateDefinitions), ...otherBackends];
  if (!isPlainObject(given) || Object.keys(given).length !== 1) {
    return { problems: [{ path: at, requirement: `must name one backend: ${known.join(", ")}` }] };
  }
  const [backend, settings] = Object.entries(given)[0] as [string, unknown];
  const path = [...at, backend];
  if (!known.includes(backend)) {
    return { problems: [unknownName(at, backend, known)] };
  }
  if (!(backend in stateDefinitions)) {
    const problems = passedThroughProblems(settings, path);
    return problems.length > 0
      ? { problems }
      : { problems, state: { backend, settings: settings as Record<string, Literal> } };
  }
  const name = backend as keyof typeof stateDefinitions;
  const definition = stateDefinitions[name] as unknown as Definition<Fields>;
  const checked = check(definition, settings ?? {}, path);
  if (checked.inputs === undefined) {
    return { problems: checked.problems };
  }
  const problems = name === "cloud" ? workspaceProblems(checked.inputs, path) : [];
  return problems.length > 0
    ? { problems }
    : { problems, state: { backend, settings: settingsOf(name, checked.inputs as Known, stack) } };
}

type Known = Readonly<Record<string, Literal>>;

function settingsOf(name: keyof typeof stateDefinitions, inputs: Known, stack: string): Known {
  switch (name) {
    case "s3":
      return withoutNulls({
        bucket: inputs.bucket as Literal,
        key: inputs.key ?? `audit-trail/${stack}/terraform.tfstate`,
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
      // From the folder of the stack, which is below cdktf.out and may be removed.
      return { path: inputs.path ?? `../../../terraform.${stack}.tfstate` };
  }
}

function withoutNulls(settings: Known): Known {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

function workspaceProblems(inputs: object, at: Path): readonly Problem[] {
  const { workspace } = inputs as { readonly workspace: Known };
  return isNull(workspace.name as Literal) === isNull(workspace.tags as Literal)
    ? [{ path: [...at, "workspace"], requirement: "must have either name or tags" }]
    : [];
}

function passedThroughProblems(settings: unknown, at: Path): readonly Problem[] {
  if (settings === null || settings === undefined) {
    return [{ path: at, requirement: "must hold the settings of the backend; {} for none" }];
  }
  if (!isPlainObject(settings)) {
    return [{ path: at, requirement: "must be the settings of the backend, by name" }];
  }
  return Object.entries(settings).flatMap(([name, value]) => {
    const path = [...at, name];
    if (SECRET.test(name)) {
      return [
        {
          path,
          requirement: "must not be in a file: give it to Terraform by its environment variable or -backend-config",
        },
      ];
    }
    return isPlainObject(value) ? passedThroughProblems(value, path) : [];
  });
}

/** Whether a state needs Terraform 1.10: the lock file in S3, and tags as a map. */
export function needsTerraform110({ backend, settings }: State): boolean {
  const workspaces = settings.workspaces as Known | undefined;
  return (backend === "s3" && settings.use_lockfile === true) || workspaces?.tags !== undefined;
}

import { derivedLogBucketName, derivedTrailName } from "../audit-trail/derived-names";
import { isGiven, type Problem } from "../inputs";
import { partitionOf, trailOwner } from "../policy";
import { placeOfState, type State } from "../stacks";
import type { DeploymentRoleOption } from "./configuration";

/** A trail, as far as others of the configuration may get into its way. */
export interface Neighbour {
  readonly name: string;
  readonly inputs: {
    readonly accountId: string;
    readonly accountName: string | null;
    readonly region: string;
    readonly name: string | null;
    readonly multiRegion: boolean;
    readonly organization: { readonly management_account_id: string } | null;
    readonly logBucket: { readonly name: string | null };
  };
}

/** A state and the stack that it is of. */
export interface StateOfStack {
  readonly name: string;
  readonly state: State;
  /** Where it stands in the configuration: with the trail, or for all. */
  readonly path: readonly string[];
}

/** The roles that deploy a trail, and the trail. */
export interface Deployer {
  /** The name of the trail. */
  readonly name: string;
  readonly accountId: string;
  readonly role: DeploymentRoleOption;
}

/** Two stacks with one state would destroy each other's resources. */
export function stateClashes(states: readonly StateOfStack[]): readonly Problem[] {
  const first = new Map<string, string>();
  return states.flatMap(({ name, state, path }) => {
    const place = placeOfState(state, name);
    const other = place === undefined ? undefined : first.get(place);
    if (place !== undefined && other === undefined) {
      first.set(place, name);
    }
    const remedy =
      state.backend === "s3"
        ? "leave out key, which is then derived from the name of the stack"
        : "give the trail a state of its own";
    return other === undefined
      ? []
      : [{ path, requirement: `must not be the same for ${other} and ${name}, or each destroys the other; ${remedy}` }];
  });
}

/**
 * What AWS would refuse, or what would make one trail fight another: two trails of one name in an account, two log
 * buckets of one name in the world.
 */
export function nameClashes(trails: readonly Neighbour[]): readonly Problem[] {
  const byTrail = new Map<string, Neighbour[]>();
  const byBucket = new Map<string, Neighbour>();
  return trails.flatMap((trail) => {
    const namesakes = byTrail.get(trailPlace(trail)) ?? [];
    const sameTrail = namesakes.find((other) => shareRegion(other, trail));
    const place = bucketPlace(trail);
    const sameBucket = place === undefined ? undefined : byBucket.get(place);
    if (sameTrail === undefined) {
      byTrail.set(trailPlace(trail), [...namesakes, trail]);
    }
    if (place !== undefined && sameBucket === undefined) {
      byBucket.set(place, trail);
    }
    return [
      ...(sameTrail === undefined ? [] : [trailClash(trail, sameTrail)]),
      ...(sameBucket === undefined ? [] : [bucketClash(trail, sameBucket)]),
    ];
  });
}

/** A trail of all regions has its name in each of them. */
function shareRegion(left: Neighbour, right: Neighbour): boolean {
  return left.inputs.region === right.inputs.region || left.inputs.multiRegion || right.inputs.multiRegion;
}

function trailPlace(trail: Neighbour): string {
  const { organization, accountId } = trail.inputs;
  return `${trailOwner(organization, accountId)}/${trailNameOf(trail)}`;
}

function trailNameOf({ inputs }: Neighbour): string {
  return inputs.name ?? (derivedTrailName(inputs.accountName as string) as string);
}

/** The name of the log bucket that is made; undefined where one is there already, which trails may share. */
function bucketNameOf({ inputs }: Neighbour): string | undefined {
  if (isGiven((inputs.logBucket as { readonly existing_bucket?: unknown }).existing_bucket)) {
    return undefined;
  }
  return inputs.logBucket.name ?? (derivedLogBucketName(inputs.accountId, inputs.region) as string);
}

function bucketPlace(trail: Neighbour): string | undefined {
  const name = bucketNameOf(trail);
  return name === undefined ? undefined : `${partitionOf(trail.inputs.region)}/${name}`;
}

function trailClash(trail: Neighbour, other: Neighbour): Problem {
  return {
    path: ["trails", trail.name, trail.inputs.name === null ? "account_name" : "name"],
    requirement: `must give another name than that of ${other.name}, which is a trail of the same account; set name`,
    got: JSON.stringify(trailNameOf(trail)),
  };
}

function bucketClash(trail: Neighbour, other: Neighbour): Problem {
  return {
    path: ["trails", trail.name, "log_bucket", "name"],
    requirement: `must be another name than that of the log bucket of ${other.name}; names of buckets are unique in the world`,
    got: JSON.stringify(bucketNameOf(trail)),
  };
}

/** Two roles of one name in an account, or two OIDC providers of one issuer: AWS refuses the second. */
export function deploymentRoleClashes(deployers: readonly Deployer[]): readonly Problem[] {
  const first = new Map<string, string>();
  return deployers.flatMap(({ name, accountId, role }) => {
    const path = ["trails", name, "deployment_role"];
    const { hcp_terraform: hcpTerraform, github_actions: githubActions, gitlab } = role;
    const issuers = [
      { at: "hcp_terraform", given: hcpTerraform, host: hcpTerraform?.hostname },
      { at: "github_actions", given: githubActions, host: "GitHub Actions" },
      { at: "gitlab", given: gitlab, host: gitlab?.hostname },
    ];
    const unique = [
      {
        path: [...path, "name"],
        key: JSON.stringify(["role", accountId, role.name]),
        requirement: (other: string) => `must be another one than that of ${other}, which is in the same account`,
      },
      ...issuers
        .filter(({ given }) => given?.create_provider === true)
        .map(({ at, host }) => ({
          path: [...path, at, "create_provider"],
          key: JSON.stringify(["issuer", accountId, host]),
          requirement: (other: string) =>
            `must be false, as ${other} creates the OIDC provider of ${host} in the same account`,
        })),
    ];
    return unique.flatMap(({ path: at, key, requirement }) => {
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, name);
        return [];
      }
      return [{ path: at, requirement: requirement(other) }];
    });
  });
}

import type { Problem } from "../inputs";
import { trailOwner } from "../policy";

import { placeOfState, type State } from "../stacks";
import type { DeploymentRoleOption } from "./configuration";
import { type Neighbour, partNamesOf, trailNameOf } from "./neighbour";

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

/** What AWS would refuse, or what would make one trail fight another: what has one name where that has to be unique. */
export function nameClashes(trails: readonly Neighbour[]): readonly Problem[] {
  return [...trailClashes(trails), ...partClashes(trails)];
}

function trailClashes(trails: readonly Neighbour[]): readonly Problem[] {
  const byTrail = new Map<string, Neighbour[]>();
  return trails.flatMap((trail) => {
    const namesakes = byTrail.get(trailPlace(trail)) ?? [];
    const other = namesakes.find((each) => shareRegion(each, trail));
    if (other !== undefined) {
      return [trailClash(trail, other)];
    }
    byTrail.set(trailPlace(trail), [...namesakes, trail]);
    return [];
  });
}

/** A trail of all regions has its name in each of them. */
function shareRegion(left: Neighbour, right: Neighbour): boolean {
  return left.inputs.region === right.inputs.region || left.inputs.multiRegion || right.inputs.multiRegion;
}

/** Aliases and dashboards are named after a trail with hyphens in place of dots. */
function trailPlace(trail: Neighbour): string {
  const { organization, accountId } = trail.inputs;
  return JSON.stringify([trailOwner(organization, accountId), trailNameOf(trail).replaceAll(".", "-")]);
}

function trailClash(trail: Neighbour, other: Neighbour): Problem {
  return {
    path: ["trails", trail.name, trail.inputs.name === null ? "account_name" : "name"],
    requirement: `must give another name than that of ${other.name}, which is a trail of the same account (dots and hyphens count as the same); set name`,
    got: JSON.stringify(trailNameOf(trail)),
  };
}

/** Parts of trails that have one name, be they of one trail. */
function partClashes(trails: readonly Neighbour[]): readonly Problem[] {
  const first = new Map<string, string>();
  return trails.flatMap((trail) =>
    partNamesOf(trail).flatMap(({ part, scope, where, name, path }) => {
      const key = JSON.stringify([scope, name]);
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, `${part} of ${trail.name}`);
        return [];
      }
      return [
        {
          path: ["trails", trail.name, ...path],
          requirement: `must be another name than that of the ${other}; ${where}`,
          got: JSON.stringify(name),
        },
      ];
    }),
  );
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

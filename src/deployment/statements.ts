import type { Phase } from "../components/deployment-role/trust";
import type { Condition } from "../policy";
import type { Grant } from "./grant";

/** A statement of which everything is known: it can be written, and measured. */
export interface KnownStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
}

/** What may be done to one thing. */
interface Permission {
  readonly to: string;
  readonly resource: string;
  readonly actions: Set<string>;
  readonly condition: Condition | undefined;
}

/**
 * The statements that allow what grants say, and no more: to each thing what is done to it. Things to which the same is
 * done share a statement.
 */
export function statementsOf(grants: readonly Grant[], phase: Phase): readonly KnownStatement[] {
  const permissions = new Map<string, Permission>();
  for (const { to, resources, read, write, condition } of grants) {
    const actions = phase === "plan" ? read : [...read, ...write];
    for (const resource of actions.length === 0 ? [] : resources) {
      const key = JSON.stringify([to, resource, condition]);
      const permission = permissions.get(key) ?? { to, resource, actions: new Set(), condition };
      for (const action of actions) {
        permission.actions.add(action);
      }
      permissions.set(key, permission);
    }
  }
  const shared = new Map<string, { readonly first: Permission; readonly resources: string[] }>();
  for (const permission of permissions.values()) {
    const key = JSON.stringify([permission.to, [...permission.actions].sort(), permission.condition]);
    const statement = shared.get(key) ?? { first: permission, resources: [] };
    statement.resources.push(permission.resource);
    shared.set(key, statement);
  }
  const count = new Map<string, number>();
  return [...shared.values()].map(({ first: { to, actions, condition }, resources }) => {
    const number = (count.get(to) ?? 0) + 1;
    count.set(to, number);
    return {
      Sid: number === 1 ? to : `${to}${number}`,
      Effect: "Allow",
      Action: oneOrMore([...actions].sort()),
      Resource: oneOrMore(resources.sort()),
      ...(condition === undefined ? {} : { Condition: condition }),
    };
  });
}

/** A list, or the one thing in it. */
export function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first === undefined || others.length > 0 ? values : first;
}

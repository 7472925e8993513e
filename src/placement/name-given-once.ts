import type { Construct, IConstruct } from "constructs";
import { isLiteral, type Value } from "../values";

/** The paths of the constructs that want a name, by that name: of each app on its own. */
const wanting = new WeakMap<IConstruct, Map<string, string[]>>();

/**
 * Has the synthesis fail where two constructs of an app want one name that AWS gives once: it would refuse the second one
 * in the middle of an apply. What is known only when Terraform plans is not looked at.
 *
 * @param what what is named: `log bucket`
 * @param within what the name is given once in: a partition, a region of an account
 */
export function wantName(construct: Construct, what: string, name: Value<string>, within: Value<string>): void {
  if (!isLiteral(name) || !isLiteral(within)) {
    return;
  }
  const { root, path } = construct.node;
  const names = wanting.get(root) ?? new Map<string, string[]>();
  wanting.set(root, names);
  const key = JSON.stringify([what, within, name]);
  const paths = [...(names.get(key) ?? []), path];
  names.set(key, paths);
  construct.node.addValidation({
    validate: () =>
      (names.get(key) as string[])
        .filter((each) => each !== path)
        .map((each) => `must be another name than that of the ${what} of ${each}; got ${JSON.stringify(name)}`),
  });
}

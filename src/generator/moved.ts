import { type Moved, withoutIndexes } from "../inputs";
import type { Structure } from "../placement";
import { addressesOfDraft } from "./addresses";
import { attribute, type Body, block } from "./block";
import type { Draft } from "./draft";

/**
 * The addresses of a module that changed, each as a block.
 *
 * @throws Error naming every entry that leads nowhere, or away from what is still there
 */
export function describeMoved(draft: Draft, structure: Structure = {}): Body {
  const { name, moved } = draft.definition;
  if (moved.length > 0) {
    const { resources, modules } = addressesOfDraft(draft, structure);
    const problems = misplaced(moved, [...resources.map(({ address }) => address), ...modules]);
    if (problems.length > 0) {
      throw new Error(
        `the module ${name} has wrong moved addresses:\n${problems.map((each) => `  - ${each}`).join("\n")}`,
      );
    }
  }
  return moved.map(({ from, to, since }) =>
    block(
      "moved",
      [],
      [attribute("from", from, "type"), attribute("to", to, "type")],
      since === undefined ? undefined : `Since ${since}.`,
    ),
  );
}

function misplaced(moved: readonly Moved[], addresses: readonly string[]): readonly string[] {
  const present = new Set(addresses.map(withoutIndexes));
  const before = new Set(moved.map(({ from }) => withoutIndexes(from)));
  return moved.flatMap(({ from, to }, index) => [
    ...(present.has(withoutIndexes(from)) ? [`moved[${index}].from: ${from} is still in the module`] : []),
    ...(present.has(withoutIndexes(to)) || before.has(withoutIndexes(to))
      ? []
      : [`moved[${index}].to: ${to} is not in the module, and no other entry leads on from there`]),
  ]);
}

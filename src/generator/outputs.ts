import { attribute, type Body, block } from "./block";
import type { Draft } from "./draft";
import { description } from "./variables";

/** The outputs of a module: every output of its component, waiting for what it is said to wait for. */
export function describeOutputs({ component, definition, tokens }: Draft): Body {
  return Object.entries(component.outputs).map(([name, { value, after }]) => {
    const addresses = (after ?? [])
      .flatMap(({ elements }) => elements)
      .map(({ fqn }) => String(tokens.resolve(fqn)).replace(/^\$\{(.*)\}$/, "$1"));
    return block(
      "output",
      [name],
      [
        description(definition.outputs[name]?.description ?? ""),
        attribute("value", value),
        ...(addresses.length === 0
          ? []
          : [{ ...attribute("depends_on", addresses, "references"), group: true } as const]),
      ],
    );
  });
}

import { reference, type Value } from "../values";
import { attribute, type Block, block, groupedAttribute } from "./block";

/** A module as it is called. */
export interface CalledModule {
  readonly label: string;
  /** Where the module is, as Terraform reads it. */
  readonly source: string;
  readonly count?: Value<number> | undefined;
  /** The providers that are passed, by the names that the module knows: `{ aws: "aws.log_archive" }`. */
  readonly providers?: Readonly<Record<string, string>> | undefined;
  /** The inputs, by Terraform's names. */
  readonly inputs: Readonly<Record<string, Value<unknown>>>;
  /** Why it is there. */
  readonly comment?: string | undefined;
}

/** The call of a module. */
export function moduleCall({ label, source, count, providers, inputs, comment }: CalledModule): Block {
  const passed = Object.entries(providers ?? {}).map(([name, path]) => [name, reference(path)] as const);
  return block(
    "module",
    [label],
    [
      attribute("source", source),
      ...(count === undefined ? [] : [attribute("count", count)]),
      ...(passed.length === 0 ? [] : [attribute("providers", Object.fromEntries(passed), "object")]),
      ...Object.entries(inputs).map(([name, value], index) =>
        index === 0 ? groupedAttribute(name, value) : attribute(name, value),
      ),
    ],
    comment,
  );
}

import { type Body, blocksOf, type Value } from "../terraform-syntax";
import { below, type FindingInModule, finding } from "./finding";
import { defaultChange, parseType, typeChanges, typeText } from "./input-type";
import { canonical, expressionText } from "./module-source";

/** What changed in the inputs of a module. */
export function inputChanges(
  earlier: ReadonlyMap<string, Body>,
  later: ReadonlyMap<string, Body>,
): readonly FindingInModule[] {
  return [
    ...namesOnlyIn(earlier, later).map((name) =>
      finding("major", `var.${name}`, "was removed", "Take it out of the call."),
    ),
    ...[...later].flatMap(([name, input]) => {
      const before = earlier.get(name);
      const path = `var.${name}`;
      return before === undefined
        ? [
            input.default === undefined
              ? finding("major", path, "was added, and must be given", "Give it a value.")
              : finding("minor", path, "was added, and may be left out"),
          ]
        : inputChange(path, before, input);
    }),
  ];
}

function inputChange(path: string, before: Body, after: Body): readonly FindingInModule[] {
  return [
    ...below(path, typeChanges(typeOf(before), typeOf(after))),
    ...presenceChange(path, before, after),
    ...nullableChange(path, before, after),
    ...secrecyChange(path, before, after),
    ...validationChanges(path, before, after),
    ...wordingChange(path, before, after),
  ];
}

function typeOf({ type = "any" }: Body): ReturnType<typeof parseType> {
  return parseType(expressionText(type));
}

function presenceChange(path: string, before: Body, after: Body): readonly FindingInModule[] {
  if (before.default === undefined && after.default === undefined) {
    return [];
  }
  if (after.default === undefined) {
    return [finding("major", path, "must be given", `To keep what was, set it to ${valueText(before.default)}.`)];
  }
  if (before.default === undefined) {
    return [finding("minor", path, "may be left out")];
  }
  const texts = [before.default, after.default].map(valueText);
  return canonical(before.default) === canonical(after.default)
    ? []
    : [defaultChange(path, texts[0] as string, texts[1] as string)];
}

/** A value as text of Terraform, where it is short. */
function valueText(value: Value): string {
  const text = JSON.stringify(value);
  return text.length <= 80
    ? text
    : `${typeText({ form: "simple", name: Array.isArray(value) ? "a list" : "an object" })} of other values`;
}

function nullableChange(path: string, before: Body, after: Body): readonly FindingInModule[] {
  const [was, is] = [before, after].map(({ nullable = true }) => nullable !== false);
  if (was === is) {
    return [];
  }
  if (!is) {
    return [
      after.default === undefined
        ? finding("major", path, "does not take null any more", "Give it another value than null.")
        : finding(
            "major",
            path,
            "takes null for its default, and not as a value of its own",
            "Leave it out, or give it another value.",
          ),
    ];
  }
  return [
    after.default === undefined
      ? finding("minor", path, "takes null")
      : finding(
          "major",
          path,
          "takes null as a value of its own, and not for its default",
          "Where null is given, leave it out.",
        ),
  ];
}

function secrecyChange(path: string, before: Body, after: Body): readonly FindingInModule[] {
  return ["sensitive", "ephemeral"].flatMap((name) => {
    const [was, is] = [before, after].map((each) => each[name] === true);
    return was === is
      ? []
      : [
          is
            ? finding("major", path, `is ${name}`, `What is made from it is ${name}, too: say so where it is used.`)
            : finding("minor", path, `is not ${name} any more`),
        ];
  });
}

function validationChanges(path: string, before: Body, after: Body): readonly FindingInModule[] {
  const conditions = ({ validation }: Body): readonly string[] =>
    blocksOf(validation).map(({ condition }) => canonical(condition));
  const [was, is] = [conditions(before), conditions(after)];
  const isNew = is.filter((each) => !was.includes(each)).length;
  const isGone = was.filter((each) => !is.includes(each)).length;
  if (isNew > 0) {
    return [
      finding(
        "major",
        path,
        isGone > 0
          ? "has a rule that changed: it may refuse what was taken"
          : "has a new rule: it may refuse what was taken",
        "See whether your value meets it.",
      ),
    ];
  }
  return isGone > 0 ? [finding("minor", path, "has a rule less: it may take what was refused")] : [];
}

function wordingChange(path: string, before: Body, after: Body): readonly FindingInModule[] {
  const wording = ({ description, validation }: Body): string =>
    canonical([description, blocksOf(validation).map((each) => each.error_message)]);
  return wording(before) === wording(after) ? [] : [finding("patch", path, "is described in other words")];
}

/** What changed in the outputs of a module. */
export function outputChanges(
  earlier: ReadonlyMap<string, Body>,
  later: ReadonlyMap<string, Body>,
): readonly FindingInModule[] {
  return [
    ...namesOnlyIn(earlier, later).map((name) => finding("major", `output.${name}`, "was removed", "Do without it.")),
    ...[...later].flatMap(([name, output]) => {
      const before = earlier.get(name);
      const path = `output.${name}`;
      if (before === undefined) {
        return [finding("minor", path, "was added")];
      }
      return [
        ...secrecyChange(path, before, output),
        ...(canonical(before.value) === canonical(output.value)
          ? []
          : [finding("minor", path, "is computed in another way", "See what the plan says of it.")]),
        ...wordingChange(path, before, output),
      ];
    }),
  ];
}

/** The names that the first has, and the second not. */
export function namesOnlyIn(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...one.keys()].filter((name) => !other.has(name));
}

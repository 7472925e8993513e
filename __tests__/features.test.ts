import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { auditTrailDefinition } from "../src/audit-trail/inputs";
import { addGenerate } from "../src/cli/generate";
import { stackDefinition } from "../src/configuration/stack-options";
import type { Field, Fields, Kind } from "../src/inputs";
import { fullNames, missingTests, NAMED_TEST } from "./support/named-tests";

const ROOT = join(__dirname, "..");

/** The features that have to be there, by their numbers. */
const NUMBERS = [
  ...[...range(1, 12), ...range(15, 17), 21, 24, ...range(31, 49)],
  ...[...range(52, 61), ...range(65, 77), ...range(79, 102), 124, 126, ...range(140, 142), 127, 129],
];

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A line of the tables. */
interface Row {
  readonly number: number;
  readonly feature: string;
  readonly chosenBy: string;
  readonly provedBy: string;
}

const rows: readonly Row[] = readFileSync(join(ROOT, "docs/features.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [0-9]/.test(line))
  .map((line) => {
    const [number, feature, chosenBy, provedBy, ...rest] = line.slice(2, -2).split(" | ") as [
      string,
      string,
      string,
      string,
    ];
    expect(rest).toEqual([]);
    return { number: Number(number), feature, chosenBy, provedBy };
  });

/** Whether there is an input by its path: `log_bucket.access_logs.retention_days`. */
function isInput(fields: Fields, [name, ...below]: readonly string[]): boolean {
  const field: Field<unknown> | undefined = Object.hasOwn(fields, name as string) ? fields[name as string] : undefined;
  return field !== undefined && (below.length === 0 || isInput(fieldsOf(field.kind), below));
}

function fieldsOf({ shape }: Kind<unknown>): Fields {
  return shape.form === "object" ? shape.fields : shape.form === "list" ? fieldsOf(shape.item) : {};
}

function generatorOptions(): readonly (string | undefined)[] {
  const program = new Command();
  addGenerate(program);
  return program.commands.flatMap(({ options }) => options.map(({ long }) => long ?? undefined));
}

test("every feature that has to be there is in the list once, in order", () => {
  expect(rows.map(({ number }) => number)).toEqual(NUMBERS);
});

test("every feature says what it is, how it is chosen, and by one or two tests that it holds", () => {
  for (const { feature, chosenBy, provedBy } of rows) {
    expect([feature, chosenBy]).toEqual([expect.stringMatching(/^[A-Z].{10}/), expect.stringMatching(/^[a-z`]/)]);
    const named = [...provedBy.matchAll(NAMED_TEST)].map(([text]) => text);
    expect(named.join("<br>")).toBe(provedBy);
    expect([1, 2]).toContain(named.length);
  }
});

test("every test that is named is there", () => {
  expect(missingTests(rows.map(({ provedBy }) => provedBy))).toEqual([]);
});

test("every input that is named is there, and so is every option of a stack and of the generator", () => {
  const options = generatorOptions();
  const unknown = rows.flatMap(({ chosenBy }) =>
    [...chosenBy.matchAll(/`([^`]+)`( of a stack| of the generator)?/g)].filter(([, name, of]) => {
      const path = (name as string).split(".");
      return of === " of the generator"
        ? !options.includes(name)
        : !isInput((of === undefined ? auditTrailDefinition : stackDefinition).fields, path);
    }),
  );
  expect(unknown.map(([text]) => text)).toEqual([]);
});

test("a feature that is not always there names what it is chosen by", () => {
  const unnamed = rows.filter(({ chosenBy }) => !/^always|`/.test(chosenBy)).map(({ number }) => number);
  // Another trail beside that of the organization is no input of either.
  expect(unnamed).toEqual([9]);
});

describe("the names of tests in a source", () => {
  const source = `
    describe("a group", () => {
      test("holds", () => {});
      test.each<[number]>([[1]])("of %d", () => {});
      describe.each(["x"])("in $name", () => { test('too', () => {}); });
    });
    describeKind("a kind", { accepted: ["test"] });
    expect("nothing").toBe(test("\`of\` none"));
    retest("not this", () => {});
  `;

  test("are those of groups and tests, with what stands around, with their placeholders", () => {
    expect([...fullNames(source)]).toEqual([
      "a group",
      "a group holds",
      "a group of %d",
      "a group in $name",
      "a group in $name too",
      "a kind",
      "`of` none",
    ]);
  });
});

test.each([
  ["log_bucket.access_logs.retention_days", true],
  ["log_bucket.transitions.storage_class", true],
  ["log_bucket.access_log", false],
  ["tags.name", false],
  ["toString", false],
])("an input %s is there: %p", (path, expected) => {
  expect(isInput(auditTrailDefinition.fields, path.split("."))).toBe(expected);
});

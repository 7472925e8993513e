import { GENERATED_NOTE } from "../../src/generator";
import { propsFiles } from "../../src/generator/props";
import {
  accountId,
  boolean,
  defaulting,
  define,
  type Fields,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  region,
  required,
  switchedOn,
  text,
  textOutput,
  wholeNumber,
} from "../../src/inputs";

function component(name: string, fields: Fields) {
  const title = `The ${name}`;
  return define({ name, title, description: "Something.", fields, outputs: { home_region: textOutput("A region.") } });
}

const written = (fields: Fields, name = "log-bucket"): string =>
  propsFiles([{ path: "props.ts", definitions: [component(name, fields)] }])["props.ts"] as string;

/** The lines of the interfaces without comments. */
const code = (source: string): readonly string[] =>
  source.split("\n").filter((line) => line !== "" && !/^ *(\/\/|\/\*\*| \*)/.test(line));

describe("the interface of the inputs of a component", () => {
  test("has each with its description, rules and default, by TypeScript's names", () => {
    const fields = {
      home_account: required(accountId, "The account. Not `home_region`, which is an output, nor `some_thing`."),
      retention_days: optional(wholeNumber(1, 9, "days"), "Days. Without `home_account`, no days."),
    };
    expect(written(fields)).toBe(
      [
        `// ${GENERATED_NOTE}`,
        "",
        "/** The log-bucket: the inputs, the same as those of its Terraform module. */",
        "export interface LogBucketProps {",
        "  /**",
        "   * The account. Not `homeRegion`, which is an output, nor `some_thing`.",
        "   *",
        "   * Must be the 12 digits of an AWS account id.",
        "   */",
        "  readonly homeAccount: string;",
        "  /**",
        "   * Days. Without `homeAccount`, no days.",
        "   *",
        "   * Must be a whole number of days from 1 to 9.",
        "   *",
        "   * @default null",
        "   */",
        "  readonly retentionDays?: number | null | undefined;",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("takes tokens where the type of a value holds none as it is", () => {
    const choice = oneOf("a", "b");
    const part = object({ days: required(wholeNumber(1, 9, "days"), "Days.") });
    const fields = {
      one_text: required(text(), "A."),
      one_number: required(wholeNumber(1, 9, "days"), "A."),
      one_choice: defaulting(choice, "a", "A."),
      some_texts: required(listOf(text()), "A."),
      some_numbers: required(listOf(wholeNumber(1, 9, "days")), "A."),
      some_choices: required(listOf(choice), "A."),
      texts_by_name: required(mapOf(text(), text()), "A."),
      switches_by_name: required(mapOf(text(), boolean()), "A."),
      parts: required(listOf(part), "A."),
    };
    expect(written(fields)).toContain('\nimport type { IResolvable } from "cdktf";\n');
    expect(code(written(fields)).slice(2, -4)).toEqual([
      "  readonly oneText: string;",
      "  readonly oneNumber: number;",
      '  readonly oneChoice?: "a" | "b" | IResolvable | undefined;',
      "  readonly someTexts: readonly string[];",
      "  readonly someNumbers: readonly number[] | IResolvable;",
      '  readonly someChoices: readonly ("a" | "b" | IResolvable)[] | IResolvable;',
      "  readonly textsByName: Readonly<Record<string, string>> | IResolvable;",
      "  readonly switchesByName: Readonly<Record<string, boolean | IResolvable>> | IResolvable;",
      "  readonly parts: readonly PartOptions[] | IResolvable;",
    ]);
  });

  test("keeps to the width of the formatter", () => {
    const choices = Array.from({ length: 9 }, (_, index) => `a-rather-long-choice-${index}`);
    const words = Array.from({ length: 60 }, (_, index) => (index % 7 === 1 ? "@someone" : `word${index}`)).join(" ");
    const source = written({
      choice: required(oneOf(...choices), words),
      ending: required(text(), "Not the end of a comment: */ is only a text."),
    });
    const lines = source.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.filter((line) => /^ *\* @/.test(line))).toEqual([]);
    expect(code(source).slice(2, 5)).toEqual([
      "  readonly choice:",
      '    | "a-rather-long-choice-0"',
      '    | "a-rather-long-choice-1"',
    ]);
    expect(source).toContain("  /** Not the end of a comment: *\\/ is only a text. */\n");
  });
});

describe("the interfaces of objects", () => {
  const days = (description: string) => ({ days: required(wholeNumber(1, 9, "days"), description) });
  const interfaces = (source: string | undefined): readonly string[] =>
    [...(source ?? "").matchAll(/^export interface (\w+)/gm)].map(([, name]) => name as string);

  test("are named after the attribute, those of entries after one of them, and say what they are", () => {
    const source = written({
      access_logs: switchedOn(object(days("A.")), "Logs of access. Null keeps none."),
      home_regions: defaulting(
        mapOf(text(), object({ region: required(region, "A region.") })),
        {},
        "Regions by name.",
      ),
    });
    expect(interfaces(source)).toEqual(["LogBucketProps", "AccessLogsOptions", "HomeRegionOptions"]);
    expect(source).toContain("\n/** Logs of access. */\nexport interface AccessLogsOptions {\n");
    expect(source).toContain("\n/** One of `homeRegions`: Regions by name. */\nexport interface HomeRegionOptions {\n");
    expect(source).toContain("  readonly accessLogs?: AccessLogsOptions | null | undefined;\n");
    expect(source).toContain("   * @default {}\n   */\n  readonly accessLogs?");
  });

  test("are shared where they are the same, and told apart by what they are in where they are not", () => {
    const source = written({
      first: required(object({ part: required(object(days("A.")), "Part.") }), "First."),
      second: required(object({ part: required(object(days("A.")), "The same.") }), "Second."),
      third: required(object({ part: required(object(days("Other days.")), "Another.") }), "Third."),
    });
    expect(interfaces(source)).toEqual([
      ...["LogBucketProps", "FirstOptions", "PartOptions"],
      ...["SecondOptions", "ThirdOptions", "ThirdPartOptions"],
    ]);
    expect(code(source).filter((line) => line.includes(" part:"))).toEqual([
      "  readonly part: PartOptions;",
      "  readonly part: PartOptions;",
      "  readonly part: ThirdPartOptions;",
    ]);
  });

  test("are imported from the file before, and have the short names in the composition", () => {
    const shared = object(days("Shared."));
    const bucket = component("bucket", {
      ...{ shared: required(shared, "A."), key: required(object(days("Of a bucket.")), "A.") },
    });
    const trail = component("trail", {
      ...{ shared: required(shared, "A."), key: required(object(days("Of a trail.")), "A.") },
    });
    const files = propsFiles([
      { path: "parts.ts", definitions: [bucket] },
      { path: "whole.ts", definitions: [trail], imports: "./parts" },
    ]);
    expect(Object.fromEntries(Object.entries(files).map(([path, source]) => [path, interfaces(source)]))).toEqual({
      "parts.ts": ["BucketProps", "SharedOptions", "BucketKeyOptions"],
      "whole.ts": ["TrailProps", "KeyOptions"],
    });
    expect(files["whole.ts"]).toContain('\nimport type { SharedOptions } from "./parts";\n');
  });

  test("that two objects would have are an error", () => {
    const a = object({ b_c: required(object(days("1.")), "A.") });
    const c = object({ c: required(object(days("2.")), "A.") });
    const clashing = { b_c: required(object(days("3.")), "A."), a: required(a, "A."), a_b: required(c, "A.") };
    const taken = {
      ...clashing,
      c: required(object(days("4.")), "A."),
      log_bucket_a_b_c: required(object(days("5.")), "A."),
    };
    expect(() => written({ ...taken, ...{ a_bc: required(object(days("6.")), "A.") } })).toThrow(
      "two objects would have the interface LogBucketABCOptions: rename one of their attributes",
    );
  });
});

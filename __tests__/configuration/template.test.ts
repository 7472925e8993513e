import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { configurationTemplate } from "../../src/configuration";
import { s3State } from "../../src/stacks";
import { problemsOf, read } from "./support/configurations";

const SCHEMA = "./schema/audit-trail.schema.json";

/** Lines that hold an input with its default: `# name: null`, in contrast to words about it. */
const INPUT_IN_COMMENT = /^( *)# ([a-z0-9_]+: .*)$/;

describe("the template of a configuration", () => {
  const template = configurationTemplate(SCHEMA);

  test("is the committed configuration", () => {
    expect(readFileSync(join(__dirname, "../../audit-trail.yaml"), "utf8")).toBe(template);
  });

  test("is, with the profile cis, the committed example", () => {
    const example = readFileSync(join(__dirname, "../../examples/cis/audit-trail.yaml"), "utf8");
    expect(example).toBe(configurationTemplate("../../schema/audit-trail.schema.json", {}, "cis"));
  });

  test("is right as it is, and only its examples are to be replaced", () => {
    const { trails } = read(template);
    expect(trails.map(({ name }) => name)).toEqual(["example"]);
    expect(trails[0]?.placeholders.map(({ path }) => path.join("."))).toEqual([
      "trails.example.account_id",
      "trails.example.account_name",
      "trails.example.owner",
      "state.s3.bucket",
    ]);
  });

  test("names its schema first, where editors look for it", () => {
    expect(template.split("\n")[0]).toBe(`# yaml-language-server: $schema=${SCHEMA}`);
  });

  test("explains every input", () => {
    const inWords = template.replace(/\n *#? */g, " ");
    for (const fields of [auditTrailDefinition.fields, s3State.fields]) {
      for (const [name, { description }] of Object.entries(fields)) {
        expect(template).toMatch(new RegExp(`^ +(# )?${name}: `, "m"));
        expect(inWords).toContain(description.replaceAll("\n", " "));
      }
    }
  });

  test("has lines that people can read without scrolling", () => {
    const long = template.split("\n").filter((line) => line.length > 100);
    expect(long).toEqual([]);
  });

  test("means the same with every default taken out of its comment, one by one and all at once", () => {
    const lines = template.split("\n");
    const commented = lines.flatMap((line, index) => (INPUT_IN_COMMENT.test(line) ? [index] : []));
    const without = (indexes: readonly number[]): string =>
      lines.map((line, index) => (indexes.includes(index) ? line.replace(INPUT_IN_COMMENT, "$1$2") : line)).join("\n");
    const {
      trails: [original],
    } = read(template);
    expect(commented.length).toBeGreaterThan(15);
    for (const index of commented) {
      expect(read(without([index])).trails).toEqual([{ ...original, placeholders: expect.anything() }]);
    }
    expect(read(without(commented)).trails).toEqual([{ ...original, placeholders: expect.anything() }]);
  });

  test("shows of what is off by default what it may be", () => {
    const [, organization] = /# organization: null # or (.*)/.exec(template) as unknown as [string, string];
    expect(Object.keys(parse(organization) as object)).toEqual(["id", "management_account_id"]);
  });
});

describe("the template with answers", () => {
  const answers = {
    account_id: "444455556666",
    account_name: "Prod.EU",
    region: "us-east-1",
    owner: "Ada Example",
    state_bucket: "prod-states",
  };

  test("has them in place of the examples", () => {
    expect(read(configurationTemplate(SCHEMA, answers)).trails).toMatchObject([
      {
        name: "prod-eu",
        inputs: { accountId: "444455556666", accountName: "Prod.EU", region: "us-east-1", owner: "Ada Example" },
        state: { settings: { bucket: "prod-states", region: "us-east-1" } },
        placeholders: [],
      },
    ]);
  });

  test.each([
    ["Prod", "prod"],
    ["prod.eu_west-1", "prod-eu_west-1"],
    ["123", "123"],
    ["0x10", "0x10"],
    ["null", "null"],
    ["a".repeat(100), "a".repeat(63)],
  ])("names the stack of the account %s after it: %s", (accountName, name) => {
    expect(read(configurationTemplate(SCHEMA, { account_name: accountName })).trails[0]?.name).toBe(name);
  });

  test.each(['"', "\\", "# no comment", "a: b", "*a", "'", "\u2028", "yes", "012", "${x}", "}\n  b: {"])(
    "keeps any text what it is: %j",
    (owner) => {
      const problems = problemsOf(configurationTemplate(SCHEMA, { owner }));
      if (/^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u.test(owner)) {
        expect(read(configurationTemplate(SCHEMA, { owner })).trails[0]?.inputs.owner).toBe(owner);
      } else {
        expect(problems).toEqual([
          expect.stringMatching(/^file\.yaml:\d+:5: trails\.example\.owner: must be at most 256/),
        ]);
      }
    },
  );
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configurationSchema } from "../../src/configuration";
import { type JsonSchema, pathText } from "../../src/inputs";
import { INPUTS, problemsOf, STATE, withInputs, withMore } from "./support/configurations";
import { accepts } from "./support/json-schema";

const ROOT = join(__dirname, "../..");
const schema = configurationSchema();

/** Whether editors accept a configuration. */
function isAccepted(content: string): boolean {
  return accepts(schema, parse(content, { merge: true }));
}

describe("the JSON schema", () => {
  test("is committed as the command prints it", () => {
    const committed = readFileSync(join(ROOT, "schema/audit-trail.schema.json"), "utf8");
    expect(committed).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  test("accepts the committed configuration", () => {
    expect(isAccepted(readFileSync(join(ROOT, "audit-trail.yaml"), "utf8"))).toBe(true);
  });

  test("describes everything that can be given", () => {
    const bare: string[] = [];
    const visit = (value: unknown, path: readonly string[]): void => {
      const { properties = {}, additionalProperties, anyOf = [], $defs = {}, description } = value as JsonSchema;
      if (path.length > 1 && description === undefined && (value as JsonSchema).$ref === undefined) {
        bare.push(pathText(path));
      }
      for (const [name, each] of [...Object.entries(properties as object), ...Object.entries($defs as object)]) {
        visit(each, [...path, name]);
      }
      for (const each of anyOf as object[]) {
        visit({ description: "", ...each }, path);
      }
      if (typeof additionalProperties === "object" && (additionalProperties as JsonSchema).properties !== undefined) {
        // What is described of a map holds of its entries.
        visit({ description: "", ...(additionalProperties as object) }, [...path, "<name>"]);
      }
    };
    visit(schema, []);
    expect(bare).toEqual([]);
  });

  test.each([
    ["one trail", withInputs(INPUTS)],
    [
      "everything of a trail",
      withMore(
        "prevent_destroy: true\n    tags: { a: b }\n    log_bucket: { retention_days: 90 }\n    insights: null\n    s3_data_events: {}\n    state: { local: {} }",
      ),
    ],
    ["no state but that of the trail", withMore("state: { local: null }", "")],
    ["a null for the state of a trail", withMore("state: null")],
    [
      "inputs that come from defaults",
      `${STATE}defaults: { owner: Me, region: eu-central-1 }\ntrails:\n  a: { account_id: '111122223333', account_name: a }\n`,
    ],
    ["defaults without anything in them", `defaults:\n${withInputs(INPUTS)}`],
    ["HCP Terraform", withInputs(INPUTS, "state: { cloud: { organization: o, workspace: { tags: { a: b } } } }\n")],
    ["another backend", withInputs(INPUTS, "state: { gcs: { bucket: a, prefix: b } }\n")],
    ["another backend without settings", withInputs(INPUTS, "state:\n  pg:\n")],
  ])("accepts, as the checker does, %s", (_, content) => {
    expect(problemsOf(content)).toEqual([]);
    expect(isAccepted(content)).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["a list", "- a"],
    ["an unknown name in the root", `stat: {}\n${withInputs(INPUTS)}`],
    ["an unknown name in defaults", `defaults: { ownr: a }\n${withInputs(INPUTS)}`],
    ["a state in defaults", `defaults: { state: { local: {} } }\n${withInputs(INPUTS)}`],
    ["an unknown name in a trail", withMore("foo: 1")],
    ["an unknown name in an object", withMore("log_bucket: { foo: 1 }")],
    ["an unknown name in a nullable object", withMore("insights: { foo: true }")],
    ["no trails", STATE],
    ["trails without one", `${STATE}trails: {}`],
    ["trails as a list", `${STATE}trails: []`],
    ["a trail that is nothing", `${STATE}trails: { a: null }`],
    ["the name of a trail that no folder can have", `${STATE}trails: { "A b": {} }`],
    ["a trail without what it needs", `${STATE}trails: { a: {} }`],
    ["a trail without what it needs, and a null for it", withInputs(INPUTS.replace("Example Owner", "null"))],
    ["a number as a text", withInputs(INPUTS.replace('"111122223333"', "111122223333"))],
    ["a text as a boolean", withMore('multi_region: "true"')],
    ["a text as a number", withMore('log_bucket: { retention_days: "90" }')],
    ["a number that is not whole", withMore("log_bucket: { retention_days: 90.5 }")],
    ["a number out of its range", withMore("log_bucket: { retention_days: 1 }")],
    ["a list as a map", withMore("tags: []")],
    ["a map as a list", withMore("management_events: { exclude_event_sources: {} }")],
    ["a choice that is none", withMore("management_events: { read_write_type: Some }")],
    ["a text that a pattern refuses", withInputs(INPUTS.replace("eu-central-1", "nowhere"))],
    ["the value of a tag that is no text", withMore("tags: { a: 1 }")],
    ["a role that is none", withMore("role_arn: audit")],
    ["no state", withInputs(INPUTS, "")],
    ["a state that is nothing", withInputs(INPUTS, "state:\n")],
    ["two states", withInputs(INPUTS, "state: { local: {}, gcs: {} }\n")],
    ["a state without a backend", withInputs(INPUTS, "state: {}\n")],
    ["an unknown backend", withInputs(INPUTS, "state: { s4: {} }\n")],
    ["S3 without its region", withInputs(INPUTS, "state: { s3: { bucket: abc } }\n")],
    ["S3 without anything", withInputs(INPUTS, "state:\n  s3:\n")],
    [
      "an unknown setting of S3",
      withInputs(INPUTS, "state: { s3: { bucket: abc, region: eu-central-1, dynamodb_table: a } }\n"),
    ],
    [
      "an unknown name in the workspace",
      withInputs(INPUTS, "state: { cloud: { organization: o, workspace: { nam: w } } }\n"),
    ],
    [
      "tags of a workspace as a list",
      withInputs(INPUTS, "state: { cloud: { organization: o, workspace: { tags: [a] } } }\n"),
    ],
    ["no tags of a workspace", withInputs(INPUTS, "state: { cloud: { organization: o, workspace: { tags: {} } } }\n")],
    ["settings that are no map", withInputs(INPUTS, "state: { gcs: a }\n")],
    ["a wrong state of a trail", withMore("state: { s4: {} }")],
  ])("rejects, as the checker does, %s", (_, content) => {
    expect(problemsOf(content)).not.toEqual([]);
    expect(isAccepted(content)).toBe(false);
  });

  test("knows the names that the checker knows", () => {
    const namesAt = (...path: readonly string[]): readonly string[] => {
      const at = path.reduce<JsonSchema>((schemaThere, step) => schemaThere[step] as JsonSchema, schema);
      return Object.keys(at).sort();
    };
    const ofTrail = namesAt("properties", "trails", "additionalProperties", "properties");
    expect(ofTrail).toEqual([...namesAt("properties", "defaults", "properties"), "state"].sort());
    const [problem] = problemsOf(withMore("qqqqqqqqqqqq: 1"));
    const told = /use one of (.*)$/
      .exec(problem as string)?.[1]
      ?.split(", ")
      .sort();
    expect(told).toEqual(ofTrail);
  });
});

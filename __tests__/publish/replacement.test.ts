import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleFiles } from "../../src/generator";
import { readModules } from "../../src/publish/comparison/module-source";
import { forcesReplacement, replacingArguments } from "../../src/publish/comparison/replacement";
import { publishedModules } from "../../src/published";

const FOLDER = join(__dirname, "../fixtures/provider-schemas");

interface Schema {
  readonly resource: Readonly<Record<string, { readonly attributes: object; readonly blocks: object } | undefined>>;
}

const schemas = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Schema);

test.each(Object.entries(replacingArguments))("the arguments of %s are those of the provider", (type, names) => {
  const known = schemas.flatMap(({ resource }) => resource[type] ?? []);
  expect(known.length).toBeGreaterThan(0);
  for (const { attributes, blocks } of known) {
    expect(Object.keys({ ...attributes, ...blocks })).toEqual(expect.arrayContaining([...names]));
  }
});

test("what forces replacement is known of every type of resource that a module has, and of no other", async () => {
  const modules = await Promise.all(publishedModules.map((source) => readModules(moduleFiles(source), source.name)));
  const types = modules
    .flatMap((each) => [...each.values()])
    .flatMap(({ resources }) => [...resources.keys()].map((address) => address.split(".")[0] as string));
  expect(Object.keys(replacingArguments)).toEqual([...new Set(types)].sort());
});

test("another region makes anything anew, and of what is not known here nothing is said", () => {
  expect(forcesReplacement("aws_s3_bucket", "region")).toBe(true);
  expect(forcesReplacement("aws_s3_bucket", "tags")).toBe(false);
  expect(forcesReplacement("aws_vpc", "region")).toBeUndefined();
});

import { parse } from "@cdktf/hcl2json";
import { readConfiguration } from "../../src/configuration";
import { moduleFiles } from "../../src/generator";
import { publishedModules } from "../../src/published";
import { synthesize } from "../../src/stacks";
import { everythingOn } from "../audit-trail/support/everything-on";
import { misfits, type ProviderSchema, providerSchemas, regionsIn, typesIn } from "./support/provider-schemas";

type Parsed = Readonly<Record<string, unknown>>;

const REGION = "eu-central-1";

/** The stack of a trail with every part on, whose resources say their region. */
const stack = stackWith({ region_argument: true });

/** The Terraform files of every published module and of those nested in it, by path: resources say their region. */
let modules: readonly (readonly [path: string, configuration: Parsed])[];

/** Terraform's JSON of a stack with every part on. */
function stackWith(options: object): Parsed {
  const example = { account_id: "111122223333", account_name: "example", region: REGION, owner: "Example Owner" };
  // JSON is YAML, too.
  const text = JSON.stringify({
    state: { local: {} },
    trails: { example: { ...example, ...everythingOn, ...options } },
  });
  const written = [...synthesize(readConfiguration("audit-trail.yaml", Buffer.from(text)).trails)];
  return JSON.parse(written.find(([path]) => path.endsWith(".tf.json"))?.[1] as string) as Parsed;
}

beforeAll(async () => {
  const sources = publishedModules.flatMap((source) =>
    [...moduleFiles({ ...source, structure: { regionArgument: true } })]
      .filter(([path]) => path.endsWith(".tf"))
      .map(([path, hcl]) => [`${source.name}/${path}`, hcl] as const),
  );
  modules = await Promise.all(sources.map(async ([path, hcl]) => [path, (await parse(path, hcl)) as Parsed] as const));
});

const sixes = providerSchemas.filter(({ version }) => version.startsWith("6."));

describe.each(sixes.map((schema) => [schema.version, schema] as const))(
  "where resources say their region, with AWS provider %s,",
  (_, schema) => {
    test("the modules use only what there is and is not deprecated, and every resource that has a region says it", () => {
      const found = modules.map(([path, configuration]) => [path, misfits(configuration, schema)] as const);
      expect(found.filter(([, each]) => each.length > 0)).toEqual([]);
      const regions = modules.flatMap(([path, configuration]) =>
        Object.entries(regionsIn(configuration, schema)).map(([address, region]) => [path, address, region] as const),
      );
      expect(regions).toHaveLength(49);
      expect(regions.filter(([, , region]) => region !== "${var.region}")).toEqual([]);
    });

    test("the stack with every part on does, too", () => {
      expect(misfits(stack, schema)).toEqual([]);
      const regions = regionsIn(stack, schema);
      // One alarm for each entry of the catalogue, a filter beside each of those by metric.
      expect(Object.keys(regions)).toHaveLength(76);
      expect(new Set(Object.values(regions))).toEqual(new Set([REGION]));
    });

    test("only the role and its policy have no region", () => {
      const regional = new Set(Object.keys(regionsIn(stack, schema)).map((address) => address.split(".")[0]));
      expect(typesIn(stack).filter((type) => !regional.has(type))).toEqual(["aws_iam_role", "aws_iam_role_policy"]);
    });

    test("nothing says it where that is not chosen", () => {
      expect(Object.values(regionsIn(stackWith({}), schema)).filter((region) => region !== undefined)).toEqual([]);
    });
  },
);

test("AWS provider 5 knows no region of resources, which is why it is refused where they say it", () => {
  const [five] = providerSchemas as readonly [ProviderSchema, ...ProviderSchema[]];
  expect(five.version).toBe("5.100.0");
  expect(misfits(stack, five)).toContain("aws_cloudtrail.trail.region is not known");
});

import fc from "fast-check";
import {
  type Expression,
  jsonencode,
  literal,
  raw,
  reference,
  type TokenResolver,
  token,
  after as waitingFor,
} from "../../src/values";
import { alignedAssignments, hcl } from "../../src/values/hcl";
import { Given, type Recipe, recipes, SEED, Variables } from "../values/recipes";
import { Workspace } from "./support/workspace";

const RANDOM_VALUES = 300;
const DEPTH = 4;
const WIDTHS: readonly number[] = [30, 60, 90, 120];

/** Assignments that stand together, and are aligned. */
const IN_ONE_BLOCK = 5;

/** What stands for cdktf: its tokens are the sources of templates already. */
const tokens: TokenResolver = { resolve: (each) => each };

/** All that a construct may be given for an input, by turns. */
const REFERENCES: readonly ((path: string) => Expression<unknown>)[] = [
  reference,
  (path) => waitingFor(reference(path), []) as Expression<unknown>,
  (path) => token(`\${${path}}`),
  (path) => token(`\${true ? ${path} : null}`),
  raw,
  (path) => raw(`true ? ${path} : null`),
];

/** A random value under a name of its own. */
class Sample {
  readonly variables: Variables;
  readonly folded: string;
  private readonly value: unknown;
  private readonly width: number;

  constructor(
    recipe: Recipe<unknown>,
    private readonly index: number,
  ) {
    this.variables = new Variables(`given_${index}`, (path, input) =>
      REFERENCES[(index + input) % REFERENCES.length]?.(path),
    );
    this.value = recipe(Given.variables(this.variables));
    this.folded = literal(jsonencode(recipe(Given.literals())));
    this.width = WIDTHS[index % WIDTHS.length] as number;
  }

  get name(): string {
    return `${"long_".repeat(this.index % 4)}value_${this.index}`;
  }

  /** As the generator writes an attribute of a block. */
  laidOut(indent: number): { readonly name: string; readonly text: string } {
    const column = indent + this.name.length + " = ".length;
    return { name: this.name, text: hcl(this.value, { column, indent, width: this.width, tokens }) };
  }

  get inOneLine(): string {
    return hcl(this.value, { width: Number.POSITIVE_INFINITY, tokens });
  }
}

function inBlocks(samples: readonly Sample[]): string {
  const blocks: string[] = [];
  for (let start = 0; start < samples.length; start += IN_ONE_BLOCK) {
    const assignments = samples.slice(start, start + IN_ONE_BLOCK).map((sample) => sample.laidOut(2));
    blocks.push(`locals {\n${alignedAssignments(assignments, 2).join("\n")}\n}\n`);
  }
  return blocks.join("\n");
}

function outputs(samples: readonly Sample[]): string {
  return samples
    .map(
      (sample) =>
        `${sample.variables}\noutput "${sample.name}" {\n  value = [\n    jsonencode(local.${sample.name}),\n` +
        `    jsonencode(${sample.inOneLine})\n  ]\n}\n`,
    )
    .join("\n");
}

describe(`the layout of ${RANDOM_VALUES} random values (seed ${SEED})`, () => {
  const workspace = new Workspace();
  const samples = fc
    .sample(recipes(DEPTH).any, { numRuns: RANDOM_VALUES, seed: SEED })
    .map((recipe, index) => new Sample(recipe, index));

  beforeAll(() => {
    workspace.write({ "layout.tf": inBlocks(samples), "outputs.tf": outputs(samples) });
  });

  afterAll(() => {
    workspace.remove();
  });

  test("is that of terraform fmt", async () => {
    const { stdout, stderr } = await workspace.terraform("fmt", "-check", "-diff", "-no-color", "layout.tf");
    expect(stderr).toBe("");
    expect(stdout).toBe("");
  });

  test("leaves the values what they are", async () => {
    const applied = await workspace.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    expect(applied.stderr).toBe("");
    const got = JSON.parse(await workspace.succeed("output", "-json"));
    const values = Object.fromEntries(samples.map((sample) => [sample.name, got[sample.name]?.value]));
    expect(values).toEqual(Object.fromEntries(samples.map((sample) => [sample.name, [sample.folded, sample.folded]])));
  });

  test("breaks values of every kind", () => {
    const source = inBlocks(samples);
    const broken = [
      /join\(" ", \[\n/,
      /\) (?:==|!=|<|<=|>|>=) /,
      /\[\n/,
      /\{\n/,
      /\w\(\n/,
      / \(\n/,
      /\n *\? /,
      /\n *: /,
      / &&\n/,
      / \|\|\n/,
      /\n *for /,
      /\n *if /,
    ];
    expect(broken.filter((pattern) => !pattern.test(source))).toEqual([]);
  });
});

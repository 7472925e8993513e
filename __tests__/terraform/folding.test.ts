import fc from "fast-check";
import { jsonencode, literal, type Value } from "../../src/values";
import { hcl, templateSource } from "../../src/values/hcl";
import { Given, type Recipe, recipes, SEED, Variables } from "../values/recipes";
import { Workspace } from "./support/workspace";

const RUNS = Number(process.env.RUNS ?? 600);
const DEPTH = 3;

/** One way to write a recipe for Terraform. */
interface Written {
  readonly variables: Variables;
  readonly expression: Value<string>;
}

/** A recipe in each of its forms, all of them as JSON. */
class Case {
  readonly folded: string;
  /** All inputs are variables. */
  readonly open: Written;
  /** Every other input is a variable. */
  readonly mixed: Written;

  constructor(
    readonly name: string,
    recipe: Recipe<unknown>,
  ) {
    this.folded = literal(jsonencode(recipe(Given.literals())));
    this.open = this.written("open", recipe, () => true);
    this.mixed = this.written("mixed", recipe, (index) => index % 2 === 0);
  }

  private written(form: string, recipe: Recipe<unknown>, isVariable: (index: number) => boolean): Written {
    const variables = new Variables(`${this.name}_${form}`, isVariable);
    return { variables, expression: jsonencode(recipe(Given.variables(variables))) };
  }

  get native(): string {
    return [this.open, this.mixed]
      .map(({ variables, expression }, index) => {
        return `${variables}output "${this.name}_${index === 0 ? "open" : "mixed"}" {\n  value = ${hcl(expression, { indent: 2, column: 10 })}\n}\n`;
      })
      .join("");
  }

  get json(): readonly (readonly [string, object])[] {
    return [
      [`${this.name}_open_json`, { value: templateSource(this.open.expression) }],
      [`${this.name}_mixed_json`, { value: templateSource(this.mixed.expression) }],
    ];
  }
}

describe(`values mean to Terraform what they fold to (seed ${SEED})`, () => {
  const workspace = new Workspace();
  const random = fc
    .sample(recipes(DEPTH).any, { numRuns: RUNS, seed: SEED })
    .map((recipe, index) => new Case(`random${index}`, recipe));
  let outputs: Readonly<Record<string, { readonly value: string }>>;

  beforeAll(async () => {
    workspace.write({
      "main.tf": random.map((each) => each.native).join("\n"),
      "main.tf.json": JSON.stringify({ output: Object.fromEntries(random.flatMap((each) => each.json)) }),
    });
    const applied = await workspace.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    if (applied.code !== 0) {
      throw new Error(`terraform apply failed:\n${applied.stderr}`);
    }
    outputs = JSON.parse(await workspace.succeed("output", "-json"));
  }, 120_000);

  afterAll(() => workspace.remove());

  test("random", () => {
    const bad = random.flatMap((each) =>
      ["open", "mixed", "open_json", "mixed_json"].flatMap((form) => {
        const got = outputs[`${each.name}_${form}`]?.value;
        return got === each.folded ? [] : [{ form, folded: each.folded, got, native: each.native }];
      }),
    );
    if (bad.length > 0) {
      console.log(bad.length);
      for (const b of bad.slice(0, 5)) console.log(b.form, "\nfold", b.folded, "\ngot ", b.got, "\n", b.native);
    }
    expect(bad.length).toBe(0);
  });
});

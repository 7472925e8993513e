import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import {
  defaulting,
  define,
  InputError,
  listOf,
  object,
  optional,
  type Props,
  required,
  switchedOn,
  tags,
  textLike,
  textOutput,
  wholeNumber,
} from "../../src/inputs";
import {
  Component,
  ifPlaced,
  ModuleCall,
  outputToken,
  outputTokens,
  type PlaceOptions,
  place,
  resource,
  type Structure,
} from "../../src/placement";
import { hcl, isExpression, reference, type Value } from "../../src/values";
import { addressesOf, bodyOf, newDraft, newStack, synthesized } from "./support/stack";

const lower = textLike("^[a-z]*$", "must be lower-case letters");

const sampleDefinition = define({
  name: "sample-part",
  title: "Sample part",
  description: "A sample.",
  fields: {
    bucket_name: required(lower, "The name."),
    key_prefix: optional(lower, "The prefix."),
    retention: switchedOn(object({ retention_days: defaulting(wholeNumber(1, 9, "days"), 7, "Days.") }), "How long."),
    sources: defaulting(listOf(lower), ["a"], "Sources."),
    all_tags: defaulting(tags, {}, "Tags."),
  },
  outputs: { bucket_name: textOutput("The name."), fixed: textOutput("Always the same.") },
});

type SampleProps = Props<typeof sampleDefinition.fields>;

/** A bucket with a policy that whoever uses the bucket waits for. */
class Sample extends Component<typeof sampleDefinition.fields, typeof sampleDefinition.outputs> {
  static readonly definition = sampleDefinition;

  constructor(scope: Construct, id: string, props: SampleProps, structure: Structure = {}) {
    super(scope, id, sampleDefinition, props, structure);
    const bucket = resource(
      this,
      S3Bucket,
      "sample",
      { bucket: this.inputs.bucketName, bucketPrefix: this.inputs.keyPrefix, tags: this.inputs.allTags },
      { lifecycle: { preventDestroy: this.structure.preventDestroy ?? false } },
    );
    const policy = resource(this, S3BucketPolicy, "sample", { bucket: bucket.attribute("bucket"), policy: "{}" });
    this.declareOutputs({
      bucket_name: { value: bucket.attribute("bucket"), after: [policy] },
      fixed: { value: "always" },
    });
  }

  /** What the component computes with. */
  get given() {
    return this.inputs;
  }
}

/** The error of wrong properties. Throws where there is none. */
function errorOf(props: unknown, scope: Construct = newStack(), id = "audit"): InputError {
  try {
    new Sample(scope, id, props as SampleProps);
  } catch (error) {
    return error as InputError;
  }
  throw new Error("the properties are taken");
}

describe("a component", () => {
  test("computes with its inputs and their defaults", () => {
    expect(new Sample(newStack(), "x", { bucketName: "logs" }).given).toStrictEqual({
      bucketName: "logs",
      keyPrefix: null,
      retention: { retention_days: 7 },
      sources: ["a"],
      allTags: {},
    });
    expect(
      new Sample(newStack(), "x", {
        bucketName: "logs",
        keyPrefix: "p",
        retention: { retentionDays: 3 },
        sources: [],
        allTags: { costCenter: "1" },
      }).given,
    ).toStrictEqual({
      bucketName: "logs",
      keyPrefix: "p",
      retention: { retention_days: 3 },
      sources: [],
      allTags: { costCenter: "1" },
    });
    expect(new Sample(newStack(), "x", { bucketName: "logs", retention: null }).given.retention).toBeNull();
  });

  test("is in the tree under its id, with its definition", () => {
    const stack = newStack();
    const sample = new Sample(stack, "x", { bucketName: "logs" });
    expect(stack.node.findChild("x")).toBe(sample);
    expect(sample.definition).toBe(Sample.definition);
    expect(addressesOf(synthesized(stack))).toEqual(["aws_s3_bucket.x_sample", "aws_s3_bucket_policy.x_sample"]);
  });

  test("takes its properties from an instance of a class, too", () => {
    class Settings {
      readonly bucketName = "logs";
    }
    expect(new Sample(newStack(), "x", new Settings()).given.bucketName).toBe("logs");
  });

  test("is structured as it is told", () => {
    const stack = newStack();
    new Sample(stack, "a", { bucketName: "logs" });
    new Sample(stack, "b", { bucketName: "logs" }, { preventDestroy: true });
    expect(bodyOf(stack, "aws_s3_bucket.a_sample")).not.toHaveProperty("lifecycle");
    expect(bodyOf(stack, "aws_s3_bucket.b_sample").lifecycle).toEqual({ prevent_destroy: true });
  });

  test("has the outputs that it declares, by Terraform's names", () => {
    const { outputs } = new Sample(newStack(), "x", { bucketName: "logs" });
    expect(Object.keys(outputs)).toEqual(["bucket_name", "fixed"]);
    expect(outputs.fixed).toEqual({ value: "always" });
  });

  test("that declares no outputs has none to ask for", () => {
    class Silent extends Component<typeof sampleDefinition.fields, typeof sampleDefinition.outputs> {
      constructor(scope: Construct) {
        super(scope, "silent", sampleDefinition, { bucketName: "logs" }, {});
      }
    }
    expect(() => new Silent(newStack()).outputs).toThrow(new Error("the component sample-part declares no outputs"));
  });
});

describe("wrong properties", () => {
  test("are told all at once, by TypeScript's names, under title and id", () => {
    const error = errorOf({
      bucketName: "LOGS",
      keyPrefix: 5,
      retention: { retentionDays: 10 },
      source: ["b"],
      allTags: { cost_center: 1 },
    });
    expect(error).toBeInstanceOf(InputError);
    expect(error.message.split("\n")).toEqual([
      'Sample part "audit" has wrong inputs:',
      "  - source: is not a known name; did you mean sources?",
      "  - keyPrefix: must be a text, in quotes; got the number 5",
      "  - allTags.cost_center: must be a text, in quotes; got the number 1",
      '  - bucketName: must be lower-case letters; got "LOGS"',
      "  - retention.retentionDays: must be a whole number of days from 1 to 9; got 10",
    ]);
    expect(error.problems.map(({ path }) => path)).toEqual([
      ["source"],
      ["keyPrefix"],
      ["allTags", "cost_center"],
      ["bucketName"],
      ["retention", "retentionDays"],
    ]);
  });

  test("leave nothing in the tree, so that the id is free", () => {
    const stack = newStack();
    const before = stack.node.findAll().length;
    errorOf({}, stack);
    expect(stack.node.findAll()).toHaveLength(before);
    new Sample(stack, "audit", { bucketName: "logs" });
  });

  test.each([[null], [undefined], [{}]])("may be no properties at all: %p", (props) => {
    expect(errorOf(props).message).toBe(
      'Sample part "audit" has wrong inputs:\n  - bucketName: must be given: The name',
    );
  });

  test("may be of any type a program can put there", () => {
    expect(errorOf("logs").problems[0]?.requirement).toMatch(/^is not a known name/);
    expect(errorOf({ bucketName: new Construct(newStack(), "x") }).problems).toEqual([
      { path: ["bucketName"], requirement: "must be a text", got: "an object of the class Construct" },
    ]);
    expect(errorOf({ bucketName: "x", constructor: 1 }).problems).toMatchObject([{ path: ["constructor"] }]);
  });

  test("may look like tokens of cdktf without being some", () => {
    expect(errorOf({ bucketName: "String Map Token Value" }).problems[0]?.requirement).toBe(
      "must not look like a token of cdktf, which would be replaced by another value",
    );
    expect(errorOf({ bucketName: "x", allTags: { a: "${TfToken[" } }).problems).toMatchObject([
      { path: ["allTags", "a"], got: '"${TfToken["' },
    ]);
  });

  test("have an id that is quoted in the message", () => {
    expect(errorOf({}, newStack(), 'a "b"').message).toContain('Sample part "a \\"b\\"" has wrong inputs:');
  });
});

describe("tokens of other constructs", () => {
  /** The tags of a sample whose properties come from another bucket of the stack. */
  function bodyWith(props: (other: S3Bucket) => Partial<SampleProps>) {
    const stack = newStack();
    const other = new S3Bucket(stack, "other");
    new Sample(stack, "x", { bucketName: "logs", ...props(other) });
    return bodyOf(stack, "aws_s3_bucket.x_sample");
  }

  test("end as live references, as a whole text or a part of one", () => {
    expect(bodyWith((other) => ({ bucketName: other.bucket })).bucket).toBe("${aws_s3_bucket.other.bucket}");
    expect(bodyWith((other) => ({ keyPrefix: `a-${other.bucket}-b` })).bucket_prefix).toContain(
      "a-${aws_s3_bucket.other.bucket}-b",
    );
  });

  test("end as live references in a map and as a map", () => {
    expect(bodyWith((other) => ({ allTags: { a: other.arn, b: "c" } })).tags).toEqual({
      a: "${aws_s3_bucket.other.arn}",
      b: "c",
    });
    expect(bodyWith((other) => ({ allTags: other.tags })).tags).toBe("${aws_s3_bucket.other.tags}");
    expect(bodyWith((other) => ({ allTags: Fn.merge([other.tags, { a: "b" }]) })).tags).toBe(
      '${merge(aws_s3_bucket.other.tags, {"a" = "b"})}',
    );
    const bare = (other: S3Bucket) => Object.assign(Object.create(null), { a: other.arn });
    expect(bodyWith((other) => ({ allTags: bare(other) })).tags).toEqual({ a: "${aws_s3_bucket.other.arn}" });
  });

  test("are taken for lists, numbers and attributes of objects", () => {
    const stack = newStack();
    const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
    const days = new TerraformVariable(stack, "days", { type: "number" }).numberValue;
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    const whole = new Sample(stack, "x", { bucketName: name, sources: list, retention: { retentionDays: days } });
    expect(isExpression(whole.given.sources)).toBe(true);
    expect(isExpression(whole.given.bucketName)).toBe(true);
    expect(isExpression((whole.given.retention as { readonly retention_days: unknown }).retention_days)).toBe(true);
    const item = new Sample(stack, "y", { bucketName: "y", sources: ["a", name] });
    expect((item.given.sources as readonly unknown[]).map(isExpression)).toEqual([false, true]);
  });

  test("are expressions already where a program uses the values of this package", () => {
    const name = reference<string>("var.name");
    expect(new Sample(newStack(), "x", { bucketName: name }).given.bucketName).toBe(name);
  });

  test("have no rule that could fail before Terraform plans", () => {
    expect(bodyWith((other) => ({ bucketName: `NOT-${other.bucket}` })).bucket).toContain("NOT-");
  });
});

describe("an output as a text for constructs of cdktf", () => {
  test("is the text where it is known", () => {
    expect(outputToken({ value: "always" })).toBe("always");
  });

  test("is a token where it is not", () => {
    const stack = newStack();
    const { outputs } = new Sample(stack, "x", { bucketName: "logs" });
    const value = outputToken(outputs.bucket_name);
    expect(Token.isUnresolved(value)).toBe(true);
    new TerraformOutput(stack, "name", { value: `the ${value}`, staticId: true });
    expect(synthesized(stack).output?.name?.value).toBe("the ${aws_s3_bucket.x_sample.bucket}");
  });

  test("makes a component that is given it wait, also as a part of a text", () => {
    const stack = newStack();
    const { outputs } = new Sample(stack, "x", { bucketName: "logs" });
    new Sample(stack, "y", { bucketName: `a-${outputToken(outputs.bucket_name)}` });
    expect(bodyOf(stack, "aws_s3_bucket.y_sample")).toMatchObject({
      bucket: expect.stringContaining("a-${aws_s3_bucket.x_sample.bucket}"),
      depends_on: ["aws_s3_bucket_policy.x_sample"],
    });
  });

  test("makes no component of another stack wait, which Terraform could not", () => {
    const app = Testing.app({ stackTraces: false });
    const [one, other] = [new TerraformStack(app, "one"), new TerraformStack(app, "other")];
    const { outputs } = new Sample(one, "x", { bucketName: "logs" });
    new AwsProvider(other, "aws");
    new Sample(other, "y", { bucketName: outputToken(outputs.bucket_name) });
    expect(bodyOf(other, "aws_s3_bucket.y_sample")).not.toHaveProperty("depends_on");
  });

  test("is what it is in Terraform where it has the marks of a template", () => {
    const stack = newStack();
    new S3Bucket(stack, "b", { bucket: outputToken({ value: "a ${b} %{c}" }) });
    expect(bodyOf(stack, "aws_s3_bucket.b").bucket).toBe("a $${b} %%{c}");
  });

  test("is a token for a map where Terraform alone knows the map", () => {
    const stack = newStack();
    const tokens = outputTokens({ value: reference<Record<string, string>>("var.map") });
    new S3Bucket(stack, "b", { bucket: "b", tags: tokens });
    expect(bodyOf(stack, "aws_s3_bucket.b").tags).toBe("${var.map}");
  });
});

describe("a component placed in a stack", () => {
  const props = { bucketName: "logs" };

  /** A construct that places a sample and uses its outputs. */
  class Around extends Construct {
    readonly placed: { readonly bucketName: Value<string>; readonly fixed: Value<string> };

    constructor(scope: Construct, options?: PlaceOptions) {
      super(scope, "around");
      this.placed = place(this, Sample, "part", props, { preventDestroy: true }, options);
    }
  }

  test("stands there as a construct, with the structure of what is around it", () => {
    const stack = newStack();
    const { placed } = new Around(stack);
    expect(stack.node.findChild("around").node.findChild("part")).toBeInstanceOf(Sample);
    expect(bodyOf(stack, "aws_s3_bucket.around_part_sample").lifecycle).toEqual({ prevent_destroy: true });
    expect(placed.fixed).toBe("always");
  });

  test("makes those who use an output wait for what it waits for", () => {
    const stack = newStack();
    const { placed } = new Around(stack);
    resource(stack, S3Bucket, "user", { bucket: placed.bucketName });
    resource(stack, S3Bucket, "other", { bucket: placed.fixed });
    expect(bodyOf(stack, "aws_s3_bucket.user")).toEqual({
      bucket: "${aws_s3_bucket.around_part_sample.bucket}",
      depends_on: ["aws_s3_bucket_policy.around_part_sample"],
    });
    expect(bodyOf(stack, "aws_s3_bucket.other")).toEqual({ bucket: "always" });
  });

  test("has null for an output of a part that is not there, whatever it would have waited for", () => {
    const definition = define({
      name: "empty",
      title: "Empty",
      description: "Without its part.",
      fields: {},
      outputs: { part: textOutput("The part.") },
    });
    class Empty extends Component<typeof definition.fields, typeof definition.outputs> {
      static readonly definition = definition;

      constructor(scope: Construct, id: string, props = {}) {
        super(scope, id, definition, props, {});
        const waited = resource(this, S3Bucket, "sample", { bucket: "x" });
        this.declareOutputs({ part: { value: null as unknown as Value<string>, after: [waited] } });
      }
    }
    expect(place(newStack(), Empty, "empty", {}, {}).part).toBeNull();
  });

  test("is not there on a condition that does not hold; its outputs are null", () => {
    const stack = newStack();
    const { placed } = new Around(stack, { when: false });
    expect(placed).toEqual({ bucketName: null, fixed: null });
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("is there on a condition that holds", () => {
    const stack = newStack();
    new Around(stack, { when: true });
    expect(addressesOf(synthesized(stack))).toHaveLength(2);
  });

  test("cannot depend on what only Terraform knows", () => {
    expect(() => new Around(newStack(), { when: reference<boolean>("var.on") })).toThrow(
      new Error(
        "whether sample-part is there has to be known when the stack is synthesized: give what decides it as null or an " +
          "object, whose values may be tokens",
      ),
    );
  });
});

describe("a component placed in a module", () => {
  /** Calls of modules in a draft, as plain values. */
  function callOf(
    props: Parameters<typeof place<typeof sampleDefinition.fields, typeof sampleDefinition.outputs>>[3],
    options?: PlaceOptions,
  ) {
    const { stack } = newDraft();
    const placed = place(stack, Sample, "part", props, {}, options);
    const [call] = stack.node.findAll().filter(ModuleCall.isModuleCall);
    return { stack, placed, call };
  }

  test("is a call of its module, with the inputs that are not as by default", () => {
    const { stack, call } = callOf({
      bucketName: reference<string>("var.name"),
      keyPrefix: null,
      retention: {} as never,
      sources: ["a"],
      allTags: { x: "y" },
    });
    expect(call?.node.id).toBe("part");
    expect(call?.component).toBe(Sample);
    expect(hcl(call?.inputs)).toBe('{ bucket_name = var.name, all_tags = { x = "y" } }');
    expect(call?.count).toBeUndefined();
    expect(call?.comment).toBeUndefined();
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("passes on what differs from the default, also null for what is on by default", () => {
    const { call } = callOf({
      bucketName: "logs",
      retention: null,
      sources: [],
      keyPrefix: reference<string | null>("var.prefix"),
    });
    expect(Object.entries(call?.inputs ?? {}).map(([name, value]) => [name, hcl(value)])).toEqual([
      ["bucket_name", '"logs"'],
      ["retention", "null"],
      ["sources", "[]"],
      ["key_prefix", "var.prefix"],
    ]);
  });

  test("passes on a required input even if it is null or empty", () => {
    expect(callOf({ bucketName: null as never }).call?.inputs).toEqual({ bucket_name: null });
    expect(callOf({ bucketName: "", keyPrefix: undefined as never }).call?.inputs).toEqual({ bucket_name: "" });
  });

  test("passes on a name that it does not know, for the generator to refuse", () => {
    expect(callOf({ bucketName: "a", other: "b" } as never).call?.inputs).toEqual({ bucket_name: "a", other: "b" });
  });

  test("has outputs that refer to the call", () => {
    const { placed } = callOf({ bucketName: "logs" });
    expect([hcl(placed.bucketName), hcl(placed.fixed)]).toEqual(["module.part.bucket_name", "module.part.fixed"]);
  });

  test("has a count on a condition that only Terraform knows, and the outputs of the only instance", () => {
    const { placed, call } = callOf(
      { bucketName: "logs" },
      { when: reference<boolean>("var.on"), comment: "Where it is wanted." },
    );
    expect(hcl(call?.count)).toBe("var.on ? 1 : 0");
    expect(call?.comment).toBe("Where it is wanted.");
    expect(hcl(placed.bucketName)).toBe("var.on ? module.part[0].bucket_name : null");
  });

  test("is no call on a condition that does not hold", () => {
    const { placed, call } = callOf({ bucketName: "logs" }, { when: false });
    expect(call).toBeUndefined();
    expect(placed).toEqual({ bucketName: null, fixed: null });
  });
});

test("only the call of a module is one", () => {
  const stack = newStack();
  expect(ModuleCall.isModuleCall(stack)).toBe(false);
  expect(ModuleCall.isModuleCall(null)).toBe(false);
  expect(ModuleCall.isModuleCall(new ModuleCall(stack, "x", Sample, {}, undefined, undefined))).toBe(true);
});

describe("a part that an input switches on", () => {
  test("is not placed for null", () => {
    const build = jest.fn();
    expect(ifPlaced(null, build)).toBeUndefined();
    expect(build).not.toHaveBeenCalled();
  });

  test("is placed for an object, without a condition", () => {
    const input = { days: 1 } as { readonly days: number } | null;
    expect(ifPlaced(input, (given, when) => ({ given, when }))).toEqual({ given: { days: 1 }, when: true });
  });

  test("is placed on a condition for a variable", () => {
    const input = reference<{ readonly days: number } | null>("var.part");
    const built = ifPlaced(input, (given, when) => [hcl(given), hcl(when)]);
    expect(built).toEqual(["var.part", "var.part != null"]);
  });
});

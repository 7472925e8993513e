import { type IResolvable, type IResolveContext, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import {
  type Camel,
  camelCase,
  check,
  type Definition,
  type Field,
  type Fields,
  fromProps,
  InputError,
  type InputValues,
  isPlainObject,
  type OutputField,
  type OutputFields,
  type Props,
} from "../inputs";
import {
  choose,
  type Expression,
  isExpression,
  isNull,
  type NotNull,
  not,
  onlyInstance,
  reference,
  token,
  type Value,
  visitExpressions,
  after as waiting,
  where,
} from "../values";
import { escapedTemplate } from "../values/hcl";
import { moduleForm } from "./form";
import { writeMoved } from "./moved";
import { forCdktf, markComponent, type Placed } from "./resource";
import type { Structure } from "./structure";

/** The outputs of a component, as values. */
export type OutputValues<O extends OutputFields> = {
  readonly [Name in keyof O as Name extends string ? Camel<Name> : never]: O[Name] extends OutputField<infer T>
    ? Value<T>
    : never;
};

/** One output: its value, and what has to exist before it may be used. */
export interface Output<T = unknown> {
  readonly value: Value<T>;
  readonly after?: readonly Placed[];
}

/** The outputs of a component by Terraform's names. */
type Outputs<O extends OutputFields> = {
  readonly [Name in keyof O & string]: Output<O[Name] extends OutputField<infer T> ? T : never>;
};

/** The class of a component: a construct with a definition. */
export interface ComponentClass<F extends Fields, O extends OutputFields> {
  // biome-ignore lint/suspicious/noExplicitAny: the properties are those of the definition, under a name of the class's own
  new (scope: Construct, id: string, props: any, structure?: Structure): Component<F, O>;
  readonly definition: Definition<F, O>;
}

/**
 * A part of an audit trail: a construct with a schema of inputs and named outputs.
 *
 * Placed in a stack, its resources stand there. From the same class the generator makes a Terraform module.
 */
export abstract class Component<F extends Fields, O extends OutputFields> extends Construct {
  /** The inputs with their defaults: literals in a stack, variables in a module. */
  protected readonly inputs: InputValues<F>;
  /** The outputs by Terraform's names. */
  private declared: Outputs<O> | undefined;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(
    scope: Construct,
    id: string,
    readonly definition: Definition<F, O>,
    props: Props<F>,
    protected readonly structure: Structure,
  ) {
    // Checked before the construct is in the tree: a wrong input leaves nothing behind.
    const given = fromProps(definition.fields, adoptTokens({ ...props }, scope) as object);
    const checked = check(definition, given, [], "camelCase");
    if (checked.inputs === undefined) {
      throw new InputError(checked.problems, `${definition.title} ${JSON.stringify(id)} has wrong inputs:`);
    }
    super(scope, id);
    markComponent(this);
    writeMoved(this, definition.moved);
    this.inputs = checked.inputs;
  }

  /** Declares the outputs; called once, at the end of the constructor. */
  protected declareOutputs(outputs: Outputs<O>): void {
    this.declared = outputs;
  }

  /** The outputs with what they wait for. */
  get outputs(): Outputs<O> {
    if (this.declared === undefined) {
      throw new Error(`the component ${this.definition.name} declares no outputs`);
    }
    return this.declared;
  }
}

/** An expression as a token of cdktf: put into a JavaScript string, it leaves a mark that cdktf finds. */
class ExpressionToken implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(readonly expression: Expression<unknown>) {}

  resolve(context: IResolveContext): string {
    return this.expression.resolve(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return this.expression.toJSON();
  }
}

/** A value as a token, once what it waits for exists. */
function tokenOf(value: Value<unknown>, after: readonly Placed[]): ExpressionToken {
  return new ExpressionToken((after.length === 0 && isExpression(value) ? value : waiting(value, after)) as never);
}

/**
 * An output of a component as a text for constructs of cdktf: a literal, or a token. Components that are given it wait
 * for what the output waits for; constructs of the bindings are told in their `dependsOn`.
 */
export function outputToken({ value, after = [] }: Output): string {
  if (isExpression(value) || after.length > 0) {
    return Token.asString(tokenOf(value, after));
  }
  // cdktf would write a `${` of the text as a live expression; a token knows how its text is written.
  const literal = value as string;
  return escapedTemplate(literal) === literal ? literal : Token.asString(tokenOf(literal, after));
}

/** The same of any type, for the output of a stack: what is known as cdktf takes it. */
export function outputValue({ value }: Output): unknown {
  return isExpression(value) ? Token.asAny(new ExpressionToken(value)) : forCdktf(value);
}

/** The same for an output of a part that may not be there. */
export function outputTokenIfSet(output: Output): string | undefined {
  return output.value === null ? undefined : outputToken(output);
}

/** A map of texts for constructs of cdktf, entry by entry: literals, or tokens. A token where Terraform alone knows it. */
export function outputTokens({
  value,
  after = [],
}: Output<Readonly<Record<string, string>>>): Readonly<Record<string, string>> {
  return isExpression(value)
    ? Token.asStringMap(tokenOf(value, after))
    : Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, outputToken({ value: entry, after })]));
}

/** The same for an output of a part that may not be there. */
export function outputTokensIfSet(
  output: Output<Readonly<Record<string, string>>>,
): Readonly<Record<string, string>> | undefined {
  return output.value === null ? undefined : outputTokens(output);
}

/** Texts, lists and numbers that are tokens of cdktf, as expressions. For properties that a program wrote. */
function adoptTokens(value: unknown, scope: Construct): unknown {
  if (isExpression(value)) {
    return value;
  }
  if (Token.isUnresolved(value)) {
    const dependencies = Tokenization.reverse(value).flatMap((part) => dependenciesOf(part, scope));
    return dependencies.length === 0 ? token(value) : waiting(token(value), dependencies);
  }
  if (Array.isArray(value)) {
    return value.map((item) => adoptTokens(item, scope));
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, adoptTokens(item, scope)]));
  }
  return value;
}

/** What has to exist before a token may be used that is an output of a component in the same stack. */
function dependenciesOf(part: unknown, scope: Construct): readonly Placed[] {
  const found: Placed[] = [];
  const expression = part instanceof ExpressionToken ? part.expression : part;
  if (isExpression(expression)) {
    visitExpressions(expression, ({ node }) => {
      if (node.kind === "after") {
        found.push(...(node.dependencies as readonly Placed[]));
      }
    });
  }
  // A resource cannot wait for one of another stack.
  return found.filter(({ elements }) =>
    elements.every(
      (element) =>
        TerraformStack.of((element as unknown as Construct).node.scope as Construct) === TerraformStack.of(scope),
    ),
  );
}

/** The class of a component of any inputs and outputs. */
export interface AnyComponent {
  // biome-ignore lint/suspicious/noExplicitAny: each component has properties of its own
  new (scope: Construct, id: string, props: any, structure?: Structure): Component<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly definition: Definition<any, any>;
}

/** The call of a nested module, in the draft of a module. */
export class ModuleCall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    /** The class of the component whose module is called. */
    readonly component: AnyComponent,
    /** The inputs by Terraform's names; what is as by default is left out. */
    readonly inputs: Readonly<Record<string, Value<unknown>>>,
    readonly count: Expression<number> | undefined,
    readonly comment: string | undefined,
  ) {
    super(scope, id);
  }

  /** Whether a construct is the call of a nested module. */
  static isModuleCall(construct: unknown): construct is ModuleCall {
    return construct instanceof ModuleCall;
  }
}

/** The inputs of a component that is placed within another one: values, by TypeScript's names. */
export type PlacedInputs<F extends Fields> = Partial<InputValues<F>> & Pick<InputValues<F>, RequiredInputs<F>>;

type RequiredInputs<F extends Fields> = {
  [Name in keyof F]: F[Name] extends { required: true } ? Camel<Name & string> : never;
}[keyof F] &
  keyof InputValues<F>;

/** How a component is placed within another one. */
export interface PlaceOptions {
  /** It is there only where this holds. */
  readonly when?: Value<boolean>;
  /** Why it is there, for readers of the module. */
  readonly comment?: string;
}

/**
 * Places a component within another one: in a stack as a construct, in a module as the call of its nested module.
 * Returns its outputs, null where it is left out.
 */
export function place<F extends Fields, O extends OutputFields>(
  parent: Component<Fields, OutputFields> | Construct,
  type: ComponentClass<F, O>,
  id: string,
  props: PlacedInputs<F>,
  structure: Structure,
  options: PlaceOptions = {},
): OutputValues<O> {
  const names = Object.keys(type.definition.outputs);
  const condition = options.when ?? true;
  const named = (value: (name: string) => Value<unknown>): OutputValues<O> =>
    Object.fromEntries(names.map((name) => [camelCase(name), value(name)])) as OutputValues<O>;

  if (condition === false) {
    return named(() => null);
  }
  if (moduleForm(parent) === undefined) {
    if (isExpression(condition)) {
      throw new Error(
        `whether ${type.definition.name} is there has to be known when the stack is synthesized: give what decides it as ` +
          "null or an object, whose values may be tokens",
      );
    }
    const component = new type(parent, id, props as Props<F>, structure);
    return named((name) => {
      const { value, after } = component.outputs[name as keyof O & string];
      // What is not there waits for nothing: null stays null, and can be seen to be.
      return after === undefined || value === null ? value : waiting(value, after);
    });
  }
  const counted = isExpression(condition);
  const given = fromProps(type.definition.fields, props);
  const inputs = Object.entries(where(condition, true, given)).filter(
    ([name, value]) => !isDefault(type.definition.fields[name], value),
  );
  const count = counted ? (choose(condition, 1, 0) as Expression<number>) : undefined;
  new ModuleCall(parent, id, type, Object.fromEntries(inputs) as never, count, options.comment);
  return named((name) =>
    counted
      ? choose<unknown, null>(condition, onlyInstance(reference(`module.${id}`), name), null)
      : reference(`module.${id}.${name}`),
  );
}

/**
 * Places a part that an input switches on: an object for it is there, null for it is not. `build` gets the input as it
 * is where the part is there, and the condition under which that is.
 */
export function ifPlaced<V, Placed>(
  input: V,
  build: (input: NotNull<V>, when: Value<boolean>) => Placed,
): Placed | undefined {
  return input === null ? undefined : build(input as NotNull<V>, not(isNull(input as Value<unknown>)));
}

function isDefault(field: Field<unknown> | undefined, value: unknown): boolean {
  return (
    value === undefined ||
    (field !== undefined && !field.required && JSON.stringify(value) === JSON.stringify(field.default))
  );
}

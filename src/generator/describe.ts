import type { TerraformDataSource, TerraformResource } from "cdktf";
import { Token } from "cdktf";
import { type DynamicBlock, type Layout, layoutOf, type ModuleCall, terraformName } from "../placement";
import { isExpression, quotedTemplate, raw, type TokenResolver, withoutEscapes } from "../values";
import { attribute, type Block, type Body, block, groupedAttribute, type Item } from "./block";
import { moduleCall } from "./module-call";

/** An argument or block as cdktf's `toHclTerraform` tells of it. */
interface Described {
  readonly value: unknown;
  readonly isBlock?: boolean;
}

type Attributes = Readonly<Record<string, unknown>>;

/** A resource or data source of the bindings, from what cdktf tells of it and the order in which it was written. */
export function describeResource(element: TerraformResource | TerraformDataSource, tokens: TokenResolver): Block {
  const described = element.toHclTerraform() as {
    resource?: Record<string, Record<string, Attributes>>;
    data?: Record<string, Record<string, Attributes>>;
  };
  const [keyword, types] =
    described.resource === undefined ? ["data", described.data] : ["resource", described.resource];
  const [type, names] = Object.entries(types ?? {})[0] as [string, Record<string, Attributes>];
  const [name, attributes] = Object.entries(names)[0] as [string, Attributes];
  const layout = layoutOf(element);
  const describer = new Describer(tokens, layout?.dynamic ?? []);
  const { count, for_each: forEach, lifecycle, depends_on: dependsOn, provider, ...rest } = attributes;
  const meta: Item[] = [];
  if (count !== undefined) {
    meta.push(attribute("count", describer.value(count)));
  }
  if (forEach !== undefined) {
    meta.push(attribute("for_each", describer.value(forEach)));
  }
  const body = describer.body(rest, layout?.config, []);
  const [first, ...others] = body;
  const after: Item[] = [];
  if (lifecycle !== undefined && Object.keys(lifecycle as object).length > 0) {
    after.push(block("lifecycle", [], describer.lifecycle(lifecycle as Attributes)));
  }
  if (Array.isArray(dependsOn) && dependsOn.length > 0) {
    after.push(
      groupedAttribute(
        "depends_on",
        dependsOn.map((each) => describer.address(each)),
        "references",
      ),
    );
  }
  const head =
    meta.length > 0 && first?.kind === "attribute"
      ? [{ ...first, group: true } as Item]
      : first === undefined
        ? []
        : [first];
  return block(keyword as string, [type, name], [...meta, ...head, ...others, ...after], commentOf(layout));
}

function commentOf(layout: Layout | undefined): string | undefined {
  return layout?.comment;
}

/** The call of a nested module that lies in the folder. */
export function describeModuleCall(call: ModuleCall, folder: string): Block {
  const { node, component, count, inputs, comment } = call;
  return moduleCall({ label: node.id, source: `${folder}/${component.definition.name}`, count, inputs, comment });
}

class Describer {
  constructor(
    private readonly tokens: TokenResolver,
    private readonly dynamic: readonly DynamicBlock[],
  ) {}

  /** Arguments first, then blocks, each in the order in which they were written. */
  body(attributes: Attributes, written: unknown, path: readonly (string | number)[]): Body {
    const names = inWrittenOrder(
      Object.keys(attributes).filter((name) => name !== "//" && isGiven(attributes[name])),
      written,
    );
    const entries = names.map((name) => [name, attributes[name] as Described] as const);
    const blocks = entries.filter(([, described]) => isWrapped(described) && described.isBlock === true);
    const others = entries.filter(([, described]) => !isWrapped(described) || described.isBlock !== true);
    const argumentsFirst: Item[] = others.map(([name, described]) =>
      attribute(name, this.value(isWrapped(described) ? described.value : described)),
    );
    return [
      ...argumentsFirst,
      ...blocks.flatMap(([name, described]) =>
        this.blocks(name, described.value, partOf(written, name), [...path, name]),
      ),
    ];
  }

  private blocks(name: string, value: unknown, written: unknown, path: readonly (string | number)[]): readonly Block[] {
    if (!Array.isArray(value)) {
      const inner = Array.isArray(written) ? written[0] : written;
      return [this.placedBlock(name, this.body(value as Attributes, inner, path), [...path, 0])];
    }
    return value.map((each, index) => {
      const at = [...path, index];
      const body = this.body(each as Attributes, Array.isArray(written) ? written[index] : written, at);
      return this.placedBlock(name, body, at);
    });
  }

  /** A block, or a dynamic one where Terraform alone knows whether and how often it is there. */
  private placedBlock(name: string, body: Body, at: readonly (string | number)[]): Block {
    const dynamic = this.dynamic.find((candidate) => candidate.path.join("/") === at.join("/"));
    return dynamic === undefined
      ? block(name, [], body)
      : block("dynamic", [name], [attribute("for_each", dynamic.forEach), block("content", [], body)]);
  }

  lifecycle(lifecycle: Attributes): Body {
    return Object.entries(lifecycle).flatMap(([name, value]): readonly Item[] =>
      name === "precondition" || name === "postcondition"
        ? (value as readonly Attributes[]).map((condition) =>
            block(
              name,
              [],
              Object.entries(condition).map(([key, each]) => attribute(key, this.value(each))),
            ),
          )
        : [attribute(name, this.value(value))],
    );
  }

  /** The address of a resource, from a token or a text. */
  address(value: unknown): string {
    const resolved = Token.isUnresolved(value) ? this.tokens.resolve(value) : value;
    return String(resolved).replace(/^\$\{(.*)\}$/, "$1");
  }

  /** A value as cdktf has it: texts are sources of templates. */
  value(value: unknown): unknown {
    if (isExpression(value)) {
      return value;
    }
    if (Token.isUnresolved(value)) {
      return fromTemplateSource(this.tokens.resolve(value));
    }
    if (Array.isArray(value)) {
      return value.map((each) => this.value(each));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.value(each)]));
    }
    return fromTemplateSource(value);
  }
}

function fromTemplateSource(value: unknown): unknown {
  if (typeof value !== "string") {
    return value;
  }
  const whole = /^\$\{([^{}]*)\}$/.exec(value)?.[1];
  if (whole !== undefined) {
    return raw(whole);
  }
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(value)) {
    return raw(quotedTemplate(value));
  }
  return withoutEscapes(value);
}

function isWrapped(value: unknown): value is Described {
  return typeof value === "object" && value !== null && !isExpression(value) && "value" in value;
}

/** Whether an argument has a value: the bindings leave out those that have none, cdktf's own resources do not. */
function isGiven(described: unknown): boolean {
  return (isWrapped(described) ? described.value : described) !== undefined;
}

/** Names in the order of the configuration; those that the bindings renamed come after them. */
function inWrittenOrder(names: readonly string[], written: unknown): readonly string[] {
  const order = typeof written === "object" && written !== null ? Object.keys(written).map(terraformName) : [];
  const position = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...names].sort((left, right) => position(left) - position(right));
}

function partOf(written: unknown, name: string): unknown {
  if (typeof written !== "object" || written === null) {
    return undefined;
  }
  return Object.entries(written).find(([property]) => terraformName(property) === name)?.[1];
}

import { isExpression, type TokenResolver } from "../values";
import { escapedTemplate, templateSource } from "../values/hcl";
import type { Attribute, Block, Body } from "./block";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A body as Terraform's JSON. Ends with a line end. */
export function writeJson(body: Body, tokens?: TokenResolver): string {
  return `${JSON.stringify(new JsonWriter(tokens).body(body), null, 2)}\n`;
}

/** Arguments of blocks that Terraform takes as they are: in their texts nothing is an expression. */
const PLAIN = new Set(["variable.default", "variable.description", "output.description"]);

class JsonWriter {
  constructor(private readonly tokens?: TokenResolver) {}

  body(items: Body, keyword = ""): { [key: string]: Json } {
    const written: { [key: string]: Json } = {};
    const dynamic = new Set(
      items.flatMap((item) => (item.kind === "block" && item.keyword === "dynamic" ? [blockName(item)] : [])),
    );
    for (const item of items) {
      if (item.kind === "attribute") {
        written[item.name] = this.value(item, keyword);
      } else if (dynamic.has(blockName(item))) {
        this.addDynamic(written, item);
      } else {
        this.add(written, [item.keyword, ...item.labels], this.body(item.body, item.keyword), item);
      }
    }
    return written;
  }

  /** Nested blocks of one name stay in order: beside a dynamic one, the others are dynamic, too. */
  private addDynamic(written: { [key: string]: Json }, item: Block): void {
    const name = blockName(item);
    const body = item.keyword === "dynamic" ? this.body(item.body) : { for_each: [1], content: [this.body(item.body)] };
    written.dynamic ??= {};
    const blocks = written.dynamic as { [key: string]: Json };
    blocks[name] = [...((blocks[name] as Json[] | undefined) ?? []), body];
  }

  private add(written: { [key: string]: Json }, path: readonly string[], body: Json, item: Block): void {
    const [name, ...rest] = path as [string, ...string[]];
    if (rest.length > 0) {
      written[name] ??= {};
      this.add(written[name] as { [key: string]: Json }, rest, body, item);
    } else if (item.labels.length > 0) {
      written[name] = body;
    } else if (name === "locals") {
      written[name] = body;
    } else {
      written[name] = [...((written[name] as Json[] | undefined) ?? []), body];
    }
  }

  private value(item: Attribute, keyword: string): Json {
    if (item.as === "references" || item.as === "type" || item.as === "document") {
      return item.value as Json;
    }
    return PLAIN.has(`${keyword}.${item.name}`) ? (item.value as Json) : this.expression(item.value);
  }

  private expression(value: unknown): Json {
    if (isExpression(value)) {
      return templateSource(value, this.tokens);
    }
    if (typeof value === "string") {
      return escapedTemplate(value);
    }
    if (Array.isArray(value)) {
      return value.map((each) => this.expression(each));
    }
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [escapedTemplate(key), this.expression(each)]),
      );
    }
    return value as Json;
  }
}

/** The name of a nested block, also where it is a dynamic one. */
function blockName(item: Block): string {
  return item.keyword === "dynamic" ? (item.labels[0] as string) : item.keyword;
}

/** A file of Terraform's language, before it is written as HCL or JSON. */
export type Body = readonly Item[];

export type Item = Attribute | Block;

/** An argument: a name and a value. */
export interface Attribute {
  readonly kind: "attribute";
  readonly name: string;
  readonly value: unknown;
  /**
   * How the value is written. A `type` is source of Terraform's, a `document` a text of several lines, `references` are
   * addresses, an `object` has a line for each attribute however short; all else is an expression.
   */
  readonly as?: "expression" | "type" | "document" | "references" | "object";
  /** Begins a group: an empty line comes before it. */
  readonly group?: boolean;
  /** Lines of comment before it, which begin a group. */
  readonly comment?: string;
}

/** A block: a keyword, labels and a body. */
export interface Block {
  readonly kind: "block";
  readonly keyword: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** Lines of comment before it. */
  readonly comment?: string;
}

/** An attribute. */
export function attribute(name: string, value: unknown, as: Attribute["as"] = "expression"): Attribute {
  return { kind: "attribute", name, value, as };
}

/** An attribute with an empty line before it. */
export function groupedAttribute(name: string, value: unknown, as: Attribute["as"] = "expression"): Attribute {
  return { kind: "attribute", name, value, as, group: true };
}

/** A block. */
export function block(keyword: string, labels: readonly string[], body: Body, comment?: string): Block {
  return comment === undefined
    ? { kind: "block", keyword, labels, body }
    : { kind: "block", keyword, labels, body, comment };
}

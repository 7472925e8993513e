import type { TokenResolver } from "../values";
import { hcl, printedAssignments } from "../values/hcl";
import type { Attribute, Block, Body } from "./block";

const INDENT = 2;

/** A body as HCL, laid out as `terraform fmt` wants it. Ends with a line end. */
export function writeHcl(body: Body, tokens?: TokenResolver): string {
  return `${new HclWriter(tokens).body(body, 0)}\n`;
}

class HclWriter {
  constructor(private readonly tokens?: TokenResolver) {}

  body(items: Body, indent: number): string {
    const paragraphs: string[] = [];
    let run: Attribute[] = [];
    const flush = (): void => {
      if (run.length > 0) {
        paragraphs.push(this.attributes(run, indent));
        run = [];
      }
    };
    for (const item of items) {
      if (item.kind === "block" || item.group === true || item.comment !== undefined) {
        flush();
      }
      if (item.kind === "block") {
        paragraphs.push(this.block(item, indent));
      } else {
        run.push(item);
      }
    }
    flush();
    return paragraphs.join("\n\n");
  }

  private attributes(items: readonly Attribute[], indent: number): string {
    const assignments = items.map((item) => ({
      name: item.name,
      print: (column: number) => this.value(item, column, indent),
    }));
    // Only the first one of a group can have a comment.
    const comment = items[0]?.comment === undefined ? "" : comments(items[0].comment, " ".repeat(indent));
    return `${comment}${printedAssignments(assignments, indent).join("\n")}`;
  }

  private value(item: Attribute, column: number, indent: number): string {
    switch (item.as) {
      case "type":
        return String(item.value);
      case "references": {
        const addresses = item.value as readonly string[];
        const line = `[${addresses.join(", ")}]`;
        return addresses.length === 1
          ? line
          : `[\n${addresses.map((each) => `${" ".repeat(indent + INDENT)}${each},\n`).join("")}${" ".repeat(indent)}]`;
      }
      case "document":
        return document(String(item.value), indent);
      case "object":
        return hcl(item.value, { column, indent, width: 0 });
      default:
        return hcl(item.value, { column, indent, ...(this.tokens === undefined ? {} : { tokens: this.tokens }) });
    }
  }

  private block(item: Block, indent: number): string {
    const margin = " ".repeat(indent);
    const comment = item.comment === undefined ? "" : comments(item.comment, margin);
    const labels = item.labels.map((label) => ` "${label}"`).join("");
    const head = `${comment}${margin}${item.keyword}${labels} {`;
    return item.body.length === 0 ? `${head}}` : `${head}\n${this.body(item.body, indent + INDENT)}\n${margin}}`;
  }
}

/** Lines of comment. */
export function comments(text: string, margin = ""): string {
  return text
    .split("\n")
    .map((line) => `${margin}# ${line}`.trimEnd().concat("\n"))
    .join("");
}

/** A text of several lines as a document that is indented with the code. */
function document(text: string, indent: number): string {
  const margin = " ".repeat(indent + INDENT);
  const lines = text
    .replace(/([$%])\{/g, "$1$1{")
    .split("\n")
    .map((line) => (line === "" ? "" : `${margin}${line}`));
  return `<<-EOT\n${lines.join("\n")}\n${" ".repeat(indent)}EOT`;
}

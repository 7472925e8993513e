import { attribute, block, groupedAttribute } from "../../src/generator/block";
import { comments, writeHcl } from "../../src/generator/hcl-writer";
import { choose, reference, text } from "../../src/values";

describe("writeHcl", () => {
  test("puts arguments before each other, aligned, and an empty line before each block", () => {
    const body = [
      block(
        "resource",
        ["aws_s3_bucket", "log_bucket"],
        [
          attribute("bucket", reference("var.name")),
          attribute("force_destroy", false),
          block("lifecycle", [], [attribute("prevent_destroy", true)]),
          groupedAttribute("depends_on", ["a.b", "c.d"], "references"),
        ],
      ),
      block("data", ["aws_caller_identity", "current"], []),
    ];
    expect(writeHcl(body)).toBe(
      [
        'resource "aws_s3_bucket" "log_bucket" {',
        "  bucket        = var.name",
        "  force_destroy = false",
        "",
        "  lifecycle {",
        "    prevent_destroy = true",
        "  }",
        "",
        "  depends_on = [",
        "    a.b,",
        "    c.d,",
        "  ]",
        "}",
        "",
        'data "aws_caller_identity" "current" {}',
        "",
      ].join("\n"),
    );
  });

  test("writes one address in one line, types as they are, and objects with a line for each attribute", () => {
    expect(
      writeHcl([
        attribute("depends_on", ["a.b"], "references"),
        attribute("type", "map(string)", "type"),
        attribute("aws", { source: "hashicorp/aws", version: ">= 5" }, "object"),
      ]),
    ).toBe(
      'depends_on = [a.b]\ntype       = map(string)\naws = {\n  source  = "hashicorp/aws"\n  version = ">= 5"\n}\n',
    );
  });

  test("writes a document with its lines indented, empty ones bare, and nothing live in it", () => {
    const written = writeHcl([
      block("variable", ["x"], [attribute("description", "One.\n\n- ${two} %{three}", "document")]),
    ]);
    expect(written).toBe('variable "x" {\n  description = <<-EOT\n    One.\n\n    - $${two} %%{three}\n  EOT\n}\n');
  });

  test("breaks a long value where the language allows it", () => {
    const long = text`${reference<string>("var.a")}${"x".repeat(60)}`;
    const written = writeHcl([attribute("value", choose(reference<boolean>("var.condition"), long, text`${long}y`))]);
    expect(written).toBe(
      `value = (\n  var.condition\n  ? "\${var.a}${"x".repeat(60)}"\n  : "\${var.a}${"x".repeat(60)}y"\n)\n`,
    );
  });

  test("puts a comment before its block, line by line", () => {
    expect(writeHcl([block("run", ["a"], [], "Why.\n\nMore.")])).toBe('# Why.\n#\n# More.\nrun "a" {}\n');
    expect(comments("One\nTwo", "  ")).toBe("  # One\n  # Two\n");
  });

  test("puts a comment before its attribute, which begins a group", () => {
    const commented = { ...attribute("long_name", 2), comment: "Why.\nMore." };
    expect(writeHcl([block("run", ["a"], [attribute("b", 1), commented, attribute("c", 3)])])).toBe(
      'run "a" {\n  b = 1\n\n  # Why.\n  # More.\n  long_name = 2\n  c         = 3\n}\n',
    );
  });
});

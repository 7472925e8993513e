import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { terraformFiles } from "../../src/generator";
import {
  boolean,
  defaulting,
  define,
  optional,
  type Props,
  required,
  text as textKind,
  textOutput,
} from "../../src/inputs";
import {
  blockForEach,
  blockWhen,
  Component,
  local,
  resource,
  resourceForEach,
  type Structure,
  table,
} from "../../src/placement";
import { equals, reference, text } from "../../src/values";

const definition = define({
  name: "example",
  title: "Example",
  description: "An example.",
  fields: {
    name: required(textKind(), "A name."),
    on: defaulting(boolean(), true, "A switch."),
    other: optional(textKind(), "Another."),
  },
  outputs: { arn: textOutput("An ARN.") },
});

/** A component with whatever a test puts into it. */
function moduleOf(build: (component: Example) => void): ReadonlyMap<string, string> {
  return terraformFiles(
    class extends Example {
      constructor(scope: Construct, id: string, props: Props<typeof definition.fields>, structure?: Structure) {
        super(scope, id, definition, props, structure ?? {});
        build(this);
      }
    },
  );
}

class Example extends Component<typeof definition.fields, typeof definition.outputs> {
  static readonly definition = definition;

  get values(): typeof this.inputs {
    return this.inputs;
  }

  declare(value = text`x`): void {
    this.declareOutputs({ arn: { value } });
  }
}

describe("the draft of a module", () => {
  test("requires the provider where a block needs it, and not where it only computes", () => {
    const making = moduleOf((component) => {
      resource(component, S3Bucket, "bucket", { bucket: component.values.name });
      component.declare();
    });
    expect(making.get("versions.tf")).toContain("required_providers {\n    aws = {");
    const computing = moduleOf((component) => component.declare());
    expect(computing.get("versions.tf")).not.toContain("required_providers");
    expect(computing.get("versions.tf")).toContain('required_version = ">= 1.9.0"');
  });

  test("counts a resource that is there on a condition, and refers to it as one or none", () => {
    const files = moduleOf((component) => {
      const bucket = resource(
        component,
        S3Bucket,
        "bucket",
        { bucket: component.values.name },
        { when: component.values.on, comment: "Why it is there." },
      );
      component.declare(bucket.attribute<string>("arn"));
    });
    expect(files.get("main.tf")).toContain(
      '# Why it is there.\nresource "aws_s3_bucket" "bucket" {\n  count = var.on ? 1 : 0\n\n  bucket = var.name\n}\n',
    );
    expect(files.get("outputs.tf")).toContain("value       = var.on ? aws_s3_bucket.bucket[0].arn : null");
  });

  test("writes nested blocks that only Terraform can place as dynamic ones, in their order", () => {
    const files = moduleOf((component) => {
      resource(component, S3Bucket, "bucket", {
        corsRule: [
          { allowedMethods: ["GET"], allowedOrigins: ["a"] },
          blockWhen(component.values.on, { allowedMethods: ["PUT"], allowedOrigins: ["b"] }),
          blockForEach(reference<readonly string[]>("var.list"), (origin) => ({
            allowedMethods: ["HEAD"],
            allowedOrigins: [origin],
          })),
        ],
      });
      component.declare();
    });
    expect(files.get("main.tf")).toContain(
      [
        "  cors_rule {",
        '    allowed_methods = ["GET"]',
        '    allowed_origins = ["a"]',
        "  }",
        "",
        '  dynamic "cors_rule" {',
        "    for_each = var.on ? [1] : []",
        "",
        "    content {",
        '      allowed_methods = ["PUT"]',
        '      allowed_origins = ["b"]',
        "    }",
        "  }",
        "",
        '  dynamic "cors_rule" {',
        "    for_each = var.list",
        "",
        "    content {",
        '      allowed_methods = ["HEAD"]',
        "      allowed_origins = [cors_rule.value]",
        "    }",
        "  }",
      ].join("\n"),
    );
  });

  test("keeps what other constructs wrote: tokens, functions of cdktf, and literal texts", () => {
    const files = moduleOf((component) => {
      const bucket = new S3Bucket(component, "theirs", { bucket: "a-${literal}", tags: { A: "1" } });
      bucket.overrideLogicalId("theirs");
      const topic = new SnsTopic(component, "topic", { name: Fn.upper(bucket.bucket), dependsOn: [bucket] });
      topic.overrideLogicalId("topic");
      component.declare();
    });
    const main = files.get("main.tf") as string;
    expect(main).toContain('resource "aws_s3_bucket" "theirs" {');
    expect(main).toContain("name = upper(aws_s3_bucket.theirs.bucket)");
    expect(main).toContain("depends_on = [aws_s3_bucket.theirs]");
  });

  test("has locals that are used, also by other locals, and none that is not", () => {
    const files = moduleOf((component) => {
      const inner = local(component, "inner", text`${component.values.name}-inner`);
      const outer = local(component, "outer", text`${inner}-outer`);
      local(component, "unused", text`${component.values.name}-unused`);
      component.declare(outer);
    });
    const main = files.get("main.tf") as string;
    expect(main).toContain('locals {\n  inner = "${var.name}-inner"\n  outer = "${local.inner}-outer"\n}');
    expect(main).not.toContain("unused");
  });

  test("refuses two locals of one name", () => {
    expect(() =>
      moduleOf((component) => {
        local(component, "same", text`${component.values.name}1`);
        local(component, "same", text`${component.values.name}2`);
        component.declare();
      }),
    ).toThrow("the module example has two locals named same");
  });

  test("has a table of data in a file of its own, and a resource for each of its entries", () => {
    const files = moduleOf((component) => {
      const names = table<Record<string, string>>(component, "names", { b: text`${component.values.name}-b`, a: "a" });
      resourceForEach(component, SnsTopic, "topic", names, (name, key) => ({ name, displayName: key }));
      component.declare();
    });
    expect(files.get("names.tf")).toContain('locals {\n  names = { b = "${var.name}-b", a = "a" }\n}');
    expect(files.get("main.tf")).toContain(
      'resource "aws_sns_topic" "topic" {\n  for_each = local.names\n\n  name         = each.value\n  display_name = each.key\n}',
    );
    expect(files.get("main.tf")).not.toContain("locals");
  });

  test("writes preconditions as blocks", () => {
    const files = moduleOf((component) => {
      const preconditions = [
        { condition: equals(component.values.name, "a"), message: text`got ${component.values.name}` },
      ];
      resource(component, S3Bucket, "bucket", {}, { lifecycle: { preventDestroy: true, preconditions } });
      component.declare();
    });
    expect(files.get("main.tf")).toContain(
      [
        "  lifecycle {",
        "    prevent_destroy = true",
        "",
        "    precondition {",
        '      condition     = var.name == "a"',
        '      error_message = "got ${var.name}"',
        "    }",
        "  }",
      ].join("\n"),
    );
  });

  test("has no variable without type, description and, where it may be left out, default", () => {
    const files = moduleOf((component) => component.declare());
    expect(files.get("variables.tf")).toContain(
      [
        'variable "name" {',
        '  description = "A name."',
        "  type        = string",
        "  nullable    = false",
        "}",
        "",
        'variable "on" {',
        '  description = "A switch."',
        "  type        = bool",
        "  default     = true",
        "  nullable    = false",
        "}",
        "",
        'variable "other" {',
        '  description = "Another."',
        "  type        = string",
        "  default     = null",
        "}",
      ].join("\n"),
    );
  });
});

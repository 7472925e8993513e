import { conditional, Fn, TerraformOutput, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { AuditTrail } from "../../src";
import { newStack, synthesized } from "./support/stack";

/** An output of a stack, as it is synthesized beside an audit trail. */
function outputOf(value: (audit: AuditTrail, stack: TerraformStack) => unknown): unknown {
  const stack = newStack();
  const audit = new AuditTrail(stack, "audit", {
    accountId: "111122223333",
    accountName: "example",
    region: "eu-central-1",
    owner: "Example Owner",
    encryption: {},
    alarms: {},
  });
  new TerraformOutput(stack, "given", { value: value(audit, stack) });
  const { output } = synthesized(stack) as { readonly output: { readonly given: { readonly value: unknown } } };
  return output.given.value;
}

const TRAIL = "aws_cloudtrail.audit_trail";

test.each<[string, (audit: AuditTrail, stack: TerraformStack) => unknown, string]>([
  ["a text", (audit) => `${audit.trailArn}/x`, `\${${TRAIL}.arn}/x`],
  ["a function", (audit) => Fn.upper(audit.trailArn), `\${upper(${TRAIL}.arn)}`],
  [
    "a list that a function is given",
    (audit) => Fn.join(",", [audit.trailArn, audit.trailName]),
    `\${join(",", [${TRAIL}.arn, ${TRAIL}.name])}`,
  ],
  [
    "an object that a function is given",
    (audit) => Fn.jsonencode({ arn: audit.trailArn }),
    `\${jsonencode({"arn" = ${TRAIL}.arn})}`,
  ],
  ["a part of a text", (audit) => Fn.upper(`<${audit.trailArn}>`), `\${upper("<\${${TRAIL}.arn}>")}`],
  ["a function in a function", (audit) => Fn.upper(Fn.lower(audit.trailArn)), `\${upper(lower(${TRAIL}.arn))}`],
  [
    "a condition",
    (audit, stack) =>
      conditional(new TerraformVariable(stack, "other", { type: "bool" }).value, audit.trailArn, audit.trailName),
    `\${var.other ? ${TRAIL}.arn : ${TRAIL}.name}`,
  ],
  [
    "maps",
    (audit) => Fn.merge([audit.alarmTopicArns, { trail: audit.trailArn }]),
    `\${merge({"alarms" = "arn:aws:sns:eu-central-1:111122223333:example-logs-alarms"}, {"trail" = ${TRAIL}.arn})}`,
  ],
  [
    "an expression of its own",
    (audit) => Fn.upper(Token.asString(audit.outputs.trail_arn.value)),
    `\${upper(${TRAIL}.arn)}`,
  ],
])("of cdktf, an output can be used in %s", (_, value, expected) => {
  expect(outputOf(value)).toBe(expected);
});

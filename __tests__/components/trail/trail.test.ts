import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { Testing } from "cdktf";
import { trailDefinition } from "../../../src/components/trail/inputs";
import { Trail, type TrailProps } from "../../../src/components/trail/trail";
import { InputError } from "../../../src/inputs";
import type { Structure } from "../../../src/placement";
import { reference } from "../../../src/values";
import { addressesOf, bodyOf, newDraft, newStack, resolved, synthesized } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";

const props: TrailProps = {
  name: "example-logs",
  accountId: "111122223333",
  region: "eu-central-1",
  s3BucketName: "example-bucket",
};

const precondition = {
  condition: '${data.aws_caller_identity.current.account_id == "111122223333"}',
  error_message:
    "account_id: must be the account of the credentials, which is " +
    "${data.aws_caller_identity.current.account_id}; got 111122223333",
};

/** The trail in a stack with some inputs, but for its selectors of events. */
function trailWith(inputs: Partial<TrailProps>, structure?: Structure) {
  const stack = newStack();
  new Trail(stack, "Default", { ...props, ...inputs }, structure);
  const { advanced_event_selector: _selectors, ...body } = bodyOf(stack, "aws_cloudtrail.trail");
  return body;
}

test("a trail is one resource, and reads who the caller is", () => {
  const stack = newStack();
  new Trail(stack, "Default", props);
  expect(addressesOf(synthesized(stack))).toEqual(["aws_cloudtrail.trail", "data.aws_caller_identity.current"]);
  expect(Testing.synth(stack)).toHaveDataSource(DataAwsCallerIdentity);
});

test("by default it records all regions, and nothing of it is optional", () => {
  expect(trailWith({})).toEqual({
    name: "example-logs",
    s3_bucket_name: "example-bucket",
    is_multi_region_trail: true,
    include_global_service_events: true,
    is_organization_trail: false,
    enable_logging: true,
    enable_log_file_validation: true,
    tags: {},
    lifecycle: { precondition: [precondition] },
  });
});

describe("log-file validation", () => {
  test("is on for every trail", () => {
    const stack = newStack();
    new Trail(stack, "a", { ...props, enableLogging: false, multiRegion: false });
    expect(Testing.synth(stack)).toHaveResourceWithProperties(Cloudtrail, { enable_log_file_validation: true });
  });

  test("cannot be turned off", () => {
    // @ts-expect-error: there is no such property
    const off: TrailProps = { ...props, enableLogFileValidation: false };
    expect(() => new Trail(newStack(), "a", off)).toThrow("enableLogFileValidation: is not a known name");
  });
});

test.each<[Partial<TrailProps>, object]>([
  [{ multiRegion: false }, { is_multi_region_trail: false, include_global_service_events: false }],
  [{ enableLogging: false }, { enable_logging: false }],
  [{ s3KeyPrefix: "audit/logs" }, { s3_key_prefix: "audit/logs" }],
  [{ tags: { Stage: "próduction", 監査: "ログ" } }, { tags: { Stage: "próduction", 監査: "ログ" } }],
  [{ organization: { id: "o-exampleorgid", managementAccountId: "444455556666" } }, { is_organization_trail: true }],
])("%j is what the trail is told", (inputs, expected) => {
  expect(trailWith(inputs)).toEqual({ ...trailWith({}), ...expected });
});

test("a prefix that is null is left out", () => {
  expect(trailWith({ s3KeyPrefix: null })).not.toHaveProperty("s3_key_prefix");
});

describe("the key", () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

  test("is told to the trail, and left out where there is none", () => {
    expect(trailWith({ kmsKeyArn })).toEqual({ ...trailWith({}), kms_key_id: kmsKeyArn });
    expect(trailWith({ kmsKeyArn: null })).toEqual(trailWith({}));
  });
});

describe("without the trail itself", () => {
  test("nothing is made where nothing else is switched on", () => {
    const stack = newStack();
    new Trail(stack, "Default", { ...props, createTrail: false }, { accountCheck: "provider" });
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("everything around it is made, for a trail of this name", () => {
    const stack = newStack();
    const { outputs } = new Trail(stack, "Default", { ...props, createTrail: false, cloudwatchLogs: {} });
    expect(addressesOf(synthesized(stack)).filter((address) => !address.startsWith("data."))).toEqual([
      "aws_cloudwatch_log_group.trail",
      "aws_iam_role.cloudwatch_logs",
      "aws_iam_role_policy.cloudwatch_logs",
    ]);
    expect([outputs.arn.value, outputs.name.value]).toEqual([
      "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs",
      "example-logs",
    ]);
  });

  test("a module has a count of it", () => {
    const { stack } = newDraft();
    new Trail(stack, "Default", variablesOf<TrailProps>(trailDefinition.fields));
    expect(bodyOf(stack, "aws_cloudtrail.trail").count).toBe("${var.create_trail ? 1 : 0}");
  });
});

describe("credentials of another account", () => {
  test("are refused by a precondition, also of an organization trail of a delegated administrator", () => {
    expect(trailWith({}, {}).lifecycle).toEqual({ precondition: [precondition] });
    expect(trailWith({}, { accountCheck: "precondition" }).lifecycle).toEqual({ precondition: [precondition] });
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    expect(trailWith({ organization }).lifecycle).toEqual({ precondition: [precondition] });
  });

  test("are left to the provider where the stack says so", () => {
    const stack = newStack();
    new Trail(stack, "Default", props, { accountCheck: "provider" });
    expect(addressesOf(synthesized(stack))).toEqual(["aws_cloudtrail.trail"]);
    expect(bodyOf(stack, "aws_cloudtrail.trail")).not.toHaveProperty("lifecycle");
  });
});

test("it is never protected from destruction, as it holds no logs", () => {
  expect(trailWith({}, { preventDestroy: true }).lifecycle).not.toHaveProperty("prevent_destroy");
});

test("its outputs are those of the trail, so that whoever uses them waits for it", () => {
  const stack = newStack();
  const { outputs } = new Trail(stack, "audit", props);
  expect(Object.entries(outputs).map(([name, { value }]) => [name, resolved(stack, value)])).toEqual([
    ["arn", "${aws_cloudtrail.audit_trail.arn}"],
    ["name", "${aws_cloudtrail.audit_trail.name}"],
    ["home_region", "${aws_cloudtrail.audit_trail.home_region}"],
    ["log_group_name", null],
    ["log_group_arn", null],
    ["cloudwatch_logs_role_arn", null],
  ]);
});

test("wrong inputs are told all at once, and leave nothing behind", () => {
  const stack = newStack();
  const wrong = () => new Trail(stack, "audit", { ...props, name: "a", s3BucketName: "B-c", s3KeyPrefix: "/" });
  expect(wrong).toThrow(InputError);
  expect(wrong).toThrow(
    [
      'Trail "audit" has wrong inputs:',
      '  - name: must have 3 to 128 characters; got "a"',
      '  - s3BucketName: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "B-c"',
      '  - s3KeyPrefix: must not begin or end with a slash, nor have two in a row; got "/"',
    ].join("\n"),
  );
  expect(addressesOf(synthesized(stack))).toEqual([]);
});

test("a switch that only Terraform knows stays one", () => {
  const inputs = { multiRegion: reference<boolean>("var.all"), organization: reference("var.organization") as never };
  expect(trailWith(inputs)).toMatchObject({
    is_multi_region_trail: "${var.all}",
    include_global_service_events: "${var.all}",
    is_organization_trail: "${var.organization != null}",
  });
});

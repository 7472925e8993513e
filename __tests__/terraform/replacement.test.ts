import { replacingArguments } from "../../src/publish/comparison";
import { Workspace } from "./support/workspace";

const ACCOUNT = "111122223333";
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-central-1:${ACCOUNT}:${resource}`;
const POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const OTHER_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }],
});

type Values = Readonly<Record<string, unknown>>;

/**
 * What a resource of each type has to have, what it may have besides, which can be changed in place, and what the provider
 * keeps in the state where nothing is said.
 */
const RESOURCES: Readonly<Record<string, { readonly has: Values; readonly may?: Values; readonly keeps?: Values }>> = {
  aws_cloudtrail: {
    has: { name: "one", s3_bucket_name: "one" },
    may: { s3_bucket_name: "two", enable_logging: false },
  },
  aws_cloudwatch_dashboard: {
    has: { dashboard_name: "one", dashboard_body: "{}" },
    may: { dashboard_body: '{"widgets":[]}' },
  },
  aws_cloudwatch_event_permission: {
    has: { principal: ACCOUNT, statement_id: "one" },
    may: { principal: "444455556666" },
    keeps: { event_bus_name: "default" },
  },
  aws_cloudwatch_event_rule: {
    has: { name: "one", schedule_expression: "rate(1 day)" },
    may: { schedule_expression: "rate(2 days)", description: "x" },
    keeps: { event_bus_name: "default" },
  },
  aws_cloudwatch_event_target: {
    has: { rule: "one", target_id: "one", arn: arn("sns", "one") },
    may: { arn: arn("sns", "two") },
    keeps: { event_bus_name: "default" },
  },
  aws_cloudwatch_log_group: { has: { name: "one" }, may: { retention_in_days: 7, kms_key_id: arn("kms", "key/one") } },
  aws_cloudwatch_log_metric_filter: {
    has: {
      name: "one",
      log_group_name: "one",
      pattern: "one",
      metric_transformation: [{ name: "one", namespace: "one", value: "1" }],
    },
    may: { pattern: "two" },
  },
  aws_cloudwatch_metric_alarm: {
    has: {
      alarm_name: "one",
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 1,
      metric_name: "one",
      namespace: "one",
      period: 60,
      statistic: "Sum",
      threshold: 1,
    },
    may: { metric_name: "two", threshold: 2 },
  },
  aws_iam_openid_connect_provider: {
    has: { url: "https://one.example.com", client_id_list: ["one"], thumbprint_list: ["0".repeat(40)] },
    may: { client_id_list: ["two"] },
  },
  aws_iam_policy: {
    has: { name: "one", policy: POLICY },
    may: { policy: OTHER_POLICY },
    keeps: { path: "/" },
  },
  aws_iam_role: {
    has: { name: "one", assume_role_policy: POLICY },
    may: { assume_role_policy: OTHER_POLICY, description: "x" },
    keeps: { path: "/" },
  },
  aws_iam_role_policy: { has: { name: "one", role: "one", policy: POLICY }, may: { policy: OTHER_POLICY } },
  aws_iam_role_policy_attachment: { has: { role: "one", policy_arn: arn("iam", "policy/one") } },
  aws_kms_alias: { has: { name: "alias/one", target_key_id: "one" }, may: { target_key_id: "two" } },
  aws_kms_key: {
    has: {},
    may: { description: "x", enable_key_rotation: true, policy: OTHER_POLICY },
    keeps: { key_usage: "ENCRYPT_DECRYPT", customer_master_key_spec: "SYMMETRIC_DEFAULT" },
  },
  aws_s3_bucket: { has: { bucket: "bucket-one" }, may: { force_destroy: true, tags: { a: "b" } } },
  aws_s3_bucket_lifecycle_configuration: {
    has: {
      bucket: "bucket-one",
      rule: [{ id: "one", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 1 }] }],
    },
    keeps: { expected_bucket_owner: "" },
  },
  aws_s3_bucket_logging: {
    has: { bucket: "bucket-one", target_bucket: "logs-one", target_prefix: "one" },
    may: { target_bucket: "logs-two", target_prefix: "two" },
  },
  aws_s3_bucket_notification: { has: { bucket: "bucket-one", eventbridge: true }, may: { eventbridge: false } },
  aws_s3_bucket_ownership_controls: {
    has: { bucket: "bucket-one", rule: [{ object_ownership: "ObjectWriter" }] },
    may: { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
  },
  aws_s3_bucket_policy: { has: { bucket: "bucket-one", policy: POLICY }, may: { policy: OTHER_POLICY } },
  aws_s3_bucket_public_access_block: {
    has: { bucket: "bucket-one", block_public_acls: true },
    may: { block_public_acls: false },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    has: { bucket: "bucket-one", rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }] },
    may: { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] },
  },
  aws_s3_bucket_versioning: {
    has: { bucket: "bucket-one", versioning_configuration: [{ status: "Enabled" }] },
    may: { versioning_configuration: [{ status: "Suspended" }] },
  },
  aws_sns_topic: {
    has: { name: "one" },
    may: { display_name: "x", kms_master_key_id: "alias/one" },
    keeps: { fifo_topic: false },
  },
  aws_sns_topic_policy: { has: { arn: arn("sns", "one"), policy: POLICY }, may: { policy: OTHER_POLICY } },
  aws_sns_topic_subscription: {
    has: { topic_arn: arn("sns", "one"), protocol: "sqs", endpoint: arn("sqs", "one") },
    may: { raw_message_delivery: true, filter_policy: '{"a":["b"]}' },
  },
  aws_sqs_queue: {
    has: { name: "one" },
    may: { delay_seconds: 7, message_retention_seconds: 120 },
    keeps: { fifo_queue: false },
  },
  aws_sqs_queue_policy: {
    has: { queue_url: "https://sqs.eu-central-1.amazonaws.com/111122223333/one", policy: POLICY },
    may: { policy: OTHER_POLICY },
  },
};

/** Before and after of an argument that forces replacement, where no text will do. */
const CHANGES: Readonly<Record<string, readonly [unknown, unknown]>> = {
  "aws_cloudwatch_log_group.log_group_class": ["STANDARD", "INFREQUENT_ACCESS"],
  "aws_iam_openid_connect_provider.url": ["https://one.example.com", "https://two.example.com"],
  "aws_iam_role_policy_attachment.policy_arn": [arn("iam", "policy/one"), arn("iam", "policy/two")],
  "aws_kms_alias.name": ["alias/one", "alias/two"],
  "aws_kms_alias.name_prefix": ["alias/one", "alias/two"],
  "aws_kms_key.customer_master_key_spec": ["SYMMETRIC_DEFAULT", "RSA_2048"],
  "aws_kms_key.key_usage": ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  "aws_kms_key.multi_region": [false, true],
  "aws_s3_bucket.object_lock_enabled": [false, true],
  "aws_sns_topic.fifo_topic": [true, false],
  "aws_sns_topic.name": ["one", "two"],
  "aws_sns_topic_policy.arn": [arn("sns", "one"), arn("sns", "two")],
  "aws_sns_topic_subscription.topic_arn": [arn("sns", "one"), arn("sns", "two")],
  "aws_sns_topic_subscription.protocol": ["sqs", "lambda"],
  "aws_sns_topic_subscription.endpoint": [arn("sqs", "one"), arn("sqs", "two")],
  "aws_sqs_queue.fifo_queue": [true, false],
  "aws_sqs_queue_policy.queue_url": [
    "https://sqs.eu-central-1.amazonaws.com/111122223333/one",
    "https://sqs.eu-central-1.amazonaws.com/111122223333/two",
  ],
};

/** What an argument cannot be without. */
const NEEDED: Readonly<Record<string, Values>> = { "aws_kms_key.xks_key_id": { custom_key_store_id: "one" } };

/** A resource with something in the state, and something else in the configuration. */
interface Case {
  readonly type: string;
  readonly name: string;
  readonly before: Values;
  readonly after: Values;
}

function without({ ...values }: Record<string, unknown>, ...names: readonly string[]): Values {
  for (const name of names) {
    delete values[name];
  }
  return values;
}

const cases: readonly Case[] = Object.entries(replacingArguments).flatMap(([type, names]) => {
  const { has = {}, may, keeps } = RESOURCES[type] ?? {};
  const replaced = names.map((name) => {
    const account = name === "expected_bucket_owner" ? [ACCOUNT, "444455556666"] : undefined;
    const bucket = name === "bucket" ? ["bucket-one", "bucket-two"] : undefined;
    const [one, two] = CHANGES[`${type}.${name}`] ?? account ?? bucket ?? ["one", "two"];
    // A prefix stands in the place of what it is the prefix of.
    const rest = { ...without(has, name.replace(/_prefix$/, "")), ...NEEDED[`${type}.${name}`] };
    return { type, name, before: { ...keeps, ...rest, [name]: one }, after: { ...rest, [name]: two } };
  });
  return [
    ...replaced,
    ...(may === undefined ? [] : [{ type, name: "in_place", before: { ...keeps, ...has }, after: { ...has, ...may } }]),
  ];
});

test("what forces replacement does so in a plan of the provider, and what can be changed in place does not", async () => {
  const workspace = new Workspace();
  try {
    const terraform = { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } };
    const provider = {
      aws: {
        region: "eu-central-1",
        access_key: "nobody",
        secret_key: "nobody",
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
      },
    };
    const resource: Record<string, Record<string, Values>> = {};
    for (const { type, name, after } of cases) {
      resource[type] = { ...resource[type], [name]: after };
    }
    workspace.write({ "main.tf.json": JSON.stringify({ terraform, provider, resource }, null, 1) });
    await workspace.init();
    const schemas = JSON.parse(await workspace.succeed("providers", "schema", "-json")) as {
      readonly provider_schemas: Readonly<
        Record<string, { readonly resource_schemas: Readonly<Record<string, { readonly version: number }>> }>
      >;
    };
    const versions = Object.values(schemas.provider_schemas)[0]?.resource_schemas ?? {};
    workspace.write({
      "terraform.tfstate": JSON.stringify({
        version: 4,
        serial: 1,
        lineage: "of-this-test",
        resources: cases.map(({ type, name, before }) => ({
          mode: "managed",
          type,
          name,
          provider: 'provider["registry.terraform.io/hashicorp/aws"]',
          instances: [{ schema_version: versions[type]?.version, attributes: { id: "one", ...before } }],
        })),
      }),
    });
    await workspace.succeed("plan", "-refresh=false", "-input=false", "-no-color", "-out=plan");
    const plan = JSON.parse(await workspace.succeed("show", "-json", "plan")) as {
      readonly resource_changes: readonly {
        readonly type: string;
        readonly name: string;
        readonly change: {
          readonly actions: readonly string[];
          readonly replace_paths?: readonly (readonly string[])[];
        };
      }[];
    };
    const replaced = plan.resource_changes.map(
      ({ type, name, change }) =>
        `${type}.${name}: ${change.replace_paths?.map((each) => each[0]).join() ?? change.actions.join()}`,
    );
    expect(replaced.sort()).toEqual(
      cases.map(({ type, name }) => `${type}.${name}: ${name === "in_place" ? "update" : name}`).sort(),
    );
  } finally {
    workspace.remove();
  }
});

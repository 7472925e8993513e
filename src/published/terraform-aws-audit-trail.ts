import { AuditTrail } from "../audit-trail/audit-trail";
import { profiles } from "../audit-trail/profiles";
import { EventForwarding } from "../components";
import { type AcceptedInput, licenseText, type ModuleSource } from "../generator";
import { reference } from "../values";
import { statementsAre } from "./conditions";

const ACCOUNT_ID = "111122223333";
const REGION = "eu-central-1";

const account = {
  account_id: ACCOUNT_ID,
  account_name: "example",
  region: REGION,
  owner: "Example Owner",
} as const;

/** The same where the trail is given by its name, as nested modules want it. */
const trail = { account_id: ACCOUNT_ID, region: REGION, trail_name: "example-logs" } as const;

/** That an expression is a text, where both are too long for a line. */
function is(expression: string, value: string): string {
  return ["(", `      ${expression}`, `      == ${JSON.stringify(value)}`, "    )"].join("\n");
}

/** What an expression of a statement of the bucket policy, found by its Sid, is. */
function inStatement(sid: string, expression: string, value: string): string {
  const found = `for each in jsondecode(output.log_bucket_policy).Statement : each if each.Sid == "${sid}"`;
  return ["(", "      one([", `        ${found}`, `      ]).${expression}`, `      == ${value}`, "    )"].join("\n");
}

/** What no example shows. */
const accepted: readonly AcceptedInput[] = [
  {
    name: "deny_tampering",
    inputs: { log_bucket: { deny_tampering: { except: [`arn:aws:iam::${ACCOUNT_ID}:role/Deployer`] } } },
    expected: {
      "Everyone except the listed role should be denied permission to tamper with the logs.": inStatement(
        "DenyTampering",
        'Condition.ArnNotLike["aws:PrincipalArn"]',
        `["arn:aws:iam::${ACCOUNT_ID}:role/Deployer"]`,
      ),
    },
  },
  {
    name: "further_trails",
    inputs: {
      log_bucket: { further_trails: [{ account_id: "444455556666", region: "eu-west-1", name: "further-logs" }] },
    },
    expected: {
      "Both trails, and no other, should be able to deliver.": inStatement(
        "AWSCloudTrailWrite20150319",
        'Condition.StringEquals["aws:SourceArn"]',
        `[
        "arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/example-logs",
        "arn:aws:cloudtrail:eu-west-1:444455556666:trail/further-logs",
      ]`,
      ),
    },
  },
  {
    name: "create_trail_false",
    nested: "trail",
    inputs: { name: trail.trail_name, s3_bucket_name: "example-audit-logs", create_trail: false },
    expected: {
      "No trail should be created.": "length(aws_cloudtrail.trail) == 0",
      "The ARN should be that of the existing trail, known before anything is created.": `output.arn == "arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/example-logs"`,
    },
  },
  {
    name: "existing_log_group_and_role",
    nested: "trail",
    inputs: {
      name: trail.trail_name,
      s3_bucket_name: "example-audit-logs",
      cloudwatch_logs: {
        existing_log_group: { arn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:audit:*` },
        existing_role: { arn: `arn:aws:iam::${ACCOUNT_ID}:role/CloudTrailDelivery` },
      },
    },
    expected: {
      "Neither a log group nor a role should be created.":
        "length(aws_cloudwatch_log_group.trail) + length(aws_iam_role.cloudwatch_logs) == 0",
      "The existing log group should receive the events.": is(
        "aws_cloudtrail.trail[0].cloud_watch_logs_group_arn",
        `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:audit:*`,
      ),
      "The existing role should deliver the events.": is(
        "aws_cloudtrail.trail[0].cloud_watch_logs_role_arn",
        `arn:aws:iam::${ACCOUNT_ID}:role/CloudTrailDelivery`,
      ),
    },
  },
  {
    name: "management_events_alone",
    nested: "trail",
    inputs: {
      name: trail.trail_name,
      s3_bucket_name: "example-audit-logs",
      s3_data_events: null,
      lambda_data_events: null,
    },
    expected: {
      "Only management events should be recorded.":
        'one(aws_cloudtrail.trail[0].advanced_event_selector).name == "Management events selector"',
    },
  },
  {
    name: "transitions",
    nested: "log-bucket",
    inputs: {
      name: "example-audit-logs",
      trail_name: trail.trail_name,
      transitions: [
        { days: 90, storage_class: "GLACIER_IR" },
        { days: 365, storage_class: "DEEP_ARCHIVE" },
      ],
    },
    expected: {
      "Logs should be moved to the chosen storage classes after the chosen days.": `(
      {
        for each in aws_s3_bucket_lifecycle_configuration.log_bucket.rule[1].transition :
        each.storage_class => each.days
      }
      == { GLACIER_IR = 90, DEEP_ARCHIVE = 365 }
    )`,
    },
  },
  {
    name: "insights",
    nested: "trail",
    inputs: { name: trail.trail_name, s3_bucket_name: "example-audit-logs", insights: { api_error_rate: false } },
    expected: {
      "Unusual rates of calls, and not of errors, should be detected.":
        'one(aws_cloudtrail.trail[0].insight_selector).insight_type == "ApiCallRateInsight"',
    },
  },
];

/** The module of the audit trail, with its examples. */
export const auditTrailModule: ModuleSource = {
  component: AuditTrail,
  beside: [EventForwarding],
  name: "terraform-aws-audit-trail",
  address: "NAMESPACE/audit-trail/aws",
  license: { name: "Apache-2.0", text: licenseText },
  accepted,
  examples: [
    {
      name: "default",
      title: "One account",
      description:
        "One trail for the whole account: all regions, all management events, all S3 and Lambda data events, a new log\n" +
        "bucket, log-file validation.",
      inputs: account,
      expected: {
        "The trail should be named after the account.": 'output.trail_name == "example-logs"',
        "The log bucket should have the derived name.":
          'output.log_bucket_name == "bucket-for-cloudtrail-logs-111122223333-eu-central-1"',
        "The bucket policy should let the trail deliver, and nobody write by hand or without TLS.": statementsAre(
          "output.log_bucket_policy",
          "AWSCloudTrailAclCheck20150319",
          "AWSCloudTrailWrite20150319",
          "DenyLogsByHand",
          "DenyInsecureTransport",
          "DenyTlsBelow12",
        ),
        "No key should be created, because AWS charges for keys.": "output.encryption_key_arn == null",
        "Nothing should go to CloudWatch Logs, because AWS charges for it.": "output.log_group_arn == null",
      },
    },
    {
      name: "minimal",
      title: "Management events alone",
      description:
        "The trail that costs least: only management events, of which AWS records the first copy free of charge. Logs are\n" +
        "kept for a year.",
      inputs: {
        ...account,
        s3_data_events: null,
        lambda_data_events: null,
        log_bucket: { retention_days: 365 },
      },
    },
    {
      name: "cis",
      title: "The hardened trail",
      description:
        "A trail hardened for the CIS AWS Foundations Benchmark: encrypted with a KMS key, in CloudWatch Logs for a year,\n" +
        "with alarms and access logs. Replace the address that is told of them. Logs are kept for seven years, which is our choice, not CIS's.\n\n" +
        "The buckets and the key are not protected with `prevent_destroy`, which Terraform does not let a variable set.\n" +
        "To protect them, generate the module with `npx cdktf-audit-trail generate --prevent-destroy`: Terraform then refuses\n" +
        "to destroy them.",
      inputs: { ...account, ...profiles.cis.inputs },
      expected: {
        "The key policy should let CloudTrail encrypt only on behalf of the trail, and CloudWatch Logs.": statementsAre(
          "output.encryption_key_policy",
          "EnableIamPolicies",
          "AllowCloudTrailToEncrypt",
          "AllowCloudTrailToDescribeKey",
          "AllowCloudTrailToDecrypt",
          "AllowCloudWatchLogs",
        ),
        "Events should go to the log group.": 'output.log_group_name == "/aws/cloudtrail/example-logs"',
        "Every monitoring control should have an alarm.": "length(output.alarm_names) == 21",
        "Access logs should be kept.":
          'output.access_log_bucket_name == "bucket-for-cloudtrail-logs-111122223333-eu-central-1-access"',
      },
    },
    {
      name: "alarms",
      title: "Alarms for little money",
      description:
        "The default trail with alarms by EventBridge: no log group, nothing is ingested. Somebody is told within seconds\n" +
        "of dangerous calls in this region, of attacks on the trail, of unusual rates and of silence. Replace the address;\n" +
        "whoever has it confirms the subscription by a link in an e-mail. `further-regions` adds the events of us-east-1,\n" +
        "where IAM and the root user are seen.",
      inputs: {
        ...account,
        alarms: {
          changed_alarms: { security_group_changes: { enabled: false } },
          subscriptions: { security: { protocol: "email", endpoint: "security@example.com" } },
        },
      },
      expected: {
        "A topic should be created.": is(
          "output.alarm_topic_arns.alarms",
          `arn:aws:sns:${REGION}:${ACCOUNT_ID}:example-logs-alarms`,
        ),
        "What is off should raise no alarm.": '!contains(keys(output.alarm_names), "security_group_changes")',
        "Attacks on the trail itself should raise alarms.": 'contains(keys(output.alarm_names), "tamper_trail")',
        "Nothing should go to CloudWatch Logs, because AWS charges for it.": "output.log_group_arn == null",
      },
    },
    {
      name: "further-regions",
      title: "Alarms on further regions",
      description:
        "EventBridge tells of the calls in one region. IAM, Organizations and sign-ins of the root user arrive in us-east-1:\n" +
        "the nested module `event-forwarding`, through a provider of that region, forwards them to the alarms. Add another\n" +
        "call for each further region. For the accounts of an organization, set `accept_organization` and place it in each\n" +
        "of them, in each region.",
      region: REGION,
      providers: [{}, { alias: "us_east_1", region: "us-east-1" }],
      calls: [
        {
          label: "audit_trail",
          inputs: {
            ...account,
            alarms: { subscriptions: { security: { protocol: "email", endpoint: "security@example.com" } } },
          },
        },
        {
          label: "events_of_us_east_1",
          nested: "event-forwarding",
          providers: { aws: "aws.us_east_1" },
          inputs: {
            account_id: ACCOUNT_ID,
            region: "us-east-1",
            name: reference("module.audit_trail.trail_name"),
            event_patterns: reference("module.audit_trail.alarm_event_patterns"),
            event_bus_arn: reference("module.audit_trail.alarm_event_bus_arn"),
            tags: { Own: "Example Owner" },
          },
        },
      ],
      outputs: {
        trail_arn: { description: "The ARN of the trail.", value: reference("module.audit_trail.trail_arn") },
        alarm_names: {
          description: "The names of the alarms and rules, by id.",
          value: reference("module.audit_trail.alarm_names"),
        },
      },
    },
    {
      name: "organization",
      title: "An organization",
      description:
        "One trail that covers all accounts of an organization, created with credentials of the management account, with\n" +
        "only management events. Logs are kept for seven years. Everyone outside the organization is denied access to the\n" +
        "bucket.\n\n" +
        "Before it can be applied, replace the id of the organization with yours. The organization must have all features\n" +
        "enabled, and trusted access for CloudTrail, which this command enables in AWS Organizations:\n\n" +
        "    aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com\n\n" +
        "Then:",
      inputs: {
        ...account,
        organization: { id: "o-exampleorgid", management_account_id: ACCOUNT_ID },
        s3_data_events: null,
        lambda_data_events: null,
        log_bucket: {
          prefix: "organization",
          retention_days: 2557,
          restrict_to_organization: { id: "o-exampleorgid" },
        },
        tags: { Environment: "audit" },
      },
      expected: {
        "The bucket policy should let all accounts deliver, and deny everyone outside the organization.": statementsAre(
          "output.log_bucket_policy",
          "AWSCloudTrailAclCheck20150319",
          "AWSCloudTrailWrite20150319",
          "AWSCloudTrailOrganizationWrite20150319",
          "DenyLogsByHand",
          "DenyInsecureTransport",
          "DenyTlsBelow12",
          "DenyOutsideOrganization",
        ),
      },
    },
    {
      name: "existing-bucket-and-key",
      title: "An existing bucket and key",
      description:
        "A bucket and a KMS key that exist already, with policies that this module does not change. In two steps:\n\n" +
        "1. Run `terraform plan`. The outputs `log_bucket_policy` and `encryption_key_policy` are the policies that the\n" +
        "   bucket and the key need. Add their statements to the policies that are in place, where those are managed.\n" +
        "2. Run `terraform apply`, which creates the trail. Without the first step, CloudTrail would refuse the bucket and\n" +
        "   the key.\n\n" +
        "Replace the name of the bucket and the ARNs with yours. The two policies are known at plan time; with\n" +
        "`create_trail = false`, the first step can also be applied, and the policies be read with `terraform output`.",
      inputs: {
        ...account,
        encryption: {
          readers: [`arn:aws:iam::${ACCOUNT_ID}:role/Auditor`],
          existing_key: { arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab` },
        },
        log_bucket: { existing_bucket: { name: "example-audit-logs" } },
      },
      expected: {
        "The trail should deliver to the existing bucket.": 'output.log_bucket_name == "example-audit-logs"',
        "The policy that the bucket needs should be shown.": statementsAre(
          "output.log_bucket_policy",
          "AWSCloudTrailAclCheck20150319",
          "AWSCloudTrailWrite20150319",
          "DenyLogsByHand",
          "DenyInsecureTransport",
          "DenyTlsBelow12",
        ),
        "The policy that the key needs should be shown, with the readers.": statementsAre(
          "output.encryption_key_policy",
          "EnableIamPolicies",
          "AllowCloudTrailToEncrypt",
          "AllowCloudTrailToDescribeKey",
          "AllowCloudTrailToDecrypt",
          "AllowReadersToDecrypt",
        ),
      },
    },
    {
      name: "log-bucket-in-another-account",
      title: "The log bucket in another account",
      description:
        "The trail in one account, its log bucket in another, in which the people whose actions are recorded have no\n" +
        "permissions. The bucket is created by the nested module, through a provider of its own, with a role in the other\n" +
        "account. Replace the ARN of that role and the id of that account with yours.",
      region: REGION,
      providers: [{}, { alias: "log_archive", assume_role: { role_arn: "arn:aws:iam::444455556666:role/Deployer" } }],
      calls: [
        {
          label: "log_bucket",
          nested: "log-bucket",
          providers: { aws: "aws.log_archive" },
          inputs: {
            name: "example-central-audit-logs",
            ...trail,
            bucket_account_id: "444455556666",
            retention_days: 2557,
            access_logs: {},
            tags: { Own: "Example Owner" },
          },
        },
        {
          label: "audit_trail",
          inputs: {
            ...account,
            log_bucket: {
              existing_bucket: {
                name: reference("module.log_bucket.bucket"),
                access_log_path: reference("module.log_bucket.access_log_path"),
              },
            },
          },
        },
      ],
      outputs: {
        trail_arn: { description: "The ARN of the trail.", value: reference("module.audit_trail.trail_arn") },
        log_bucket_name: { description: "The name of the log bucket.", value: reference("module.log_bucket.bucket") },
      },
    },
    {
      name: "nested-modules",
      title: "The parts by themselves",
      description:
        "The nested modules, called one by one: for a trail whose parts are managed by different teams, or to leave one out.",
      region: REGION,
      calls: [
        {
          label: "encryption_key",
          nested: "encryption-key",
          inputs: { ...trail, log_group_name: "/aws/cloudtrail/example-logs", tags: { Own: "Example Owner" } },
        },
        {
          label: "log_bucket",
          nested: "log-bucket",
          inputs: {
            name: "example-audit-logs",
            ...trail,
            encryption: { kms_key_arn: reference("module.encryption_key.arn") },
            retention_days: 2557,
            transitions: [
              { days: 90, storage_class: "GLACIER_IR" },
              { days: 365, storage_class: "DEEP_ARCHIVE" },
            ],
            access_logs: {},
            tags: { Own: "Example Owner" },
          },
        },
        {
          label: "trail",
          nested: "trail",
          inputs: {
            name: trail.trail_name,
            account_id: ACCOUNT_ID,
            region: REGION,
            s3_bucket_name: reference("module.log_bucket.bucket"),
            access_log_path: reference("module.log_bucket.access_log_path"),
            kms_key_arn: reference("module.encryption_key.arn"),
            cloudwatch_logs: { retention_in_days: 365 },
            tags: { Own: "Example Owner" },
          },
        },
      ],
      outputs: {
        trail_arn: { description: "The ARN of the trail.", value: reference("module.trail.arn") },
        log_bucket_policy: { description: "The bucket policy, as JSON.", value: reference("module.log_bucket.policy") },
        encryption_key_policy: {
          description: "The key policy, as JSON.",
          value: reference("module.encryption_key.policy"),
        },
      },
    },
  ],
};

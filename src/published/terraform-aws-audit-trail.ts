import { AuditTrail } from "../audit-trail/audit-trail";
import { licenseText, type ModuleSource } from "../generator";

const account = {
  account_id: "111122223333",
  account_name: "example",
  region: "eu-central-1",
  owner: "Example Owner",
} as const;

/** The module of the audit trail: its examples, and what it must refuse. */
export const auditTrailModule: ModuleSource = {
  component: AuditTrail,
  name: "terraform-aws-audit-trail",
  address: "NAMESPACE/audit-trail/aws",
  license: { name: "Apache-2.0", text: licenseText },
  examples: [
    {
      name: "default",
      title: "One account",
      description:
        "One trail for the whole account: all regions, all management events, all S3 and Lambda data events, a new log\n" +
        "bucket, log-file validation.",
      inputs: account,
    },
    {
      name: "organization",
      title: "An organization",
      description:
        "One trail over all accounts of an organization, made from the management account, with management events alone\n" +
        "and logs kept for seven years.",
      inputs: {
        ...account,
        organization: { id: "o-exampleorgid", management_account_id: "111122223333" },
        s3_data_events: null,
        lambda_data_events: null,
        log_bucket: { prefix: "organization", retention_days: 2557 },
        tags: { Environment: "audit" },
      },
    },
  ],
  rejected: [
    { name: "account_id_of_11_digits", at: "account_id", inputs: { account_id: "11112222333" } },
    { name: "account_name_with_a_space", at: "account_name", inputs: { account_name: "my account" } },
    { name: "unknown_region", at: "region", inputs: { region: "frankfurt" } },
    { name: "owner_with_quotes", at: "owner", inputs: { owner: 'The "Owner"' } },
    { name: "name_like_an_ip_address", at: "name", inputs: { name: "192.168.0.1" } },
    { name: "no_name_at_all", at: "name", inputs: { account_name: null } },
    {
      name: "organization_of_another_form",
      at: "organization",
      inputs: { organization: { id: "example", management_account_id: "111122223333" } },
    },
    {
      name: "nothing_to_record",
      at: "management_events",
      inputs: { management_events: null, s3_data_events: null, lambda_data_events: null },
    },
    { name: "unknown_read_write_type", at: "s3_data_events", inputs: { s3_data_events: { read_write_type: "Both" } } },
    {
      name: "unknown_read_write_type_of_functions",
      at: "lambda_data_events",
      inputs: { lambda_data_events: { read_write_type: "all" } },
    },
    { name: "insights_without_management_events", at: "insights", inputs: { management_events: null, insights: {} } },
    {
      name: "insights_on_writes_without_writes",
      at: "insights",
      inputs: { management_events: { read_write_type: "ReadOnly" }, insights: {} },
    },
    { name: "bucket_name_in_upper_case", at: "log_bucket", inputs: { log_bucket: { name: "Acme_Logs" } } },
    { name: "retention_of_an_hour", at: "log_bucket", inputs: { log_bucket: { retention_days: 0.04 } } },
    { name: "owner_among_the_tags", at: "tags", inputs: { tags: { Own: "somebody else" } } },
    { name: "tag_of_aws", at: "tags", inputs: { tags: { "aws:example": "x" } } },
  ],
};

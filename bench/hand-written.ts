/*
 * What somebody writes who uses cdktf without this project: the same resources with the same values as the default
 * configuration, for STACKS accounts. It is the yardstick of the benchmarks, so it is as fast as such a script can be.
 */
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

const REGION = "eu-central-1";

class TrailStack extends TerraformStack {
  constructor(scope: Construct, id: string, accountId: string) {
    super(scope, id);
    new S3Backend(this, {
      bucket: "example-terraform-state-111122223333",
      key: `audit-trail/${id}/terraform.tfstate`,
      region: REGION,
      encrypt: true,
    }).addOverride("use_lockfile", true);
    new AwsProvider(this, "aws", { region: REGION, allowedAccountIds: [accountId] });
    this.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
    this.addOverride("terraform.required_version", ">= 1.10.0");

    const name = `bucket-for-cloudtrail-logs-${accountId}-${REGION}`;
    const arn = `arn:aws:s3:::${name}`;
    const trailArn = `arn:aws:cloudtrail:${REGION}:${accountId}:trail/example-logs`;
    const tags = { Own: "Example Owner" };
    const bucket = new S3Bucket(this, "log_bucket", { bucket: name, forceDestroy: false, tags });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false }],
    });
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public_access_block", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const everybody = { AWS: "*" };
    const cloudtrail = { Service: "cloudtrail.amazonaws.com" };
    const document = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AWSCloudTrailAclCheck20150319",
          Effect: "Allow",
          Principal: cloudtrail,
          Action: "s3:GetBucketAcl",
          Resource: arn,
          Condition: { StringEquals: { "aws:SourceArn": [trailArn] } },
        },
        {
          Sid: "AWSCloudTrailWrite20150319",
          Effect: "Allow",
          Principal: cloudtrail,
          Action: "s3:PutObject",
          Resource: [`${arn}/AWSLogs/${accountId}/*`],
          Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": [trailArn] } },
        },
        {
          Sid: "DenyLogsByHand",
          Effect: "Deny",
          Principal: everybody,
          Action: ["s3:PutObject", "s3:ReplicateObject"],
          Resource: `${arn}/AWSLogs/*`,
          Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: everybody,
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "DenyTlsBelow12",
          Effect: "Deny",
          Principal: everybody,
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    };
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.bucket,
      policy: JSON.stringify(document),
      dependsOn: [publicAccessBlock],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.bucket,
      rule: [
        {
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: [{}],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
    const trail = new Cloudtrail(this, "trail", {
      name: "example-logs",
      s3BucketName: bucket.bucket,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      isOrganizationTrail: false,
      enableLogging: true,
      enableLogFileValidation: true,
      tags,
      advancedEventSelector: [
        {
          name: "Management events selector",
          fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }],
        },
        {
          name: "S3 data events of all objects but the logs",
          fieldSelector: [
            { field: "eventCategory", equalTo: ["Data"] },
            { field: "resources.type", equalTo: ["AWS::S3::Object"] },
            { field: "resources.ARN", notStartsWith: [`arn:aws:s3:::${bucket.bucket}/AWSLogs/`] },
          ],
        },
        {
          name: "S3 data events of the log bucket but the delivery of logs",
          fieldSelector: [
            { field: "eventCategory", equalTo: ["Data"] },
            { field: "resources.type", equalTo: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWith: [`arn:aws:s3:::${bucket.bucket}/`] },
            { field: "eventName", notEquals: ["PutObject"] },
          ],
        },
        {
          name: "Lambda data events of all functions",
          fieldSelector: [
            { field: "eventCategory", equalTo: ["Data"] },
            { field: "resources.type", equalTo: ["AWS::Lambda::Function"] },
          ],
        },
      ],
      dependsOn: [versioning, encryption, publicAccessBlock, ownership, policy],
    });
    new TerraformOutput(this, "trail_arn", { value: trail.arn });
    new TerraformOutput(this, "trail_name", { value: trail.name });
    new TerraformOutput(this, "trail_home_region", { value: trail.homeRegion });
    new TerraformOutput(this, "log_bucket_name", { value: bucket.bucket });
    new TerraformOutput(this, "log_bucket_arn", { value: `arn:aws:s3:::${bucket.bucket}` });
    new TerraformOutput(this, "log_bucket_policy", { value: policy.policy });
  }
}

const app = new App();
for (let index = 0; index < Number(process.env.STACKS ?? 1); index += 1) {
  new TrailStack(app, `stack${index}`, String(111122223333 + index));
}
app.synth();

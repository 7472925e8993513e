import { type BucketPolicyInputs, bucketPolicy } from "../../../src/components/log-bucket/bucket-policy";
import { hcl, literal, reference } from "../../../src/values";

describe("the policy of a log bucket", () => {
  const bucket = "arn:aws:s3:::logs";
  const trailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example";
  const oneAccount: BucketPolicyInputs = {
    bucket,
    path: "audit/AWSLogs/",
    trailArn,
    trailAccountId: "111122223333",
    organization: null,
  };
  const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
  const delivered = { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" };
  const aclCheck = {
    Sid: "AWSCloudTrailAclCheck20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:GetBucketAcl",
    Resource: bucket,
    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
  };
  const write = {
    Sid: "AWSCloudTrailWrite20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:PutObject",
    Resource: `${bucket}/audit/AWSLogs/111122223333/*`,
    Condition: { StringEquals: delivered },
  };
  const organizationWrite = {
    Sid: "AWSCloudTrailOrganizationWrite20150319",
    Effect: "Allow",
    Principal: cloudTrail,
    Action: "s3:PutObject",
    Resource: `${bucket}/audit/AWSLogs/o-exampleorgid/*`,
    Condition: { StringEquals: delivered },
  };
  const denials = [
    {
      Sid: "DenyLogsByHand",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["s3:PutObject", "s3:ReplicateObject"],
      Resource: `${bucket}/audit/AWSLogs/*`,
      Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    },
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBelow12",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucket, `${bucket}/*`],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];

  test("for one account is what AWS documents, and three denials", () => {
    expect(JSON.parse(literal(bucketPolicy(oneAccount)))).toEqual({
      Version: "2012-10-17",
      Statement: [aclCheck, write, ...denials],
    });
  });

  test("for an organization has one statement more", () => {
    const organization = { id: "o-exampleorgid", management_account_id: "111122223333" };
    expect(JSON.parse(literal(bucketPolicy({ ...oneAccount, organization })))).toEqual({
      Version: "2012-10-17",
      Statement: [aclCheck, write, organizationWrite, ...denials],
    });
  });

  test("of a module is complete but for its names", () => {
    const policy = bucketPolicy({
      bucket: reference("local.bucket_arn"),
      path: reference("local.log_path"),
      trailArn: reference("local.trail_arn"),
      trailAccountId: reference("local.trail_account_id"),
      organization: reference("var.organization"),
    });
    expect(hcl(policy)).toBe(`jsonencode({
  Version = "2012-10-17"
  Statement = concat(
    [
      {
        Sid       = "AWSCloudTrailAclCheck20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = local.bucket_arn
        Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
      },
      {
        Sid       = "AWSCloudTrailWrite20150319"
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "\${local.bucket_arn}/\${local.log_path}\${local.trail_account_id}/*"
        Condition = {
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceArn" = local.trail_arn }
        }
      },
    ],
    var.organization != null ? [{
      Sid       = "AWSCloudTrailOrganizationWrite20150319"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "\${local.bucket_arn}/\${local.log_path}\${var.organization.id}/*"
      Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceArn" = local.trail_arn } }
    }] : [],
    [
      {
        Sid       = "DenyLogsByHand"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = ["s3:PutObject", "s3:ReplicateObject"]
        Resource  = "\${local.bucket_arn}/\${local.log_path}*"
        Condition = { BoolIfExists = { "aws:PrincipalIsAWSService" = "false" } }
      },
      {
        Sid       = "DenyInsecureTransport"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "\${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "DenyTlsBelow12"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "\${local.bucket_arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  )
})`);
  });
});

import { CLOUDTRAIL, EVERYBODY, logsOf, objectArn, policyDocument, type Statement } from "../../policy";
import { get, onlyIfSet, text, type Value } from "../../values";

/** What the bucket policy is about. */
export interface BucketPolicyInputs {
  /** The ARN of the bucket. */
  readonly bucket: Value<string>;
  /** Where in the bucket logs are delivered: `prefix/AWSLogs/`. */
  readonly path: Value<string>;
  /** The one trail that may deliver. */
  readonly trailArn: Value<string>;
  /** The account that owns the trail. */
  readonly trailAccountId: Value<string>;
  readonly organization: Value<{ readonly id: string; readonly management_account_id: string } | null>;
}

/**
 * The policy of the log bucket: CloudTrail may look at the bucket and deliver logs, on behalf of one trail; nobody
 * may write under the path of the logs by hand; nobody may come without TLS 1.2.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function bucketPolicy({
  bucket,
  path,
  trailArn,
  trailAccountId,
  organization,
}: BucketPolicyInputs): Value<string> {
  return policyDocument(
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Effect: "Allow",
      Principal: CLOUDTRAIL,
      Action: "s3:GetBucketAcl",
      Resource: bucket,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    delivery("AWSCloudTrailWrite20150319", objectArn(bucket, logsOf(path, trailAccountId)), trailArn),
    onlyIfSet(organization, (member) =>
      delivery("AWSCloudTrailOrganizationWrite20150319", objectArn(bucket, logsOf(path, get(member, "id"))), trailArn),
    ),
    {
      // The trail does not record what is put here, as that would never end. So nobody but a service may put anything,
      // by replication neither.
      Sid: "DenyLogsByHand",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: ["s3:PutObject", "s3:ReplicateObject"],
      Resource: objectArn(bucket, text`${path}*`),
      // Callers without credentials have no such key.
      Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    },
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: "s3:*",
      Resource: [bucket, objectArn(bucket, "*")],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBelow12",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: "s3:*",
      Resource: [bucket, objectArn(bucket, "*")],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  );
}

function delivery(sid: string, logs: Value<string>, trailArn: Value<string>): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: CLOUDTRAIL,
    Action: "s3:PutObject",
    Resource: logs,
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn } },
  };
}

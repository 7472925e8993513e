import type { Value } from "../values";
import { objectArn } from "./arn";
import { EVERYBODY, S3_ACCESS_LOGS, type Statement } from "./statement";

/*
 * Statements that every bucket with evidence in it has.
 */

/**
 * Nobody but a service may put anything, by replication neither. A trail does not record what is put among its own
 * logs, as that would never end: so nobody may hide there.
 *
 * @param objects the ARN of the objects
 */
export function denyLogsByHand(objects: Value<string>): Statement {
  return {
    Sid: "DenyLogsByHand",
    Effect: "Deny",
    Principal: EVERYBODY,
    Action: ["s3:PutObject", "s3:ReplicateObject"],
    Resource: objects,
    // Callers without credentials have no such key.
    Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
  };
}

/**
 * S3 may deliver the access logs of a bucket.
 *
 * @param objects the ARN of the objects that are delivered
 * @param source the ARN of the bucket that they tell of, and the account of that; null where it is not known
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function allowAccessLogs(
  objects: Value<string>,
  source: { readonly arn: Value<string>; readonly accountId: Value<string> | null },
): Statement {
  return {
    Sid: "S3ServerAccessLogs",
    Effect: "Allow",
    Principal: S3_ACCESS_LOGS,
    Action: "s3:PutObject",
    Resource: objects,
    Condition: {
      ArnLike: { "aws:SourceArn": source.arn },
      ...(source.accountId === null ? {} : { StringEquals: { "aws:SourceAccount": source.accountId } }),
    },
  };
}

/** Nobody may come without TLS, or with TLS before 1.2. */
export function denyInsecureTransport(bucket: Value<string>): readonly [Statement, Statement] {
  const everything = [bucket, objectArn(bucket, "*")];
  return [
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: "s3:*",
      Resource: everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBelow12",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: "s3:*",
      Resource: everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}

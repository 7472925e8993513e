import type { Value } from "../values";
import { objectArn } from "./arn";
import { EVERYBODY, type Statement } from "./statement";

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

import { objectArn, type Statement } from "../../policy";
import { coalesce, get, text, type Value } from "../../values";
import { endOfSid, stateKeyOf } from "./inputs";

/** Who keeps a state in the bucket. */
export interface Deployer {
  readonly state_key: string | null;
  readonly role_arn: string | null;
}

/** What a deployer does with its state: a plan reads it, and takes its lock; an apply also writes it. */
export type StateAccess = "read" | "write";

/** Where Terraform looks for states of further workspaces, whenever it is initialized. */
const WORKSPACES = "env:/";

/**
 * What a deployer may do in the bucket: find its state, read it, write it where it applies, and lock it. No more than
 * Terraform asks for.
 *
 * @param bucket the ARN of the bucket
 * @param stack the name of the deployer's stack
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function stateStatements(
  bucket: Value<string>,
  stack: Value<string>,
  deployer: Value<Deployer>,
  principal: Pick<Statement, "Principal"> = {},
  access: StateAccess = "write",
): readonly [find: Statement, state: Statement, lock: Statement] {
  const key = coalesce<string>(get(deployer, "state_key") as Value<string | null>, stateKeyOf(stack));
  const end = endOfSid(stack);
  return [
    {
      Sid: text`Find${end}`,
      Effect: "Allow",
      ...principal,
      Action: "s3:ListBucket",
      Resource: bucket,
      // Without a listing S3 says of a state that is not there yet that it is forbidden, and Terraform stops.
      Condition: { StringEqualsIfExists: { "s3:prefix": [key, WORKSPACES] } },
    },
    {
      Sid: text`State${end}`,
      Effect: "Allow",
      ...principal,
      Action: access === "read" ? "s3:GetObject" : ["s3:GetObject", "s3:PutObject"],
      Resource: objectArn(bucket, key),
    },
    {
      Sid: text`Lock${end}`,
      Effect: "Allow",
      ...principal,
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: objectArn(bucket, text`${key}.tflock`),
    },
  ];
}

/**
 * What deployers may do with the key: what S3 does with it on their behalf.
 *
 * @param s3 the name of S3's host in the region
 */
export function keyStatement(
  s3: Value<string>,
  resource: Value<string>,
  principal: Pick<Statement, "Principal"> = {},
): Statement {
  return {
    Sid: "AllowDeployersThroughS3",
    Effect: "Allow",
    ...principal,
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: resource,
    Condition: { StringEquals: { "kms:ViaService": s3 } },
  };
}

import type { PlannedResource } from "./workspace";

/** The attributes that are policies, by type of resource. */
export const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket_policy: ["policy"],
  aws_kms_key: ["policy"],
  aws_iam_role: ["assume_role_policy"],
  aws_iam_role_policy: ["policy"],
  aws_sns_topic_policy: ["policy"],
  aws_sqs_queue_policy: ["policy"],
};

/** A policy as far as everyone is alike. */
interface Policy {
  readonly Statement: readonly unknown[];
}

/** The policies among planned resources, by address and attribute: undefined where one is not known in full. */
export function policiesOf(
  resources: Readonly<Record<string, PlannedResource["change"]>>,
): Readonly<Record<string, Policy | undefined>> {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([address, { after }]) => {
      const type = /(\w+)\.\w+(?:\[[^\]]*\])?$/.exec(address)?.[1] as string;
      return (POLICIES[type] ?? []).map((attribute) => {
        const text = after?.[attribute];
        return [`${address}.${attribute}`, typeof text === "string" ? (JSON.parse(text) as Policy) : undefined];
      });
    }),
  );
}

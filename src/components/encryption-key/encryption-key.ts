import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Construct } from "constructs";
import { Component, local, outputToken, resource, type Structure } from "../../placement";
import { partitionOf, trailOwner } from "../../policy";
import { choose, get, isNull, replaced, text, type Value, withDefault } from "../../values";
import type { EncryptionKeyProps } from "../props";
import { encryptionKeyDefinition } from "./inputs";
import { keyPolicy } from "./key-policy";

export type { EncryptionKeyProps };

/** The alias of a trail's key, where none is chosen. */
export function derivedKeyAlias(trailName: Value<string>): Value<string> {
  return text`alias/${replaced(trailName, ".", "-")}`;
}

/**
 * The KMS key that encrypts the logs, or one that is there already.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
 */
export class EncryptionKey extends Component<
  typeof encryptionKeyDefinition.fields,
  typeof encryptionKeyDefinition.outputs
> {
  static readonly definition = encryptionKeyDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps, structure: Structure = {}) {
    super(scope, id, encryptionKeyDefinition, props, structure);
    const { accountId, region, trailName, organization, existingKey } = this.inputs;
    const isNew = isNull(existingKey);
    const policy = local(
      this,
      "policy",
      keyPolicy({
        scope: this,
        partition: local(this, "partition", partitionOf(region)),
        accountId,
        region,
        trailName,
        trailAccountId: local(this, "trail_account_id", trailOwner(organization, accountId)),
        furtherTrails: this.inputs.furtherTrails,
        logGroupName: this.inputs.logGroupName,
        readers: this.inputs.readers,
      }),
    );

    const key = resource(
      this,
      KmsKey,
      "encryption_key",
      {
        description: text`Encrypts the logs of the trail ${trailName}`,
        policy,
        enableKeyRotation: true,
        rotationPeriodInDays: this.inputs.rotationPeriodInDays,
        deletionWindowInDays: this.inputs.deletionWindowInDays,
        multiRegion: this.inputs.multiRegion,
        tags: this.inputs.tags,
      },
      {
        when: isNew,
        lifecycle: { preventDestroy: structure.preventDestroy ?? false },
        comment: "Without the key, no log that it encrypted can be read: hence the long window before it is deleted.",
      },
    );
    resource(
      this,
      KmsAlias,
      "encryption_key",
      {
        name: withDefault(this.inputs.alias, derivedKeyAlias(trailName)),
        targetKeyId: key.attribute("key_id"),
      },
      { when: isNew },
    );

    this.declareOutputs({
      arn: {
        value:
          existingKey === null
            ? key.attribute("arn")
            : choose(isNew, key.attribute("arn"), get(existingKey as Value<{ readonly arn: string }>, "arn")),
      },
      policy: { value: policy },
    });
  }

  /** The ARN of the key. */
  get arn(): string {
    return outputToken(this.outputs.arn);
  }

  /** The key policy, as JSON: of an existing key, the policy that it needs. */
  get policy(): string {
    return outputToken(this.outputs.policy);
  }
}

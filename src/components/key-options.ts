import { defaulting, keyAlias, keyArn, object, optional, required, wholeNumber } from "../inputs";

/** A KMS key that is there already. */
export const existingKey = object({ arn: required(keyArn, "The ARN of the key.") });

/**
 * What can be chosen about a KMS key that is created.
 *
 * @param named what the alias is derived from, where none is chosen: "the bucket's name"
 * @param loss what nobody can do without the key: "no state in the bucket can be read"
 */
export function newKeyOptions(named: string, loss: string) {
  return {
    alias: optional(
      keyAlias,
      `The alias of the key, beginning with \`alias/\`. Null derives it from ${named}, with hyphens in place of dots.`,
    ),
    deletion_window_in_days: defaulting(
      wholeNumber(7, 30, "days"),
      30,
      "Days between scheduling the key for deletion and its deletion, which can be cancelled until then. Without the key, " +
        `${loss}.`,
    ),
    rotation_period_in_days: defaulting(
      wholeNumber(90, 2560, "days"),
      365,
      "Days after which AWS rotates the key material. What was encrypted before remains readable.",
    ),
  } as const;
}

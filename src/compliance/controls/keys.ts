import type { Resource, Stack } from "../../stacks/stack";
import { inCis, inSecurityHub } from "../frameworks";
import { keysAreClosed, keysOf } from "../rules/keys";
import { topicsOf } from "../rules/topics";
import { trailOf } from "../rules/trail";
import { type Judgement, judged, manual, notApplicable } from "../verdict";
import { ALWAYS, type Control, NOTHING } from "./control";
import { costOf } from "./costs";

const KEY_TESTS = "__tests__/components/encryption-key/encryption-key.test.ts";

/** What is said of the keys that are made; of keys that are there already, where to look. */
function ofKeys(stack: Stack, look: string, judge: (keys: readonly Resource[]) => Judgement): Judgement {
  const keys = keysOf(stack);
  const judgement = keys.length === 0 ? notApplicable("There is no key.") : judge(keys);
  const existing = existingKeys(stack);
  return existing.length === 0 || judgement.verdict === "not satisfied"
    ? judgement
    : manual(
        "A key is there already: what it is like, AWS knows.",
        existing.map((arn) => `aws kms ${look} --key-id ${arn} --region ${stack.region}`).join(" && "),
      );
}

/** The ARNs of the keys that are used, and not made. */
function existingKeys(stack: Stack): readonly string[] {
  const used = [
    trailOf(stack)?.arguments.kms_key_id,
    ...topicsOf(stack).map((topic) => topic.arguments.kms_master_key_id),
  ];
  return [...new Set(used.flatMap((arn) => stack.text(arn) ?? []))];
}

/** What is wanted of KMS keys. */
export const keyControls: readonly Control[] = [
  {
    id: "key_rotated",
    title: "The key is rotated",
    numbers: { ...inCis("3.8", "3.6", "3.6", "4.6"), ...inSecurityHub("KMS.4") },
    resource: "aws_kms_key",
    setting: "`encryption: {}`, whose key is always rotated",
    cost: costOf("encryption key"),
    provedBy: { file: KEY_TESTS, test: "it is rotated, and that cannot be turned off" },
    judge: (stack) =>
      ofKeys(stack, "get-key-rotation-status", (keys) =>
        judged(
          keys
            .filter((key) => key.arguments.enable_key_rotation !== true)
            .map(({ address }) => ({ resource: address, message: "is not rotated" })),
          "Every key that is made is rotated.",
        ),
      ),
  },
  {
    id: "key_kept",
    title: "No key is about to be deleted unawares",
    numbers: inSecurityHub("KMS.3"),
    resource: "aws_kms_key",
    setting: "`encryption: {}`, with 30 days to cancel a deletion; `prevent_destroy: true`",
    cost: costOf("encryption key"),
    provedBy: {
      file: KEY_TESTS,
      test: "by default it is rotated each year, can be saved for a month, and stays in its region",
    },
    judge: (stack) =>
      ofKeys(stack, "describe-key --query KeyMetadata.KeyState", (keys) =>
        judged(
          keys
            .filter((key) => key.arguments.deletion_window_in_days === undefined)
            .map(({ address }) => ({
              resource: address,
              message: "does not say how long its deletion can be cancelled",
            })),
          `Terraform schedules no deletion while a key is in the configuration; of one that is taken out, it can be cancelled for ${keys
            .map((key) => `${key.arguments.deletion_window_in_days}`)
            .join(" and ")} days.`,
        ),
      ),
  },
  {
    id: "key_closed",
    title: "No key is open to the public",
    numbers: inSecurityHub("KMS.5"),
    resource: "aws_kms_key",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: KEY_TESTS, test: "the policy lets nobody in but by name: no principal is everybody" },
    judge: (stack) =>
      ofKeys(stack, "get-key-policy --policy-name default", () =>
        judged(
          keysAreClosed.findings(stack),
          "Every key has a policy, which names whoever may use it; its resource * is the key itself.",
        ),
      ),
  },
];

import type { Condition } from "../policy";

/** What Terraform does with a resource of AWS, call by call. */
export interface Grant {
  /** What it is done to, as a word of a Sid: `Buckets`. */
  readonly to: string;
  /** The ARNs of that. `*` alone where IAM knows none for these calls. */
  readonly resources: readonly string[];
  /** The actions that a plan needs. */
  readonly read: readonly string[];
  /** The further actions that an apply needs: to make, to change and to destroy. */
  readonly write: readonly string[];
  readonly condition?: Condition;
}

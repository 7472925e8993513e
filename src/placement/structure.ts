import type { TerraformProvider } from "cdktf";

/** What is a matter of structure, not of values: it cannot be a variable of a module. */
export interface Structure {
  /** Through which provider the resources are made, where that is not the default one of the stack. */
  readonly provider?: TerraformProvider;
  /** Whether Terraform refuses to destroy buckets with logs and the key that they are encrypted with. Default: false. */
  readonly preventDestroy?: boolean;
  /**
   * Where a wrong account is refused: by a precondition on the trail (default), or by the `allowed_account_ids` of
   * the provider, which the stack then has to set.
   */
  readonly accountCheck?: "precondition" | "provider";
  /**
   * Whether every resource says its region, which the provider then need not be of: AWS provider 6 has an argument
   * `region` for that. Default: false, as AWS provider 5 has none.
   */
  readonly regionArgument?: boolean;
}

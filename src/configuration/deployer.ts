import type { Problem } from "../inputs";
import { partitionOf, roleArn } from "../policy";

/** Who deploys a trail, as far as the configuration tells, and who may still change its log bucket. */
export interface Deployment {
  readonly accountId: string;
  readonly region: string;
  /** The role that Terraform assumes; null where it has its credentials from elsewhere. */
  readonly roleArn: string | null;
  /** The role by which runs apply; null where there is none of its own. */
  readonly deploymentRole: { readonly name: string; readonly role_path: string } | null;
  readonly logBucket: {
    readonly deny_tampering: { readonly except: readonly string[] } | null;
    readonly existing_bucket: unknown;
  };
}

/** Terraform would shut itself out with the first apply: it could not change the bucket any more. */
export function shutOutProblems({ logBucket, ...deployment }: Deployment, at: Problem["path"]): readonly Problem[] {
  const { deny_tampering: denial, existing_bucket: existing } = logBucket;
  const deployer = deployerOf(deployment);
  if (denial === null || existing !== null || deployer === undefined) {
    return [];
  }
  if (denial.except.some((pattern) => isLike(deployer, pattern))) {
    return [];
  }
  return [
    {
      path: [...at, "log_bucket", "deny_tampering", "except"],
      requirement: `must have the role that deploys the trail, ${deployer}, or it could not change the bucket again`,
      got: JSON.stringify(denial.except),
    },
  ];
}

function deployerOf(deployment: Omit<Deployment, "logBucket">): string | undefined {
  const { accountId, region, deploymentRole } = deployment;
  if (deploymentRole !== null) {
    const { name, role_path: path } = deploymentRole;
    return roleArn(partitionOf(region), accountId, path, `${name}-apply`) as string;
  }
  return deployment.roleArn ?? undefined;
}

/** Whether an ARN is like a pattern of IAM, in which an asterisk stands for any text. */
function isLike(arn: string, pattern: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[^\w:]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(arn);
}

import type { ModuleSource } from "../generator";
import { auditTrailModule } from "./terraform-aws-audit-trail";
import { deploymentRoleModule } from "./terraform-aws-deployment-role";
import { stateBucketModule } from "./terraform-aws-state-bucket";

/** The modules that `audit-trail generate` writes, one folder each. */
export const publishedModules: readonly ModuleSource[] = [auditTrailModule, deploymentRoleModule, stateBucketModule];

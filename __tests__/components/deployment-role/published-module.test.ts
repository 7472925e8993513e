import { DeploymentRole } from "../../../src/components/deployment-role/deployment-role";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(DeploymentRole, {
  folder: "terraform-aws-deployment-role",
  heading: "terraform-aws-deployment-role",
});

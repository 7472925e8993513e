import { DeploymentRole } from "../../../src/components/deployment-role/deployment-role";
import { deploymentRoleModule } from "../../../src/published/terraform-aws-deployment-role";
import { describePublishedModule, expectPublishedTests } from "../support/published-module";

describePublishedModule(DeploymentRole, {
  folder: "terraform-aws-deployment-role",
  heading: "terraform-aws-deployment-role",
});

test("has the tests that are published", () => expectPublishedTests(deploymentRoleModule));

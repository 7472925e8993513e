import { deploymentRoleDefinition } from "../../../src/components/deployment-role/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(deploymentRoleDefinition, { github_actions: { repository: "acme/infrastructure" } });

import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { describeExamples } from "../components/support/broken-inputs";

// One of the account's name and the trail's name has to be given.
describeExamples(auditTrailDefinition, { account_name: "example" });

import { alarmsDefinition } from "../../../src/components/alarms/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(alarmsDefinition);

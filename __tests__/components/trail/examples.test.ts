import { trailDefinition } from "../../../src/components/trail/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(trailDefinition);

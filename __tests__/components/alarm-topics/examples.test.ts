import { alarmTopicsDefinition } from "../../../src/components/alarm-topics/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(alarmTopicsDefinition);

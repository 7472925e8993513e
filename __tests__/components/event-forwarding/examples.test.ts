import { eventForwardingDefinition } from "../../../src/components/event-forwarding/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(eventForwardingDefinition);

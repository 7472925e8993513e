import { EventForwarding } from "../../../src/components/event-forwarding/event-forwarding";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(EventForwarding);

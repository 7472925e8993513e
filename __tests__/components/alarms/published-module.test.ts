import { Alarms } from "../../../src/components/alarms/alarms";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(Alarms);

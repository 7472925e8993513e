import { AlarmTopics } from "../../../src/components/alarm-topics/alarm-topics";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(AlarmTopics);

import { Trail } from "../../../src/components/trail/trail";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(Trail);

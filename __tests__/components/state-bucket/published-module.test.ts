import { StateBucket } from "../../../src/components/state-bucket/state-bucket";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(StateBucket, { folder: "terraform-aws-state-bucket", heading: "terraform-aws-state-bucket" });

import { StateBucket } from "../../../src/components/state-bucket/state-bucket";
import { stateBucketModule } from "../../../src/published/terraform-aws-state-bucket";
import { describePublishedModule, expectPublishedTests } from "../support/published-module";

describePublishedModule(StateBucket, { folder: "terraform-aws-state-bucket", heading: "terraform-aws-state-bucket" });

test("has the tests that are published", () => expectPublishedTests(stateBucketModule));

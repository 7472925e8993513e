import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import type { Construct } from "constructs";
import type { Props } from "../../inputs";
import { Component, type Precondition, resource, type Structure } from "../../placement";
import { equals, isNull, not, text } from "../../values";
import { eventSelectors, insightSelectors } from "./event-selectors";
import { trailDefinition } from "./inputs";

export type TrailProps = Props<typeof trailDefinition.fields>;

/**
 * One CloudTrail trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html
 */
export class Trail extends Component<typeof trailDefinition.fields, typeof trailDefinition.outputs> {
  static readonly definition = trailDefinition;

  constructor(scope: Construct, id: string, props: TrailProps, structure: Structure = {}) {
    super(scope, id, trailDefinition, props, structure);
    const { name, multiRegion, tags } = this.inputs;
    const trail = resource(
      this,
      Cloudtrail,
      "trail",
      {
        name,
        s3BucketName: this.inputs.s3BucketName,
        s3KeyPrefix: this.inputs.s3KeyPrefix,
        isMultiRegionTrail: multiRegion,
        includeGlobalServiceEvents: multiRegion,
        isOrganizationTrail: not(isNull(this.inputs.organization)),
        enableLogging: this.inputs.enableLogging,
        enableLogFileValidation: true,
        tags,
        advancedEventSelector: eventSelectors(this, this.inputs),
        insightSelector: insightSelectors(this.inputs.insights),
      },
      { lifecycle: { preconditions: this.accountCheck() } },
    );

    this.declareOutputs({
      arn: { value: trail.attribute("arn") },
      name: { value: trail.attribute("name") },
      home_region: { value: trail.attribute("home_region") },
    });
  }

  /** Refuses credentials of another account, in which every policy of the trail would name the wrong one. */
  private accountCheck(): readonly Precondition[] {
    if (this.structure.accountCheck === "provider") {
      return [];
    }
    const { accountId } = this.inputs;
    const caller = resource(this, DataAwsCallerIdentity, "current", {}).attribute("account_id");
    return [
      {
        condition: equals(caller, accountId),
        message: text`account_id: must be the account of the credentials, which is ${caller}; got ${accountId}`,
      },
    ];
  }
}

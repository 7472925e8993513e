import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AuditTrail, type AuditTrailProps } from "../audit-trail/audit-trail";
import { EventForwarding } from "../components";
import { awsProvider, forCdktf, outputValue, type Structure, TERRAFORM_VERSION } from "../placement";
import { forwardedRegions } from "./forwarded-regions";
import { type State, terraformForState } from "./state";
import { StateBackend } from "./state-backend";

/** How the AWS provider of a stack gets its credentials, beyond the environment. */
export interface ProviderSettings {
  /** A profile of the AWS configuration. */
  readonly profile: string | null;
  /** The ARN of a role to assume, as in another account. */
  readonly role_arn: string | null;
}

/** What one stack is made of. */
export interface AuditTrailStackProps {
  readonly inputs: AuditTrailProps;
  readonly state: State;
  readonly provider: ProviderSettings;
  /** Whether Terraform refuses to destroy what holds the logs, and what they are encrypted with. */
  readonly preventDestroy: boolean;
  /** The further regions whose events raise alarms. Null means that of the global services. */
  readonly alarmRegions?: readonly string[] | null;
  /** Regions in which something still has to be destroyed. Default: none. */
  readonly formerAlarmRegions?: readonly string[];
  /** Whether every resource says its region, as AWS provider 6 can. */
  readonly regionArgument: boolean;
}

interface Forwarding {
  readonly inputs: AuditTrailProps;
  readonly alarmRegions: readonly string[] | null;
  /** How the providers get to the account. */
  readonly account: AwsProviderConfig;
  readonly structure: Structure;
}

/** What the forwarding of a region's events is called. */
export function forwardingLabel(region: string): string {
  return `events_of_${region.replaceAll("-", "_")}`;
}

/** One audit trail in a Terraform stack: backend, provider, the trail, and its outputs. */
export class AuditTrailStack extends TerraformStack {
  readonly trail: AuditTrail;
  /** What forwards events of further regions to the alarms, by region. */
  readonly forwardings: Readonly<Record<string, EventForwarding>>;

  constructor(
    scope: Construct,
    name: string,
    { inputs, state, provider, alarmRegions = null, formerAlarmRegions = [], ...structure }: AuditTrailStackProps,
  ) {
    super(scope, name);
    new StateBackend(this, state);
    const account = {
      // Credentials of another account are refused before anything is made.
      allowedAccountIds: [inputs.accountId as string],
      ...(provider.profile === null ? {} : { profile: forCdktf(provider.profile) as string }),
      ...(provider.role_arn === null ? {} : { assumeRole: [{ roleArn: forCdktf(provider.role_arn) as string }] }),
    };
    new AwsProvider(this, "aws", { region: inputs.region as string, ...account });
    // The bindings would pin the version that they were generated from.
    this.addOverride("terraform.required_providers.aws", awsProvider(structure));
    this.addOverride("terraform.required_version", terraformForState(state) ?? TERRAFORM_VERSION);

    this.trail = new AuditTrail(this, "Default", inputs, { ...structure, accountCheck: "provider" });
    this.forwardings = this.forwarding({ inputs, alarmRegions, account, structure });
    for (const region of formerAlarmRegions.filter((each) => !(each in this.forwardings))) {
      this.providerOf(region, account);
    }
    // What is not there has no output: Terraform would keep none either.
    for (const [name, output] of Object.entries(this.trail.outputs).filter(([, { value }]) => value !== null)) {
      const { description } = AuditTrail.definition.outputs[name as keyof typeof this.trail.outputs];
      new TerraformOutput(this, name, { value: outputValue(output), description, staticId: true });
    }
  }

  /** Forwards events of further regions, where alarms watch by event: each region has a provider of its own. */
  private forwarding({ inputs, alarmRegions, account, structure }: Forwarding): Record<string, EventForwarding> {
    const { name, tags, alarmEventPatterns: eventPatterns = {}, alarmEventBusArn: eventBusArn = "" } = this.trail;
    const watched = { region: inputs.region as string, multiRegion: inputs.multiRegion !== false };
    const regions = Object.keys(eventPatterns).length > 0 ? forwardedRegions(watched, alarmRegions) : [];
    return Object.fromEntries(
      regions.map((region) => {
        const provider = this.providerOf(region, account);
        const inputsOfRegion = {
          accountId: inputs.accountId as string,
          region,
          name,
          eventPatterns,
          eventBusArn,
          tags,
        };
        return [region, new EventForwarding(this, forwardingLabel(region), inputsOfRegion, { ...structure, provider })];
      }),
    );
  }

  private providerOf(region: string, account: AwsProviderConfig): AwsProvider {
    const alias = region.replaceAll("-", "_");
    return new AwsProvider(this, `aws_${alias}`, { alias, region, ...account });
  }

  /** cdktf resolves every stack once more than it writes it, to find references between stacks. There are none. */
  override prepareStack(): void {}
}

import type { Construct } from "constructs";
import { AuditTrail, type AuditTrailProps } from "../audit-trail/audit-trail";
import { EventForwarding, type EventForwardingProps } from "../components";
import type { Structure } from "../placement";
import { AccountStack, type ProviderSettings, providerAlias } from "./account-stack";
import { forwardedRegions } from "./forwarded-regions";
import type { State } from "./state";

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
  readonly structure: Structure;
}

/** What the forwarding of a region's events is called. */
export function forwardingLabel(region: string): string {
  return `events_of_${providerAlias(region)}`;
}

/** One audit trail in a Terraform stack: backend, provider, the trail, and its outputs. */
export class AuditTrailStack extends AccountStack {
  readonly trail: AuditTrail;
  /** What forwards events of further regions to the alarms, by region. */
  readonly forwardings: Readonly<Record<string, EventForwarding>>;

  constructor(
    scope: Construct,
    name: string,
    { inputs, state, provider, alarmRegions = null, formerAlarmRegions = [], ...structure }: AuditTrailStackProps,
  ) {
    super(scope, name, {
      accountId: inputs.accountId,
      region: inputs.region,
      state,
      provider,
      structure,
    });
    this.trail = new AuditTrail(this, "Default", inputs, { ...structure, accountCheck: "provider" });
    this.forwardings = this.forwarding({ inputs, alarmRegions, structure });
    for (const region of formerAlarmRegions.filter((each) => !(each in this.forwardings))) {
      this.providerOf(region);
    }
    this.giveOutputs(this.trail);
  }

  /** Forwards events of further regions, where alarms watch by event: each region has a provider of its own. */
  private forwarding({ inputs, alarmRegions, structure }: Forwarding): Record<string, EventForwarding> {
    const { name, tags, alarmEventPatterns: eventPatterns = {}, alarmEventBusArn: eventBusArn = "" } = this.trail;
    const watched = { region: inputs.region, multiRegion: inputs.multiRegion !== false };
    const regions = Object.keys(eventPatterns).length > 0 ? forwardedRegions(watched, alarmRegions) : [];
    return Object.fromEntries(
      regions.map((region) => {
        const provider = this.providerOf(region);
        const { accountId } = inputs;
        const given: EventForwardingProps = { accountId, region, name, eventPatterns, eventBusArn, tags };
        const construct = new EventForwarding(this, forwardingLabel(region), given, { ...structure, provider });
        return [region, construct];
      }),
    );
  }
}

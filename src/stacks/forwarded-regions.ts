import { partitionOf } from "../policy";

/** Where events of IAM, of Organizations and sign-ins of the root user arrive, by partition. */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

/**
 * The regions, beside the home region of a trail, whose events raise the alarms that watch by event.
 *
 * @param chosen null where nothing is chosen: then it is that of the global services, if the trail records that
 */
export function forwardedRegions(
  { region, multiRegion }: { readonly region: string; readonly multiRegion: boolean },
  chosen: readonly string[] | null,
): readonly string[] {
  const globalRegion = GLOBAL_REGIONS[partitionOf(region) as string] as string;
  return chosen ?? (multiRegion && globalRegion !== region ? [globalRegion] : []);
}

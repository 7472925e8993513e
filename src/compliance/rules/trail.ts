import type { Resource, Stack } from "../../stacks/stack";
import type { Rule } from "./rule";

/** The trail that the stack makes; undefined where it is there already. */
export function trailOf(stack: Stack): Resource | undefined {
  return stack.at("aws_cloudtrail.trail");
}

/** IAM, STS and CloudFront are recorded with the global services, or not at all. */
export const trailSeesGlobalServices: Rule = {
  id: "trail-sees-global-services",
  title: "The trail records all regions and the global services",
  findings: (stack) => {
    const trail = trailOf(stack);
    return trail === undefined
      ? []
      : [
          ...(trail.arguments.is_multi_region_trail === true
            ? []
            : [{ resource: trail.address, message: "records one region alone" }]),
          ...(trail.arguments.include_global_service_events === true
            ? []
            : [{ resource: trail.address, message: "records no global services" }]),
        ];
  },
};

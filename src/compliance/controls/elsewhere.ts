import type { Stack } from "../../stacks/stack";
import { inCis } from "../frameworks";
import { manual } from "../verdict";
import { type Control, LOOKED_UP } from "./control";

/** What belongs to logging and monitoring in the frameworks, and to no trail. */
export const elsewhereControls: readonly Control[] = [
  {
    id: "config_on",
    title: "AWS Config records resources in all regions",
    numbers: inCis("3.5", "3.3", "3.3", "4.3"),
    resource: "AWS Config",
    setting: "outside of a trail: a recorder and a delivery channel in every region",
    cost: "per change that is recorded, and per evaluation of a rule",
    provedBy: LOOKED_UP,
    judge: look(
      "A trail records calls, not what resources look like.",
      "configservice describe-configuration-recorder-status",
    ),
  },
  {
    id: "flow_logs_on",
    title: "Every VPC has flow logs",
    numbers: inCis("3.9", "3.7", "3.7", "4.7"),
    resource: "VPC flow logs",
    setting: "outside of a trail: a flow log for each VPC",
    cost: "per byte that is delivered and kept",
    provedBy: LOOKED_UP,
    judge: look("A trail records calls, not packets.", "ec2 describe-flow-logs"),
  },
  {
    id: "security_hub_on",
    title: "Security Hub is on",
    numbers: inCis(null, "4.16", "4.16", "5.16"),
    resource: "AWS Security Hub",
    setting: "outside of a trail: Security Hub in every region; it needs AWS Config",
    cost: "per check",
    provedBy: LOOKED_UP,
    judge: look("Security Hub looks at trails, it is not a part of one.", "securityhub describe-hub"),
  },
  {
    id: "web_front_ends_logged",
    title: "Web front ends write logs",
    numbers: { "cis-7.0": ["4.10"] },
    resource: "load balancers, CloudFront, API Gateway",
    setting: "outside of a trail: access logs of each front end",
    cost: "storage of the logs",
    provedBy: LOOKED_UP,
    judge: look("A trail records calls of AWS, not requests of visitors.", "elbv2 describe-load-balancers"),
  },
];

function look(why: string, command: string): Control["judge"] {
  return ({ region }: Stack) => manual(why, `aws ${command} --region ${region}`);
}

import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import {
  atLeast,
  blockForEach,
  Component,
  choose,
  defaulting,
  define,
  every,
  forEach,
  get,
  jsonencode,
  kinds,
  length,
  listOf,
  onlyIf,
  or,
  outputToken,
  type Props,
  required,
  resource,
  type Structure,
  text,
  textOutput,
} from "cdktf-audit-trail/component";
import type { Construct } from "constructs";

// 1. What it takes and gives. From this come the TypeScript properties, the variables with their validation, and the
//    tables of the README.

const emailAddress = kinds.textLike("^[^@ ]+@[^@ ]+$", "must be an e-mail address");

const warning = kinds.object({
  percent: required(kinds.wholeNumber(1, 1000, "percent"), "The share of the limit at which it is sent."),
  forecast: defaulting(
    kinds.boolean(),
    false,
    "Whether it is sent when AWS expects the share by the end of the month, not when it is reached.",
  ),
  emails: defaulting(kinds.listOf(emailAddress), [], "Who gets it by e-mail."),
});

export const trailBudgetDefinition = define({
  name: "trail-budget",
  title: "Trail budget",
  description: "An AWS budget for what CloudTrail costs in a month, with warnings by e-mail and to an SNS topic.",
  fields: {
    account_id: required(kinds.accountId, "The account that pays."),
    name: required(
      kinds.textLike("^[A-Za-z0-9_-]{1,100}$", "must be 1 to 100 letters, digits, underscores or hyphens"),
      "The name of the budget and of the topic.",
    ),
    monthly_limit: required(kinds.wholeNumber(1, 1000000, "US dollars"), "What CloudTrail may cost in a month."),
    warnings: defaulting(kinds.listOf(warning), [], "The warnings, each with a share of the limit."),
    sns_topic: defaulting(kinds.boolean(), false, "Whether an SNS topic gets every warning, for a chat or a pager."),
    tags: defaulting(kinds.tags, {}, "Tags of the budget and of the topic."),
  },
  rules: [
    {
      at: "warnings",
      requirement: "must each have an e-mail address where sns_topic is false",
      holds: ({ warnings, snsTopic }) =>
        or(snsTopic, every(forEach(warnings, "warning", (each) => atLeast(length(get(each, "emails")), 1)))),
    },
  ],
  outputs: {
    budget_name: textOutput("The name of the budget."),
    topic_arn: textOutput("The ARN of the topic; null where there is none."),
  },
});

export type TrailBudgetProps = Props<typeof trailBudgetDefinition.fields>;

// 2. What it makes. What is computed is computed with the operators (`choose`, `get`, `text`, …): in a stack they work
//    on what is given, in a module they become HCL.

/** A budget for what CloudTrail costs. */
export class TrailBudget extends Component<typeof trailBudgetDefinition.fields, typeof trailBudgetDefinition.outputs> {
  static readonly definition = trailBudgetDefinition;

  constructor(scope: Construct, id: string, props: TrailBudgetProps, structure: Structure = {}) {
    super(scope, id, trailBudgetDefinition, props, structure);
    const { accountId, name, monthlyLimit, warnings, snsTopic, tags } = this.inputs;

    const topic = resource(this, SnsTopic, "warnings", { name, tags }, { when: snsTopic });
    const topicArn = topic.attribute("arn");
    const topicPolicy = resource(
      this,
      SnsTopicPolicy,
      "warnings",
      {
        arn: topicArn,
        policy: jsonencode({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "budgets.amazonaws.com" },
              Action: "SNS:Publish",
              Resource: topicArn,
              Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
          ],
        }),
      },
      { when: snsTopic },
    );

    const budget = resource(
      this,
      BudgetsBudget,
      "trail",
      {
        name,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: text`${monthlyLimit}`,
        limitUnit: "USD",
        costFilter: [{ name: "Service", values: ["AWS CloudTrail"] }],
        notification: [
          blockForEach(warnings, (each) => ({
            comparisonOperator: "GREATER_THAN",
            threshold: get(each, "percent"),
            thresholdType: "PERCENTAGE",
            notificationType: choose(get(each, "forecast"), "FORECASTED", "ACTUAL"),
            subscriberEmailAddresses: get(each, "emails"),
            subscriberSnsTopicArns: listOf(onlyIf(snsTopic, topicArn)),
          })),
        ],
        tags,
      },
      // AWS refuses a topic that it may not publish to.
      { dependsOn: [topicPolicy] },
    );

    this.declareOutputs({
      budget_name: { value: budget.attribute("name") },
      topic_arn: { value: topicArn },
    });
  }

  /** The name of the budget, for other constructs. */
  get budgetName(): string {
    return outputToken(this.outputs.budget_name);
  }
}

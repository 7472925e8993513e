import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeCisConfiguration } from "../e2e/support/default-configuration";
import { Deployment } from "../e2e/support/deployment";
import { Emulator } from "../e2e/support/emulator";
import { REGION } from "../e2e/support/names";
import { tell } from "../e2e/support/progress";
import { type Framework, reportOn } from "../src/compliance";
import { exceptions, ofEmulator } from "./exceptions";
import { type Check, chosenChecks } from "./support/checks";
import { prowlerDocument } from "./support/document";
import { IN_ORDER, judge, type Outcome, outcomesOf } from "./support/judgement";
import { ROOT, type Scan, scan } from "./support/prowler";

/** A state in a file: a bucket for it would be one more of which Prowler says something. */
const STATE_IN_FILE = { state: { local: { path: "terraform.tfstate" } } };

/** The types of resources that Prowler looks at by their ARN. */
const TYPES = [
  "aws_cloudtrail",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_iam_role",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_sns_topic",
  "aws_sns_topic_subscription",
  "aws_sqs_queue",
];

interface State {
  readonly values: {
    readonly root_module: {
      readonly resources: readonly {
        readonly address: string;
        readonly type: string;
        readonly values: { readonly arn?: string };
      }[];
    };
  };
}

describe("Prowler on the profile cis", () => {
  const seconds: Record<string, number> = {};
  let emulator: Emulator;
  let deployment: Deployment;
  let checks: readonly Check[];
  let before: readonly Outcome[];
  let outcomes: readonly Outcome[];
  let version: string;
  let addresses: ReadonlyMap<string, string>;

  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = Date.now();
    const result = await work();
    seconds[what] = (Date.now() - start) / 1000;
    tell(`${what}: ${seconds[what]} s`);
    return result;
  };

  const look = (names: readonly string[]): Promise<Scan> => scan(emulator.environment(REGION), REGION, names);

  const isOfTrails = ({ check }: Outcome): boolean =>
    checks.some(({ name, isOfTrails: counted }) => counted && name === check);

  beforeAll(async () => {
    emulator = await Emulator.start("prowler");
    deployment = new Deployment("deployer", emulator.environment(REGION));
    checks = chosenChecks();
    const names = checks.map(({ name }) => name);
    before = outcomesOf(names, (await timed("Prowler on the empty account", () => look(names))).findings, new Map());
    await timed("Terraform", async () => {
      writeCisConfiguration(deployment, STATE_IN_FILE);
      await deployment.init();
      await deployment.apply();
    });
    const state = JSON.parse(await deployment.succeed("show", "-json")) as State;
    addresses = new Map(
      state.values.root_module.resources
        .filter(({ type }) => TYPES.includes(type))
        .map(({ address, values }) => [`${values.arn}`, address]),
    );
    const found = await timed("Prowler", () => look(names));
    version = found.version;
    outcomes = outcomesOf(names, found.findings, addresses);
  });

  afterAll(async () => {
    deployment?.remove();
    await emulator?.stop();
  });

  test("sees every resource, and finds just what is excepted", () => {
    expect(judge(outcomes, addresses.values(), exceptions)).toEqual(IN_ORDER);
  });

  test("passes nothing of CIS logging and monitoring in the empty account", () => {
    expect(before.filter((outcome) => isOfTrails(outcome) && outcome.result === "PASS")).toEqual([]);
    expect(outcomes.filter((outcome) => isOfTrails(outcome) && outcome.result === "PASS").length).toBeGreaterThan(20);
  });

  test("passes what the command compliance says is satisfied, wherever CIS gives it a number", () => {
    const json = readFileSync(join(deployment.path, "cdk.tf.json"), "utf8");
    const satisfied = reportOn({ name: "cis", json }).controls.filter(({ verdict }) => verdict === "satisfied");
    const compared = satisfied.flatMap(({ id, numbers }) => {
      const having = checks.filter((check) =>
        (Object.keys(numbers) as Framework[]).some((framework) =>
          numbers[framework]?.some((number) => check.numbers[framework]?.includes(number)),
        ),
      );
      return having.map(({ name }) => ({ id, name }));
    });
    const disagreeing = compared.filter(({ name }) =>
      outcomes.some(
        ({ check, resource, result }) =>
          check === name &&
          result !== "PASS" &&
          !ofEmulator.some((exception) => exception.check === check && exception.resource === resource),
      ),
    );
    expect(disagreeing).toEqual([]);
    expect(new Set(compared.map(({ id }) => id)).size).toBeGreaterThan(20);
  });

  test("passes what a reason says that a setting mends, once that is chosen", async () => {
    const mended = exceptions.filter(({ mendedBy }) => mendedBy !== undefined);
    writeCisConfiguration(deployment, Object.assign({}, STATE_IN_FILE, ...mended.map(({ mendedBy }) => mendedBy)));
    await deployment.apply();
    const names = [...new Set(mended.map(({ check }) => check))];
    const after = outcomesOf(names, (await look(names)).findings, addresses);
    expect(after).toEqual(mended.map(({ check, resource }) => ({ check, resource, result: "PASS" })));
  });

  test("is told in docs/prowler.md", async () => {
    // What is not in order is not told as if it were.
    expect(judge(outcomes, addresses.values(), exceptions)).toEqual(IN_ORDER);
    const { terraform_version: terraform, provider_selections: providers } = JSON.parse(
      await deployment.succeed("version", "-json"),
    ) as { readonly terraform_version: string; readonly provider_selections: Readonly<Record<string, string>> };
    const moto = /^moto\S*==(\S+)$/m.exec(readFileSync(join(ROOT, "e2e/emulator/requirements.txt"), "utf8"))?.[1];
    const versions = {
      Prowler: version,
      Terraform: terraform,
      "AWS provider": `${Object.values(providers)[0]}`,
      Emulator: `moto ${moto}`,
    };
    writeFileSync(join(ROOT, "docs/prowler.md"), prowlerDocument({ versions, seconds, checks, outcomes }, exceptions));
  });
});

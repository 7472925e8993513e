import {
  dependenciesByInstance,
  differences,
  plannedByInstance,
  repeatedIn,
  withoutThoseOfTables,
} from "./support/equality";
import { coverage, optionalInputNames, sampleConfigurations } from "./support/random-configurations";
import { auditTrailModule, auditTrails, bothForms, callerOf, stackOf } from "./support/two-forms";
import { workspacesOfTests } from "./support/workspaces";

/** How many: 200 before a release, by RANDOM_CONFIGURATIONS=200. */
const COUNT = Number(process.env.RANDOM_CONFIGURATIONS ?? 20);

/** So many are planned at once: larger plans take longer by more than they are larger. */
const AT_ONCE = 20;

const sample = sampleConfigurations(COUNT);
const parts = Array.from({ length: Math.ceil(COUNT / AT_ONCE) }, (_, index) => {
  const first = index * AT_ONCE;
  return [first, Math.min(first + AT_ONCE, COUNT) - 1] as const;
});

describe("random configurations", () => {
  const workspaces = workspacesOfTests();

  test("have each input given and left out, and each switch both ways", () => {
    const covered = coverage(sampleConfigurations(200));
    for (const name of optionalInputNames) {
      expect(covered).toContain(`${name} given`);
      expect(covered).toContain(`${name} left out`);
    }
    for (const name of [
      "organization",
      "managementEvents",
      "s3DataEvents",
      "lambdaDataEvents",
      "insights",
      "cloudwatchLogs",
      "encryption",
      "alarms",
      "logBucket.accessLogs",
      "logBucket.restrictToOrganization",
      "logBucket.additionalPolicy",
    ]) {
      expect(covered).toContain(`${name} null`);
      expect(covered).toContain(`${name} given`);
    }
    for (const name of [
      "encryption.existingKey",
      "cloudwatchLogs.existingLogGroup",
      "cloudwatchLogs.existingRole",
      "logBucket.existingBucket",
      "logBucket.accessLogs.existingBucket",
      "logBucket.transitions",
      "logBucket.furtherTrails",
    ]) {
      expect(covered).toContain(`${name} given`);
    }
    for (const name of [
      "multiRegion",
      "enableLogging",
      "createTrail",
      "insights.apiCallRate",
      "logBucket.eventNotifications",
      "logBucket.forceDestroy",
      "alarms.singleSignOn",
      "alarms.modifySecurityGroupRules",
      "alarms.dashboard",
      "alarms.encryptTopics",
      "alarms.deadLetterQueue",
      "alarms.rates.calls",
      "alarms.silence.delivery",
      "logBucket.denyUnencryptedUploads",
      "logBucket.restrictToOrganization.principals",
      "encryption.multiRegion",
      "cloudwatchLogs.trustTrailOnly",
    ]) {
      expect(covered).toContain(`${name} true`);
      expect(covered).toContain(`${name} false`);
    }
  });

  test.each(parts)("%d to %d plan the same in both forms, and in the same order", async (first, last) => {
    const part = sample.slice(first, last + 1);
    const { stack, caller } = await bothForms(workspaces, auditTrails(part));
    await stack.validate();
    const inline = plannedByInstance(await stack.plan());
    const plan = await caller.plan();
    const called = plannedByInstance(plan);
    // Around an existing trail, nothing may be left to make.
    expect(Object.keys(inline).length).toBeGreaterThan(part.length / 2);
    expect(differences(called, inline)).toEqual([]);
    const orderInModule = dependenciesByInstance(await caller.succeed("graph"), called, repeatedIn(plan));
    const order = dependenciesByInstance(await stack.succeed("graph"), inline, repeatedIn(plan));
    expect(differences(withoutThoseOfTables(orderInModule, order), order)).toEqual([]);
  });

  test("show a difference that is put in on purpose", async () => {
    const pair = sampleConfigurations(200)
      .filter(({ createTrail, logBucket }) => createTrail !== false && logBucket === undefined)
      .slice(0, 2);
    expect(pair).toHaveLength(2);
    const module = auditTrailModule();
    const changed = (from: string, to: string): ReadonlyMap<string, string> => {
      const path = "modules/log-bucket/main.tf";
      const content = module.get(path) as string;
      expect(content).toContain(from);
      return new Map([...module, [path, content.replace(from, to)]]);
    };
    const openBucket = changed("restrict_public_buckets = true", "restrict_public_buckets = false");
    const unordered = changed("  depends_on = [aws_s3_bucket_public_access_block.log_bucket]\n", "");
    const stack = await workspaces.initializedWith({ "cdk.tf.json": stackOf(auditTrails(pair)) });
    const caller = await workspaces.initializedWith(
      new Map([
        [
          "main.tf.json",
          callerOf(auditTrails(pair)).replace("./audit-trail", "./open").replace("./audit-trail", "./unordered"),
        ],
        ...[...openBucket].map(([path, content]) => [`open/${path}`, content] as const),
        ...[...unordered].map(([path, content]) => [`unordered/${path}`, content] as const),
      ]),
    );
    const inline = plannedByInstance(await stack.plan());
    const called = plannedByInstance(await caller.plan());
    expect(differences(called.c0, inline.c0)).not.toEqual([]);
    expect(differences(called.c1, inline.c1)).toEqual([]);
    const inlineOrder = dependenciesByInstance(await stack.succeed("graph"), inline);
    const calledOrder = dependenciesByInstance(await caller.succeed("graph"), called);
    expect(calledOrder.c0).toEqual(inlineOrder.c0);
    expect(calledOrder.c1).not.toEqual(inlineOrder.c1);
  });
});

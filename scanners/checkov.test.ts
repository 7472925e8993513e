import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IdentityServer } from "../__tests__/terraform/support/identity-server";
import { cis, type Exception, inHcl, inPlans } from "./exceptions";
import { scanFolder, scanPlan } from "./support/checkov";
import { moduleFolders, typesOf } from "./support/folders";
import { IN_ORDER, judge } from "./support/judgement";
import { withPlan, withStackPlan, withUnknownValues } from "./support/plan";

const folders = moduleFolders();
const examples = folders.filter(({ example }) => example !== undefined);

describe("checkov on HCL", () => {
  const seenAnywhere = new Set<string>();
  const neededAnywhere = new Set<Exception>();

  test.each(folders.map((folder) => [folder.name, folder] as const))(
    "of %s fails just what is excepted",
    async (_, { absolute }) => {
      const [scan, types] = [await scanFolder(absolute), await typesOf(absolute)];
      for (const type of scan.types) {
        seenAnywhere.add(type);
      }
      if (types.always.size + types.sometimes.size === 0) {
        // A module that only computes.
        expect(scan).toMatchObject({ resourceCount: 0, parsingErrors: 0, failed: [] });
      } else {
        const { unneeded, ...judgement } = judge(scan, types.always, inHcl);
        for (const exception of inHcl.filter((each) => !unneeded.includes(each))) {
          neededAnywhere.add(exception);
        }
        expect({ ...judgement, unneeded: [] }).toEqual(IN_ORDER);
      }
    },
  );

  test("needs every exception, in one folder or another", () => {
    expect(inHcl.filter((exception) => !neededAnywhere.has(exception))).toEqual([]);
  });

  test("sees every type that any input makes, in one folder or another", async () => {
    const types = await Promise.all(folders.map(({ absolute }) => typesOf(absolute)));
    const all = new Set(types.flatMap(({ always, sometimes }) => [...always, ...sometimes]));
    expect([...all].filter((type) => !seenAnywhere.has(type))).toEqual([]);
  });
});

describe("checkov", () => {
  let server: IdentityServer;

  beforeAll(async () => {
    server = await IdentityServer.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  test.each(examples.map((folder) => [folder.name, folder] as const))(
    "on the plan of %s sees every resource, and fails just what is excepted",
    async (_, { module, example }) => {
      await withPlan(module, `${example}`, server, async ({ file, types }) => {
        const scan = await scanPlan(file);
        expect(scan.resourceCount).toBe(types.length);
        expect(judge(scan, [], inPlans[`${example}`] ?? [])).toEqual(IN_ORDER);
      });
    },
  );

  test("on the plan of the stack of the profile cis sees every resource, and fails just what no setting mends", async () => {
    await withStackPlan(server, async ({ file, types }) => {
      const scan = await scanPlan(file);
      expect(scan.resourceCount).toBe(types.length);
      expect(judge(scan, [], cis)).toEqual(IN_ORDER);
    });
  });

  describe("finds in a module that is changed", () => {
    let copy: string;

    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), "audit-trail-checkov-"));
      cpSync((folders[0] as (typeof folders)[number]).module, copy, { recursive: true });
    });

    afterEach(() => {
      rmSync(copy, { recursive: true, force: true });
    });

    const change = (file: string, from: string | RegExp, to: string): void => {
      const path = join(copy, file);
      const text = readFileSync(path, "utf8");
      expect(text.replace(from, to)).not.toBe(text);
      writeFileSync(path, text.replace(from, to));
    };

    test("a log bucket that lets the public in, in HCL and in the plan", async () => {
      change("modules/log-bucket/main.tf", /block_public_policy +=.*/, "block_public_policy     = false");
      const unlisted = [
        { check: "CKV_AWS_54", resource: "aws_s3_bucket_public_access_block.log_bucket" },
        { check: "CKV2_AWS_6", resource: "aws_s3_bucket.log_bucket" },
      ];
      const scanned = await scanFolder(join(copy, "examples/default"));
      expect(judge(scanned, [], inHcl).unlisted).toEqual(unlisted);
      const inPlan = await withPlan(copy, "default", server, ({ file }) => scanPlan(file));
      expect(judge(inPlan, [], inPlans.default ?? [])).toEqual({ ...IN_ORDER, unlisted });
    });

    test("a trail without log-file validation", async () => {
      change("modules/trail/main.tf", /enable_log_file_validation += true/, "enable_log_file_validation = false");
      const { unlisted } = judge(await scanFolder(join(copy, "modules/trail")), [], []);
      expect(unlisted).toContainEqual({ check: "CKV_AWS_36", resource: "aws_cloudtrail.trail" });
    });

    test("a check that is turned off by a comment", async () => {
      change("modules/trail/main.tf", /(resource "aws_cloudtrail" "trail" \{)/, "$1\n  # checkov:skip=CKV_AWS_252:no");
      expect(judge(await scanFolder(join(copy, "modules/trail")), [], [])).toMatchObject({ skipped: 1 });
    });

    test("a file that is not HCL", async () => {
      change("modules/trail/main.tf", /^resource/m, "resource {");
      expect(judge(await scanFolder(join(copy, "modules/trail")), [], [])).toMatchObject({ parsingErrors: 1 });
    });
  });
});

describe("a scan", () => {
  const failed = { check: "CKV_AWS_1", resource: "aws_s3_bucket.a" };
  const exception = { ...failed, reason: "of a test" };
  const scan = {
    passed: 1,
    parsingErrors: 0,
    skipped: 0,
    resourceCount: 1,
    types: new Set(["aws_s3_bucket"]),
    failed: [failed],
  };

  test("is in order where it failed what is excepted, and saw what is there", () => {
    expect(judge(scan, ["aws_s3_bucket"], [exception])).toEqual(IN_ORDER);
  });

  test("is not in order where something failed that is excepted of another resource or check alone", () => {
    const others = [
      { ...exception, resource: "aws_s3_bucket.b" },
      { ...exception, check: "CKV_AWS_11" },
    ];
    expect(judge(scan, [], others)).toEqual({ ...IN_ORDER, unlisted: [failed], unneeded: others });
  });

  test("is not in order where it saw nothing", () => {
    const nothing = { ...scan, passed: 0, types: new Set<string>(), failed: [] };
    expect(judge(nothing, ["aws_s3_bucket"], [])).toEqual({
      ...IN_ORDER,
      nothingPassed: true,
      unseen: ["aws_s3_bucket"],
    });
  });
});

test("in a plan, only what the configuration gives is taken for given where it is known after apply", () => {
  const resource = { mode: "managed", type: "aws_cloudtrail" };
  const address = "aws_cloudtrail.trail";
  const planned = (values: object) => ({
    root_module: {
      resources: [],
      child_modules: [
        {
          resources: [
            { ...resource, address: `module.audit_trail[0].${address}[0]`, values: { name: "a", ...values } },
          ],
          child_modules: [],
        },
      ],
    },
  });
  const plan = {
    planned_values: planned({}),
    configuration: {
      root_module: {
        module_calls: {
          audit_trail: {
            module: { resources: [{ ...resource, address, expressions: { name: {}, kms_key_id: {} } }] },
          },
        },
      },
    },
    resource_changes: [
      {
        ...resource,
        address: `module.audit_trail[0].${address}[0]`,
        change: { after_unknown: { arn: true, kms_key_id: true, tags: {} } },
      },
    ],
  };
  expect(withUnknownValues(plan)).toEqual({
    ...plan,
    planned_values: planned({ kms_key_id: "known after apply" }),
  });
});

describe("the exceptions", () => {
  test("in plans are of examples that there are", () => {
    const names = examples.map(({ example }) => example);
    expect(Object.keys(inPlans).filter((name) => !names.includes(name))).toEqual([]);
  });

  test("have a reason each, and stand there once", () => {
    for (const list of [inHcl, cis, ...Object.values(inPlans)]) {
      expect(list.filter(({ reason }) => reason.length < 20)).toEqual([]);
      expect(new Set(list.map(({ check, resource }) => `${check} ${resource}`)).size).toBe(list.length);
    }
  });

  test("of the profile cis are those that no setting of it can mend", () => {
    const permitted: Readonly<Record<string, RegExp>> = {
      CKV_AWS_144: /^aws_s3_bucket\.\w+$/,
      CKV2_AWS_62: /^aws_s3_bucket\.\w+$/,
      CKV_AWS_145: /^aws_s3_bucket\.access_log_bucket$/,
      CKV_AWS_252: /^aws_cloudtrail\.\w+$/,
    };
    expect(cis.filter(({ check, resource }) => permitted[check]?.test(resource) !== true)).toEqual([]);
  });
});

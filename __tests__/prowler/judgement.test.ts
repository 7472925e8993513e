import { exceptions } from "../../prowler/exceptions";
import { ELSEWHERE, IN_ORDER, judge, NOTHING, type Outcome, outcomesOf } from "../../prowler/support/judgement";
import { scanIn } from "../../prowler/support/prowler";

const ARN = "arn:aws:s3:::logs";
const BUCKET = "aws_s3_bucket.log_bucket";
const addresses = new Map([[ARN, BUCKET]]);

describe("what Prowler writes", () => {
  const written = (more: object) =>
    JSON.stringify([
      {
        metadata: { event_code: "s3_bucket_object_lock", product: { version: "1.2.3" } },
        status: "New",
        status_code: "FAIL",
        resources: [{ uid: ARN }],
        ...more,
      },
    ]);

  test("is read as a finding of a check", () => {
    expect(scanIn(written({}))).toEqual({
      version: "1.2.3",
      findings: [{ check: "s3_bucket_object_lock", arn: ARN, result: "FAIL" }],
    });
  });

  test("names a log group as Terraform does", () => {
    const { findings } = scanIn(written({ resources: [{ uid: "arn:aws:logs:eu-central-1:1:log-group:/a:*" }] }));
    expect(findings[0]?.arn).toBe("arn:aws:logs:eu-central-1:1:log-group:/a");
  });

  test("is not taken for passed where a list tells to overlook it", () => {
    expect(scanIn(written({ status: "Suppressed", status_code: "PASS" })).findings[0]?.result).toBe("MUTED");
  });
});

test("a run of Prowler without any finding is an error", () => {
  expect(() => scanIn("[]")).toThrow("no finding at all");
});

describe("how a check ended", () => {
  test("is the worst that it says of a resource, whatever it says first", () => {
    const passed = { check: "a", arn: ARN, result: "PASS" } as const;
    const failed = { ...passed, result: "FAIL" } as const;
    for (const findings of [
      [passed, failed],
      [failed, passed],
    ]) {
      expect(outcomesOf(["a"], findings, addresses)).toEqual([{ check: "a", resource: BUCKET, result: "FAIL" }]);
    }
  });

  test("is told of what Terraform did not make, too", () => {
    const findings = [{ check: "a", arn: "arn:aws:iam::111122223333:root", result: "PASS" }] as const;
    expect(outcomesOf(["a"], findings, addresses)).toEqual([{ check: "a", resource: ELSEWHERE, result: "PASS" }]);
  });

  test("is silence where it says nothing", () => {
    expect(outcomesOf(["a"], [], addresses)).toEqual([{ check: "a", resource: NOTHING, result: "SILENT" }]);
  });
});

describe("a scan", () => {
  const passed: Outcome = { check: "a", resource: BUCKET, result: "PASS" };
  const exception = { check: "a", resource: BUCKET, reason: "of a test" };

  test("is in order where everything passed", () => {
    expect(judge([passed], [BUCKET], [])).toEqual(IN_ORDER);
  });

  test.each(["FAIL", "MANUAL", "MUTED", "SILENT"] as const)("needs an exception for what ended with %s", (result) => {
    const outcome = { ...passed, result };
    expect(judge([outcome], [BUCKET], [exception])).toEqual(IN_ORDER);
    expect(judge([outcome], [BUCKET], [])).toEqual({ ...IN_ORDER, unlisted: [outcome] });
  });

  test("is not in order where the exception is of another check or resource", () => {
    const failed: Outcome = { ...passed, result: "FAIL" };
    const others = [
      { ...exception, check: "b" },
      { ...exception, resource: ELSEWHERE },
    ];
    expect(judge([failed], [BUCKET], others)).toEqual({ ...IN_ORDER, unlisted: [failed], unneeded: others });
  });

  test("is not in order where what is excepted passed", () => {
    expect(judge([passed], [BUCKET], [exception])).toEqual({ ...IN_ORDER, unneeded: [exception] });
  });

  test("is not in order where no check looked at a resource", () => {
    expect(judge([], [BUCKET], [])).toEqual({ ...IN_ORDER, unseen: [BUCKET] });
  });
});

describe("the exceptions of Prowler", () => {
  test("have a reason each, and stand there once", () => {
    expect(exceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
    expect(new Set(exceptions.map(({ check, resource }) => `${check} ${resource}`)).size).toBe(exceptions.length);
  });
});

import { logPath, logsOf } from "../../src/policy";
import { hcl, reference } from "../../src/values";

describe("the path of the logs", () => {
  test.each([
    [null, "AWSLogs/"],
    ["audit", "audit/AWSLogs/"],
    ["audit/logs", "audit/logs/AWSLogs/"],
  ])("with the prefix %s is %s", (prefix, path) => {
    expect(logPath(prefix)).toBe(path);
  });

  test("has a prefix that only Terraform knows, which may be null", () => {
    expect(hcl(logPath(reference("var.prefix")))).toBe('var.prefix == null ? "AWSLogs/" : "${var.prefix}/AWSLogs/"');
  });
});

describe("the logs of an owner", () => {
  test.each([
    ["AWSLogs/", "111122223333", "AWSLogs/111122223333/*"],
    ["audit/logs/AWSLogs/", "o-exampleorgid", "audit/logs/AWSLogs/o-exampleorgid/*"],
  ])("under %s of %s are %s", (path, owner, logs) => {
    expect(logsOf(path, owner)).toBe(logs);
  });

  test("are those of variables", () => {
    expect(hcl(logsOf(reference("local.log_path"), reference("var.account_id")))).toBe(
      '"${local.log_path}${var.account_id}/*"',
    );
    expect(hcl(logsOf("AWSLogs/", reference("var.organization.id")))).toBe('"AWSLogs/${var.organization.id}/*"');
  });
});

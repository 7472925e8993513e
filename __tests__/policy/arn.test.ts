import {
  accountRootArn,
  bucketArn,
  dnsSuffixOf,
  logGroupArn,
  logStreamsArn,
  objectArn,
  partitionOf,
  regionalServiceName,
  rootMfaDeviceArn,
  trailArn,
  trailsOfAccountArn,
} from "../../src/policy";
import { hcl, reference, text } from "../../src/values";

describe("the partition of a region", () => {
  test.each([
    ["eu-central-1", "aws"],
    ["us-east-1", "aws"],
    ["ca-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["cn-northwest-1", "aws-cn"],
    ["us-gov-east-1", "aws-us-gov"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("%s is in %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });

  test.each(["xx-cn-1", "cnx-north-1", "us-govx-1", "xx-us-gov-1", "us-go"])("%s only looks alike", (region) => {
    expect(partitionOf(region)).toBe("aws");
  });

  test("is found by Terraform where the region is a variable", () => {
    expect(hcl(partitionOf(reference("var.region")))).toBe(
      'startswith(var.region, "cn-") ? "aws-cn" : startswith(var.region, "us-gov-") ? "aws-us-gov" : "aws"',
    );
  });
});

describe("the ARN of a trail", () => {
  test("is made of where the trail is", () => {
    expect(
      trailArn({ partition: "aws-cn", region: "cn-north-1", accountId: "111122223333", name: "example-logs" }),
    ).toBe("arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/example-logs");
  });

  test("is made of variables", () => {
    const arn = trailArn({
      partition: reference("local.partition"),
      region: reference("var.region"),
      accountId: reference("var.account_id"),
      name: reference("var.name"),
    });
    expect(hcl(arn)).toBe('"arn:${local.partition}:cloudtrail:${var.region}:${var.account_id}:trail/${var.name}"');
  });

  test("keeps in one text what is known and what is not", () => {
    const arn = trailArn({
      partition: "aws",
      region: "eu-central-1",
      accountId: "111122223333",
      name: text`${reference<string>("var.account_name")}-logs`,
    });
    expect(hcl(arn)).toBe('"arn:aws:cloudtrail:eu-central-1:111122223333:trail/${var.account_name}-logs"');
  });
});

describe("the ARN of a bucket", () => {
  test("has neither region nor account", () => {
    expect(bucketArn("aws-us-gov", "bucket-for-logs")).toBe("arn:aws-us-gov:s3:::bucket-for-logs");
  });

  test("is made of variables", () => {
    expect(hcl(bucketArn(reference("local.partition"), reference("var.name")))).toBe(
      '"arn:${local.partition}:s3:::${var.name}"',
    );
  });
});

describe("the ARN of objects", () => {
  test.each([
    ["*", "arn:aws:s3:::bucket-for-logs/*"],
    ["AWSLogs/111122223333/*", "arn:aws:s3:::bucket-for-logs/AWSLogs/111122223333/*"],
  ])("is that of the bucket and the path %s", (path, arn) => {
    expect(objectArn("arn:aws:s3:::bucket-for-logs", path)).toBe(arn);
  });

  test("is made of variables", () => {
    expect(hcl(objectArn(reference("local.bucket_arn"), "*"))).toBe('"${local.bucket_arn}/*"');
    expect(hcl(objectArn("arn:aws:s3:::bucket-for-logs", reference("var.path")))).toBe(
      '"arn:aws:s3:::bucket-for-logs/${var.path}"',
    );
  });
});

describe("the names of services that are named by region", () => {
  test.each([
    ["eu-central-1", "amazonaws.com"],
    ["us-gov-west-1", "amazonaws.com"],
    ["cn-north-1", "amazonaws.com.cn"],
    ["cn-northwest-1", "amazonaws.com.cn"],
    ["cnx-north-1", "amazonaws.com"],
  ])("of %s end with %s", (region, suffix) => {
    expect(dnsSuffixOf(region)).toBe(suffix);
  });

  test("are found by Terraform where the region is a variable", () => {
    expect(hcl(dnsSuffixOf(reference("var.region")))).toBe(
      'startswith(var.region, "cn-") ? "amazonaws.com.cn" : "amazonaws.com"',
    );
  });

  test("are the end of the name of a service in a region", () => {
    expect(regionalServiceName("s3", "cn-north-1")).toBe("s3.cn-north-1.amazonaws.com.cn");
    expect(hcl(regionalServiceName("logs", reference("var.region"), reference("local.dns_suffix")))).toBe(
      '"logs.${var.region}.${local.dns_suffix}"',
    );
  });
});

test("the trails of an account are those of all regions and names", () => {
  expect(trailsOfAccountArn("aws-cn", "111122223333")).toBe("arn:aws-cn:cloudtrail:*:111122223333:trail/*");
});

test("the root of an account has no region", () => {
  expect(accountRootArn("aws-us-gov", "111122223333")).toBe("arn:aws-us-gov:iam::111122223333:root");
});

describe("the ARN of a log group", () => {
  const group = logGroupArn({ partition: "aws", region: "eu-central-1", accountId: "111122223333", name: "/a/b" });

  test("has no colon and asterisk at its end", () => {
    expect(group).toBe("arn:aws:logs:eu-central-1:111122223333:log-group:/a/b");
  });

  test("is that of its streams, too", () => {
    expect(logStreamsArn(group, "o-exampleorgid_")).toBe(`${group}:log-stream:o-exampleorgid_*`);
    expect(hcl(logStreamsArn(reference("local.group"), reference("var.beginning")))).toBe(
      '"${local.group}:log-stream:${var.beginning}*"',
    );
  });
});

test("the MFA device of the root user is that of its account", () => {
  expect(rootMfaDeviceArn("aws-cn", "111122223333")).toBe("arn:aws-cn:iam::111122223333:mfa/root-account-mfa-device");
});

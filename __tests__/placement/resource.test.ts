import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsS3Bucket } from "@cdktf/provider-aws/lib/data-aws-s3-bucket";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Fn, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  blockForEach,
  blockForEachEntry,
  blockWhen,
  blockWhenSet,
  forCdktf,
  layoutOf,
  PlacedElement,
  placedAddresses,
  resource,
  resourceForEach,
  terraformName,
} from "../../src/placement";
import { markComponent } from "../../src/placement/resource";
import { equals, get, reference, text, type Value, after as waitingFor } from "../../src/values";
import { addressesOf, bodyOf, newDraft, newStack, synthesized } from "./support/stack";

const on = reference<boolean>("var.on");

function bucketIn(scope: Construct, name = "logs"): PlacedElement {
  return resource(scope, S3Bucket, name, { bucket: "example" });
}

describe("the arguments", () => {
  test("stand in the stack", () => {
    const stack = newStack();
    resource(stack, S3Bucket, "logs", { bucket: "example", forceDestroy: true, tags: { a: "b" } });
    expect(Testing.synth(stack)).toHaveResourceWithProperties(S3Bucket, {
      bucket: "example",
      force_destroy: true,
      tags: { a: "b" },
    });
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({ bucket: "example", force_destroy: true, tags: { a: "b" } });
  });

  test.each<[string, (identity: DataAwsCallerIdentity) => Value<string>]>([
    ["are a token of cdktf", (identity) => identity.accountId],
    ["have one in them", (identity) => `logs-${identity.accountId}`],
    ["are composed with one", (identity) => text`${identity.accountId}-${reference<string>("var.name")}`],
    ["are one of the items of a list", (identity) => Fn.element(identity.getListAttribute("ids"), 0)],
  ])("that %s are refused, as they would be mere texts", (_, nameOf) => {
    const stack = newStack();
    const identity = new DataAwsCallerIdentity(stack, "identity");
    expect(() => {
      resource(stack, S3Bucket, "logs", { bucket: nameOf(identity) });
      synthesized(stack);
    }).toThrow("a token of cdktf is no value of a component");
  });

  test("that are null or undefined are left out, at every depth", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      s3KeyPrefix: null,
      kmsKeyId: undefined,
      tags: { a: "b", c: null as never },
      advancedEventSelector: [{ name: null, fieldSelector: [{ field: "f", equalTo: ["a"], endsWith: null }] }],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toEqual({
      name: "x",
      s3_bucket_name: "y",
      tags: { a: "b" },
      advanced_event_selector: [{ field_selector: [{ field: "f", equals: ["a"] }] }],
    });
  });

  test("that are false, zero or empty are kept", () => {
    const stack = newStack();
    resource(stack, S3Bucket, "logs", { bucket: "", forceDestroy: false, tags: {} });
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({ bucket: "", force_destroy: false, tags: {} });
  });

  test("that are lists of blocks without a block are left out", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      advancedEventSelector: [blockWhen(false, { name: "a", fieldSelector: [] })],
      insightSelector: [blockForEach([] as readonly string[], (insightType) => ({ insightType }))],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toEqual({ name: "x", s3_bucket_name: "y" });
  });

  test("that are texts reach Terraform as they are, whatever is in them", () => {
    const stack = newStack();
    const hostile = 'a ${file("/etc/passwd")} %{ if true }x%{ endif } $${b} %%{c} "d" \\e\nf\tg 漢 🎉 \u2028 <&>';
    resource(stack, S3Bucket, "logs", { bucket: hostile, tags: { [hostile]: hostile } });
    const escaped = hostile.replace(/([$%])\{/g, "$1$1{");
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({ bucket: escaped, tags: { [escaped]: escaped } });
    expect(escaped).toContain('$${file("/etc/passwd")} %%{ if true }x%%{ endif } $$${b} %%%{c} "d" \\e\nf');
  });

  test("that are expressions are written as such, alone, in texts, lists and maps", () => {
    const stack = newStack();
    const name = reference<string>("var.name");
    resource(stack, Cloudtrail, "trail", {
      name,
      s3BucketName: text`${name}-\${logs}`,
      tags: { name, other: text`%{${name}` },
      advancedEventSelector: [{ fieldSelector: [{ field: "f", equalTo: ["${a}", name] }] }],
      enableLogging: on,
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toEqual({
      name: "${var.name}",
      s3_bucket_name: "${var.name}-$${logs}",
      tags: { name: "${var.name}", other: "%%{${var.name}" },
      advanced_event_selector: [{ field_selector: [{ field: "f", equals: ["$${a}", "${var.name}"] }] }],
      enable_logging: "${var.on}",
    });
  });

  test("may be whole maps and lists that are known only at plan", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      tags: reference<Record<string, string>>("var.tags"),
      advancedEventSelector: [{ fieldSelector: [{ field: "f", equalTo: reference<readonly string[]>("var.values") }] }],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toMatchObject({
      tags: "${var.tags}",
      advanced_event_selector: [{ field_selector: [{ field: "f", equals: "${var.values}" }] }],
    });
  });

  test("have the types of the bindings", () => {
    const stack = newStack();
    resource(stack, S3Bucket, "a", { bucket: reference<string>("var.a") });
    // @ts-expect-error: another type
    resource(stack, S3Bucket, "b", { bucket: 5 });
    // @ts-expect-error: an expression of another type
    resource(stack, S3Bucket, "c", { bucket: reference<number>("var.c") });
    // @ts-expect-error: no such argument
    resource(stack, S3Bucket, "d", { bukcet: "x" });
    // @ts-expect-error: an argument of cdktf, for which there is an option
    resource(stack, S3Bucket, "e", { bucket: "x", dependsOn: [] });
    // @ts-expect-error: a required argument is missing
    resource(stack, S3BucketPolicy, "f", { bucket: "x" });
    expect(stack.node.children).toHaveLength(7);
  });
});

describe("the name of a resource", () => {
  test("is its own at the top of a stack, without a hash", () => {
    const stack = newStack();
    bucketIn(stack);
    expect(addressesOf(synthesized(stack))).toEqual(["aws_s3_bucket.logs"]);
  });

  test("begins with the ids of the constructs around it", () => {
    const stack = newStack();
    bucketIn(new Construct(new Construct(stack, "Audit"), "inner"));
    expect(addressesOf(synthesized(stack))).toEqual(["aws_s3_bucket.audit_inner_logs"]);
  });

  test.each([
    ["MyTrail", "my_trail_logs"],
    ["myTrail2Logs", "my_trail2_logs_logs"],
    ["my-trail", "my_trail_logs"],
    ["my trail.of--all", "my_trail_of_all_logs"],
    ["2026", "_2026_logs"],
    ["a2026", "a2026_logs"],
    ["ABC", "abc_logs"],
    ["監査", "__logs"],
    ["Default", "logs"],
    ["default", "default_logs"],
  ])("of a construct %s around it is %s", (id, name) => {
    const stack = newStack();
    bucketIn(new Construct(stack, id));
    expect(addressesOf(synthesized(stack))).toEqual([`aws_s3_bucket.${name}`]);
  });

  test("has no part of a hidden construct between others", () => {
    const stack = newStack();
    bucketIn(new Construct(new Construct(new Construct(stack, "a"), "Default"), "b"));
    expect(addressesOf(synthesized(stack))).toEqual(["aws_s3_bucket.a_b_logs"]);
  });

  test("has no part of the constructs within a component", () => {
    const stack = newStack();
    const component = new Construct(new Construct(stack, "around"), "audit");
    markComponent(component);
    const inner = new Construct(component, "log_bucket");
    markComponent(inner);
    bucketIn(inner);
    bucketIn(component, "other");
    expect(addressesOf(synthesized(stack))).toEqual([
      "aws_s3_bucket.around_audit_logs",
      "aws_s3_bucket.around_audit_other",
    ]);
  });

  test("is its own in the draft of a module, wherever it stands", () => {
    const { stack } = newDraft();
    bucketIn(new Construct(stack, "around"));
    expect(addressesOf(synthesized(stack))).toEqual(["aws_s3_bucket.logs"]);
  });

  test("does not begin with that of the app or the stack", () => {
    const stack = new TerraformStack(Testing.app(), "deep");
    bucketIn(stack);
    expect(addressesOf(JSON.parse(Testing.synth(stack)))).toEqual(["aws_s3_bucket.logs"]);
  });

  test("is that of a data source, too", () => {
    const stack = newStack();
    resource(new Construct(stack, "audit"), DataAwsCallerIdentity, "current", {});
    expect(addressesOf(synthesized(stack))).toEqual(["data.aws_caller_identity.audit_current"]);
  });

  test("is in what refers to it", () => {
    const stack = newStack();
    const bucket = bucketIn(new Construct(stack, "audit"));
    resource(stack, S3BucketVersioningA, "versioning", {
      bucket: bucket.attribute("bucket"),
      versioningConfiguration: { status: "Enabled" },
    });
    expect(bodyOf(stack, "aws_s3_bucket_versioning.versioning").bucket).toBe("${aws_s3_bucket.audit_logs.bucket}");
  });
});

describe("a name that is there twice", () => {
  const message = "aws_s3_bucket.a_b_logs is there twice in the stack stack: give one of the constructs another id";

  test("is refused at once where both are ours", () => {
    const stack = newStack();
    bucketIn(new Construct(stack, "a-b"));
    expect(() => bucketIn(new Construct(stack, "a_b"))).toThrow(new Error(message));
  });

  test("is refused at synthesis where one is somebody else's, made before or after", () => {
    for (const order of ["before", "after"]) {
      const stack = newStack();
      if (order === "before") {
        new S3Bucket(stack, "a_b_logs");
      }
      bucketIn(new Construct(stack, "a-b"));
      if (order === "after") {
        new S3Bucket(stack, "a_b_logs");
      }
      expect(() => synthesized(stack)).toThrow(`[stack] ${message}`);
    }
  });

  test("is refused of data sources, too", () => {
    const stack = newStack();
    resource(stack, DataAwsCallerIdentity, "current", {});
    new DataAwsCallerIdentity(stack, "current");
    expect(() => synthesized(stack)).toThrow(
      "data.aws_caller_identity.current is there twice in the stack stack: give one of the constructs another id",
    );
  });

  test("is fine for different types, for a resource and a data source, and for different stacks", () => {
    const stack = newStack();
    bucketIn(stack);
    resource(stack, S3BucketVersioningA, "logs", { bucket: "x", versioningConfiguration: { status: "Enabled" } });
    resource(new Construct(stack, "Default"), DataAwsS3Bucket, "logs", { bucket: "x" });
    new S3Bucket(stack, "others");
    const other = new TerraformStack(stack, "other");
    new AwsProvider(other, "aws");
    new S3Bucket(other, "logs");
    bucketIn(new Construct(newStack(), "Default"));
    expect(addressesOf(synthesized(stack))).toEqual([
      "aws_s3_bucket.logs",
      "aws_s3_bucket.others",
      "aws_s3_bucket_versioning.logs",
      "data.aws_s3_bucket.logs",
    ]);
  });
});

describe("dependencies", () => {
  test("are those that are given, without those that were left out", () => {
    const stack = newStack();
    const there = bucketIn(stack);
    const out = resource(stack, S3Bucket, "out", {}, { when: false });
    resource(stack, S3Bucket, "first", {}, { dependsOn: [there, out] });
    resource(stack, S3Bucket, "second", {}, { dependsOn: [out] });
    resource(stack, S3Bucket, "third", {}, { dependsOn: [] });
    expect(bodyOf(stack, "aws_s3_bucket.first")).toEqual({ depends_on: ["aws_s3_bucket.logs"] });
    expect(bodyOf(stack, "aws_s3_bucket.second")).toEqual({});
    expect(bodyOf(stack, "aws_s3_bucket.third")).toEqual({});
  });

  test("are gathered from values that wait for something, at every depth, each once", () => {
    const stack = newStack();
    const [first, second, third] = ["first", "second", "third"].map((name) => bucketIn(stack, name)) as [
      PlacedElement,
      PlacedElement,
      PlacedElement,
    ];
    const out = resource(stack, S3Bucket, "out", {}, { when: false });
    resource(
      stack,
      Cloudtrail,
      "trail",
      {
        name: waitingFor("x", [first, out]),
        s3BucketName: text`${waitingFor(first.attribute("bucket"), [second])}-x`,
        tags: { a: waitingFor("y", [third, second]) },
        advancedEventSelector: [{ fieldSelector: [{ field: "f", equalTo: [waitingFor("z", [first])] }] }],
      },
      { dependsOn: [third] },
    );
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toEqual({
      name: "x",
      s3_bucket_name: "${aws_s3_bucket.first.bucket}-x",
      tags: { a: "y" },
      advanced_event_selector: [{ field_selector: [{ field: "f", equals: ["z"] }] }],
      depends_on: ["aws_s3_bucket.third", "aws_s3_bucket.first", "aws_s3_bucket.second"],
    });
  });
});

describe("a resource on a condition", () => {
  test("that does not hold is not there, and its attributes are null", () => {
    const stack = newStack();
    const placed = resource(stack, S3Bucket, "logs", { bucket: "x" }, { when: false });
    expect(placed.element).toBeUndefined();
    expect(placed.attribute("arn")).toBeNull();
    expect(addressesOf(synthesized(stack))).toEqual([]);
  });

  test("that holds is there as without one", () => {
    const stack = newStack();
    const placed = resource(stack, S3Bucket, "logs", { bucket: "x" }, { when: true });
    resource(stack, S3BucketPolicy, "policy", { bucket: placed.attribute("id"), policy: "{}" });
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({ bucket: "x" });
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy").bucket).toBe("${aws_s3_bucket.logs.id}");
  });

  test("that only Terraform knows has a count, and is referred to as the only one of its instances", () => {
    const stack = newStack();
    const placed = resource(stack, S3Bucket, "logs", { bucket: "x" }, { when: equals(reference("var.a"), "b") });
    resource(
      stack,
      S3BucketPolicy,
      "policy",
      { bucket: placed.attribute("id"), policy: "{}" },
      { dependsOn: [placed] },
    );
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({ bucket: "x", count: '${var.a == "b" ? 1 : 0}' });
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy")).toEqual({
      bucket: '${var.a == "b" ? aws_s3_bucket.logs[0].id : null}',
      policy: "{}",
      depends_on: ["aws_s3_bucket.logs"],
    });
  });
});

describe("a resource for each entry of a map", () => {
  test("is one for each key that is known, in the order of the keys", () => {
    const stack = newStack();
    const buckets = resourceForEach(stack, S3Bucket, "logs", { b: "two", a: "one" }, (bucket, key) => ({
      bucket,
      tags: { Key: key },
    }));
    resource(stack, S3BucketPolicy, "policy", { bucket: buckets.attribute("b", "id"), policy: "{}" });
    expect(addressesOf(synthesized(stack))).toEqual([
      "aws_s3_bucket.logs_a",
      "aws_s3_bucket.logs_b",
      "aws_s3_bucket_policy.policy",
    ]);
    expect(bodyOf(stack, "aws_s3_bucket.logs_b")).toEqual({ bucket: "two", tags: { Key: "b" } });
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy").bucket).toBe("${aws_s3_bucket.logs_b.id}");
    expect(() => buckets.attribute("c", "id")).toThrow('aws_s3_bucket.logs has no instance "c"');
  });

  test("can be waited for, all of them", () => {
    const stack = newStack();
    const buckets = resourceForEach(stack, S3Bucket, "logs", { b: "two", a: "one" }, (bucket) => ({ bucket }));
    const none = resourceForEach(stack, S3Bucket, "none", {}, () => ({}));
    resource(stack, S3BucketPolicy, "policy", { bucket: "x", policy: "{}" }, { dependsOn: [buckets, none] });
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy").depends_on).toEqual([
      "aws_s3_bucket.logs_a",
      "aws_s3_bucket.logs_b",
    ]);
  });

  test("has a for_each where Terraform alone knows the keys", () => {
    const stack = newStack();
    const names = reference<Record<string, { name: string }>>("var.buckets");
    const buckets = resourceForEach(stack, S3Bucket, "logs", names, (bucket, key) => ({
      bucket: get(bucket, "name"),
      tags: { Key: key },
    }));
    resourceForEach(
      stack,
      S3BucketPolicy,
      "policy",
      names,
      (_, key) => ({ bucket: buckets.attribute(key, "id"), policy: "{}" }),
      { dependsOn: [buckets] },
    );
    expect(bodyOf(stack, "aws_s3_bucket.logs")).toEqual({
      for_each: "${var.buckets}",
      bucket: "${each.value.name}",
      tags: { Key: "${each.key}" },
    });
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy")).toEqual({
      for_each: "${var.buckets}",
      bucket: "${aws_s3_bucket.logs[each.key].id}",
      policy: "{}",
      depends_on: ["aws_s3_bucket.logs"],
    });
  });

  test("has one path for all its instances, with a key each", () => {
    const stack = newStack();
    const around = new Construct(stack, "around");
    resourceForEach(around, S3Bucket, "logs", { b: "two", a: "one" }, (bucket) => ({ bucket }));
    resource(around, S3Bucket, "other", {});
    expect(placedAddresses(around)).toEqual([
      { path: "aws_s3_bucket.logs", address: "aws_s3_bucket.around_logs_a", key: "a" },
      { path: "aws_s3_bucket.logs", address: "aws_s3_bucket.around_logs_b", key: "b" },
      { path: "aws_s3_bucket.other", address: "aws_s3_bucket.around_other" },
    ]);
  });
});

describe("the lifecycle", () => {
  test("is not there where nothing is asked for", () => {
    const stack = newStack();
    resource(stack, S3Bucket, "a", {}, { lifecycle: {} });
    resource(stack, S3Bucket, "b", {}, { lifecycle: { preventDestroy: false, preconditions: [] } });
    expect(synthesized(stack).resource?.aws_s3_bucket).toEqual({ a: {}, b: {} });
  });

  test("prevents the destruction where that is asked for", () => {
    const stack = newStack();
    resource(stack, S3Bucket, "a", {}, { lifecycle: { preventDestroy: true } });
    expect(bodyOf(stack, "aws_s3_bucket.a")).toEqual({ lifecycle: { prevent_destroy: true } });
  });

  test("has preconditions with their messages, literal texts escaped", () => {
    const stack = newStack();
    resource(
      stack,
      S3Bucket,
      "a",
      {},
      {
        lifecycle: {
          preconditions: [
            { condition: equals(reference("var.a"), "${b}"), message: "a: must be ${b}" },
            { condition: on, message: text`on: must hold; got ${on}` },
          ],
        },
      },
    );
    expect(bodyOf(stack, "aws_s3_bucket.a")).toEqual({
      lifecycle: {
        precondition: [
          { condition: '${var.a == "$${b}"}', error_message: "a: must be $${b}" },
          { condition: "${var.on}", error_message: "on: must hold; got ${var.on}" },
        ],
      },
    });
  });
});

describe("blocks that only Terraform can place", () => {
  test("are dynamic, and take all blocks of the same name with them so that their order stays", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      advancedEventSelector: [
        { name: "first", fieldSelector: [{ field: "a", equalTo: ["b"] }] },
        blockWhen(on, { name: "second", fieldSelector: [{ field: "c", equalTo: ["d"] }] }),
      ],
      insightSelector: [{ insightType: "e" }],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail")).toEqual({
      name: "x",
      s3_bucket_name: "y",
      insight_selector: [{ insight_type: "e" }],
      dynamic: {
        advanced_event_selector: [
          { for_each: [1], content: { name: "first", field_selector: [{ field: "a", equals: ["b"] }] } },
          {
            for_each: "${var.on ? [1] : []}",
            content: { name: "second", field_selector: [{ field: "c", equals: ["d"] }] },
          },
        ],
      },
    });
  });

  test("may stand within blocks that are known", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      advancedEventSelector: [
        { name: "first", fieldSelector: [{ field: "a", equalTo: ["b"] }] },
        { name: "second", fieldSelector: [blockWhen(on, { field: "c", equalTo: ["d"] })] },
      ],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail").advanced_event_selector).toEqual([
      { name: "first", field_selector: [{ field: "a", equals: ["b"] }] },
      {
        name: "second",
        dynamic: {
          field_selector: [{ for_each: "${var.on ? [1] : []}", content: { field: "c", equals: ["d"] } }],
        },
      },
    ]);
  });

  test("may stand within each other, and refer to what they are made of", () => {
    const stack = newStack();
    resource(stack, Cloudtrail, "trail", {
      name: "x",
      s3BucketName: "y",
      advancedEventSelector: [
        blockForEachEntry(reference<Record<string, readonly string[]>>("var.selectors"), (key, fields) => ({
          name: key,
          fieldSelector: [
            { field: "known", equalTo: ["x"] },
            blockForEach(fields, (field) => ({ field, equalTo: [key] })),
          ],
        })),
      ],
    });
    expect(bodyOf(stack, "aws_cloudtrail.trail").dynamic).toEqual({
      advanced_event_selector: [
        {
          for_each: "${var.selectors}",
          content: {
            name: "${advanced_event_selector.key}",
            dynamic: {
              field_selector: [
                { for_each: [1], content: { field: "known", equals: ["x"] } },
                {
                  for_each: "${advanced_event_selector.value}",
                  content: { field: "${field_selector.value}", equals: ["${advanced_event_selector.key}"] },
                },
              ],
            },
          },
        },
      ],
    });
  });

  test("may stand within a block of which there is one at most", () => {
    const stack = newStack();
    resource(stack, LbListener, "listener", {
      loadBalancerArn: "x",
      defaultAction: [
        {
          type: "forward",
          forward: {
            stickiness: { duration: 1 },
            targetGroup: [blockWhen(on, { arn: "y" })],
          },
        },
      ],
    });
    expect(bodyOf(stack, "aws_lb_listener.listener").default_action).toEqual([
      {
        type: "forward",
        forward: {
          stickiness: { duration: 1 },
          dynamic: { target_group: [{ for_each: "${var.on ? [1] : []}", content: { arn: "y" } }] },
        },
      },
    ]);
  });

  test("may be a block of which there is one at most", () => {
    const stack = newStack();
    const queue = (arn: Value<string | null>) => ({
      rule: "r",
      arn: "a",
      deadLetterConfig: blockWhenSet(arn, (each) => ({ arn: each })),
    });
    resource(stack, CloudwatchEventTarget, "unknown", queue(reference("var.queue")));
    resource(stack, CloudwatchEventTarget, "given", queue("q"));
    resource(stack, CloudwatchEventTarget, "none", queue(null));
    expect(bodyOf(stack, "aws_cloudwatch_event_target.unknown")).toEqual({
      rule: "r",
      arn: "a",
      dynamic: {
        dead_letter_config: [{ for_each: "${var.queue != null ? [1] : []}", content: { arn: "${var.queue}" } }],
      },
    });
    expect(bodyOf(stack, "aws_cloudwatch_event_target.given")).toEqual({
      rule: "r",
      arn: "a",
      dead_letter_config: { arn: "q" },
    });
    expect(bodyOf(stack, "aws_cloudwatch_event_target.none")).toEqual({ rule: "r", arn: "a" });
  });

  test("may stand in several places of a resource", () => {
    const stack = newStack();
    resource(stack, S3BucketLifecycleConfiguration, "rules", {
      bucket: "x",
      rule: [
        { id: "a", status: "Enabled", expiration: [blockWhen(on, { days: 1 })] },
        { id: "b", status: "Enabled", filter: [blockWhen(on, {})], expiration: [blockWhen(on, { days: 2 })] },
      ],
    });
    const often = "${var.on ? [1] : []}";
    expect(bodyOf(stack, "aws_s3_bucket_lifecycle_configuration.rules")).toEqual({
      bucket: "x",
      rule: [
        { id: "a", status: "Enabled", dynamic: { expiration: [{ for_each: often, content: { days: 1 } }] } },
        {
          id: "b",
          status: "Enabled",
          dynamic: {
            expiration: [{ for_each: often, content: { days: 2 } }],
            filter: [{ for_each: often, content: {} }],
          },
        },
      ],
    });
  });
});

describe("what the generator needs to know", () => {
  test("is the order of the arguments, the dynamic blocks, and the comment", () => {
    const stack = newStack();
    const placed = resource(
      stack,
      Cloudtrail,
      "trail",
      { s3BucketName: "y", name: "x", advancedEventSelector: [blockWhen(on, { fieldSelector: [] })] },
      { comment: "Why." },
    );
    const layout = layoutOf(placed.element as object);
    expect(Object.keys(layout?.config as object)).toEqual(["s3BucketName", "name", "advancedEventSelector"]);
    expect(layout?.dynamic.map(({ path }) => path)).toEqual([["advanced_event_selector", 0]]);
    expect(layout?.comment).toBe("Why.");
  });

  test("has no comment where there is none, and is not there for resources of others", () => {
    const stack = newStack();
    const placed = bucketIn(stack);
    expect(layoutOf(placed.element as object)).toStrictEqual({ config: { bucket: "example" }, dynamic: [] });
    expect(layoutOf(new S3Bucket(stack, "other"))).toBeUndefined();
  });
});

describe("a value for cdktf", () => {
  test.each([
    [null, null],
    [undefined, undefined],
    [5, 5],
    [false, false],
    ["a", "a"],
    ["${a} %{b} $${c}", "$${a} %%{b} $$${c}"],
    [
      ["${a}", null, 1],
      ["$${a}", null, 1],
    ],
    [
      { "${a}": "%{b}", c: null, d: undefined, e: [{ f: null }] },
      { "$${a}": "%%{b}", e: [{}] },
    ],
  ])("of %j is %j", (value, expected) => {
    expect(forCdktf(value)).toEqual(expected);
  });

  test("of an expression is that expression, whose dependencies are gathered where they are asked for", () => {
    const placed = new PlacedElement({} as never, false);
    const expression = waitingFor("x", [placed]);
    expect(forCdktf(expression)).toBe(expression);
    const dependencies = new Set();
    forCdktf([{ a: expression }], dependencies);
    expect([...dependencies]).toEqual([placed.element]);
  });
});

test.each([
  ["keyPrefix", "key_prefix"],
  ["s3BucketName", "s3_bucket_name"],
  ["s3KeyPrefix", "s3_key_prefix"],
  ["isMultiRegionTrail", "is_multi_region_trail"],
  ["rule", "rule"],
  ["restrictPublicBuckets", "restrict_public_buckets"],
])("the bindings' %s is Terraform's %s", (property, name) => {
  expect(terraformName(property)).toBe(name);
});

import { define, type Moved } from "../../src/inputs";

/** What a definition with such a list throws, line by line; nothing where it is right. */
function refused(moved: readonly Moved[]): readonly string[] {
  try {
    define({ name: "part", title: "A part", description: "A part.", fields: {}, outputs: {}, moved });
    return [];
  } catch (error) {
    const [heading, ...lines] = (error as Error).message.split("\n");
    expect(heading).toBe("A part has wrong moved addresses:");
    return lines;
  }
}

describe("the list of moved addresses of a component", () => {
  test("is empty where none is given", () => {
    const { moved } = define({ name: "part", title: "A part", description: "A part.", fields: {}, outputs: {} });
    expect(moved).toEqual([]);
  });

  test("takes resources and modules, at any depth, with the index of a count, one after the other", () => {
    expect(
      refused([
        { from: "aws_s3_bucket.logs", to: "aws_s3_bucket.log_bucket", since: "0.2.0" },
        { from: "aws_s3_bucket.log_bucket", to: "module.log_bucket[0].aws_s3_bucket.log_bucket[0]" },
        { from: "module.a.module.b", to: "module.c[0]" },
        { from: "module.a.aws_sns_topic.alarms", to: "aws_sns_topic.alarms" },
      ]),
    ).toEqual([]);
  });

  test.each([
    "",
    "aws_s3_bucket",
    "aws_s3_bucket.a.arn",
    "module",
    "module.a.b",
    "module.a[1]",
    'aws_s3_bucket.a["key"]',
    "data.aws_caller_identity.current",
    "module.a.data.aws_region.current",
    "data.a",
    "aws_s3_bucket.${x}",
    "aws_s3_bucket.a\n",
    " aws_s3_bucket.a",
    "var.a.b",
  ])("refuses %j, which is no address of a resource or a module", (address) => {
    const requirement = (end: string): string =>
      `  - moved[0].${end}: must be the address of a resource or a module within the component, such as ` +
      `aws_s3_bucket.log_bucket, module.trail or aws_sns_topic.alarms[0]; got ${JSON.stringify(address)}`;
    expect(refused([{ from: address, to: "aws_s3_bucket.b" }])).toEqual([requirement("from")]);
    expect(refused([{ from: "aws_s3_bucket.b", to: address }])).toEqual([requirement("to")]);
  });

  test.each(["1", "v1.2.0", "1.2", "1.2.0-beta"])("refuses %j as the version of a move", (since) => {
    expect(refused([{ from: "aws_s3_bucket.a", to: "aws_s3_bucket.b", since }])).toEqual([
      `  - moved[0].since: must be a version such as 1.2.0; got ${JSON.stringify(since)}`,
    ]);
  });

  test.each([
    ["aws_s3_bucket.a", "aws_sns_topic.a"],
    ["aws_s3_bucket.a", "module.a"],
    ["module.a", "module.b.aws_s3_bucket.a"],
  ])("refuses a move from %s to %s, which Terraform cannot make", (from, to) => {
    expect(refused([{ from, to }])).toEqual([
      `  - moved[0]: must lead from a resource to one of its type, or from a module to a module; got ${from} to ${to}`,
    ]);
  });

  test("refuses what Terraform does by itself", () => {
    expect(refused([{ from: "module.a.aws_s3_bucket.a", to: "module.a[0].aws_s3_bucket.a" }])).toEqual([
      "  - moved[0]: must change more than an index, which Terraform does by itself; " +
        "got module.a.aws_s3_bucket.a to module.a[0].aws_s3_bucket.a",
    ]);
  });

  test("refuses two entries with one beginning or one end", () => {
    expect(
      refused([
        { from: "module.a", to: "module.b" },
        { from: "module.a[0]", to: "module.c" },
        { from: "module.d", to: "module.c[0]" },
      ]),
    ).toEqual([
      "  - moved[1].from: must not be that of an earlier entry; got module.a[0]",
      "  - moved[2].to: must not be that of an earlier entry; got module.c[0]",
    ]);
  });

  test("refuses a circle, by each of its entries and by those that lead into it", () => {
    expect(
      refused([
        { from: "module.a", to: "module.b" },
        { from: "module.b[0]", to: "module.a" },
        { from: "module.d", to: "module.e" },
      ]),
    ).toEqual([
      "  - moved[0]: must not be part of a circle; got module.a to module.b to module.a",
      "  - moved[1]: must not be part of a circle; got module.b to module.a to module.b",
    ]);
  });

  test("names everything that is wrong at once", () => {
    expect(
      refused([
        { from: "a", to: "module.x.y", since: "2" },
        { from: "aws_s3_bucket.a", to: "aws_sns_topic.a" },
      ]),
    ).toHaveLength(4);
  });
});

import { type IResolvable, Token } from "cdktf";
import {
  boolean,
  defaulting,
  fromProps,
  isPlainObject,
  listOf,
  mapOf,
  object,
  optional,
  type Props,
  required,
  switchedOn,
  tags,
  text,
  wholeNumber,
} from "../../src/inputs";
import { reference } from "../../src/values";

const inner = object({ key_prefix: optional(text(), "A prefix."), days: required(wholeNumber(1, 9, "days"), "Days.") });

const fields = {
  account_id: required(text(), "An account."),
  log_bucket: switchedOn(inner, "A bucket."),
  all_buckets: defaulting(listOf(inner), [], "Buckets."),
  named_buckets: defaulting(mapOf(text(), inner), {}, "Buckets by name."),
  multi_region: defaulting(boolean(), true, "Whether."),
  nested: defaulting(object({ bucket: optional(inner, "A bucket.") }), {}, "Nested."),
  tags: defaulting(tags, {}, "Tags."),
};

describe("properties by Terraform's names", () => {
  test("are renamed at every depth, but for the keys of maps", () => {
    const props: Props<typeof fields> = {
      accountId: "1",
      logBucket: { keyPrefix: "a", days: 2 },
      allBuckets: [{ keyPrefix: "b", days: 3 }],
      namedBuckets: { myBucket: { keyPrefix: null, days: 4 } },
      multiRegion: false,
      tags: { costCenter: "x", cost_center: "y" },
    };
    expect(fromProps(fields, props)).toStrictEqual({
      account_id: "1",
      log_bucket: { key_prefix: "a", days: 2 },
      all_buckets: [{ key_prefix: "b", days: 3 }],
      named_buckets: { myBucket: { key_prefix: null, days: 4 } },
      multi_region: false,
      tags: { costCenter: "x", cost_center: "y" },
    });
  });

  test("that are undefined are left out, those that are null are not", () => {
    expect(fromProps(fields, { accountId: undefined, logBucket: null })).toStrictEqual({ log_bucket: null });
    expect(fromProps(fields, { logBucket: { keyPrefix: undefined, days: 1 } })).toStrictEqual({
      log_bucket: { days: 1 },
    });
  });

  test("of which there is no field keep their names and values", () => {
    expect(fromProps(fields, { acountId: { aB: 1 }, logBucket: { days: 1, fooBar: [1] } })).toStrictEqual({
      acountId: { aB: 1 },
      log_bucket: { days: 1, fooBar: [1] },
    });
  });

  test("named as something that every object has are no fields", () => {
    expect(fromProps(fields, { constructor: 1, logBucket: { toString: "x" } })).toStrictEqual({
      constructor: 1,
      log_bucket: { toString: "x" },
    });
  });

  test("may have Terraform's names already, as values of other components have", () => {
    expect(fromProps(fields, { account_id: "1", log_bucket: { key_prefix: "a" } })).toStrictEqual({
      account_id: "1",
      log_bucket: { key_prefix: "a" },
    });
  });

  test("of a wrong type, and expressions, stay as they are", () => {
    const expression = reference("var.x");
    const list = ["a"];
    const map = { aB: 1 };
    const given = fromProps(fields, {
      accountId: map,
      logBucket: list,
      allBuckets: map,
      namedBuckets: list,
      tags: expression,
      multiRegion: "yes",
    });
    expect(given.account_id).toBe(map);
    expect(given.log_bucket).toBe(list);
    expect(given.all_buckets).toBe(map);
    expect(given.named_buckets).toBe(list);
    expect(given.tags).toBe(expression);
    expect(given.multi_region).toBe("yes");
    expect(fromProps(fields, { logBucket: expression }).log_bucket).toBe(expression);
  });
});

describe("the types of properties", () => {
  test("take what the kinds take, expressions, and null where the field may be null", () => {
    const taken: readonly Props<typeof fields>[] = [
      { accountId: "1" },
      { accountId: reference<string>("var.account_id"), logBucket: null },
      { accountId: "1", logBucket: { days: reference<number>("var.days") } },
      { accountId: "1", logBucket: undefined, multiRegion: undefined, tags: { a: reference<string>("var.a") } },
      { accountId: "1", allBuckets: [{ days: 1, keyPrefix: null }], namedBuckets: { a: { days: 1 } } },
      { accountId: "1", nested: {} },
      { accountId: "1", nested: { bucket: null } },
    ];
    expect(taken).toHaveLength(7);
  });

  test("take tokens of cdktf, but for objects as a whole", () => {
    const token: IResolvable = Token.asAny("x");
    const taken: Props<typeof fields> = {
      accountId: token,
      logBucket: { days: token, keyPrefix: token },
      allBuckets: token,
      namedBuckets: { a: { days: token } },
      multiRegion: token,
      tags: token,
      // @ts-expect-error: which attributes it has is not known
      nested: token,
    };
    expect(Object.keys(taken)).toHaveLength(6 + 1);
    expect({ tags: { a: token } } satisfies Partial<Props<typeof fields>>).toBeDefined();
  });

  test("want the attributes that must be given, at every depth", () => {
    const refused: readonly Props<typeof fields>[] = [
      // @ts-expect-error: in an object
      { accountId: "1", logBucket: {} },
      // @ts-expect-error: undefined in an object
      { accountId: "1", logBucket: { days: undefined } },
      // @ts-expect-error: in an object of an object
      { accountId: "1", nested: { bucket: {} } },
      // @ts-expect-error: in a list
      { accountId: "1", allBuckets: [{}] },
      // @ts-expect-error: in a map
      { accountId: "1", namedBuckets: { a: { keyPrefix: "b" } } },
    ];
    expect(refused).toHaveLength(5);
  });

  test("refuse everything else", () => {
    const refused: readonly Props<typeof fields>[] = [
      // @ts-expect-error: a required property is missing
      {},
      // @ts-expect-error: a required property is undefined
      { accountId: undefined },
      // @ts-expect-error: a required property is null
      { accountId: null },
      // @ts-expect-error: another type
      { accountId: 1 },
      // @ts-expect-error: an expression of another type
      { accountId: reference<number>("var.x") },
      // @ts-expect-error: Terraform's name
      { account_id: "1" },
      // @ts-expect-error: null for what has a default
      { accountId: "1", multiRegion: null },
      // @ts-expect-error: Terraform's name of an attribute
      { accountId: "1", logBucket: { key_prefix: "a" } },
      // @ts-expect-error: another type of an attribute
      { accountId: "1", logBucket: { days: "1" } },
      // @ts-expect-error: another type of a value of a map
      { accountId: "1", tags: { a: 1 } },
      // @ts-expect-error: no list
      { accountId: "1", allBuckets: { days: 1 } },
      // @ts-expect-error: no such property
      { accountId: "1", encryption: {} },
    ];
    expect(refused).toHaveLength(12);
  });
});

describe("a plain object", () => {
  test.each<[string, unknown]>([
    ["a literal", {}],
    ["one of JSON", JSON.parse('{"a":1}')],
    ["one without a prototype", Object.create(null)],
  ])("is %s", (_, value) => {
    expect(isPlainObject(value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["undefined", undefined],
    ["a text", "x"],
    ["a function", () => ({})],
    ["a list", []],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["an expression", reference("var.x")],
    ["what inherits", Object.create({})],
  ])("is not %s", (_, value) => {
    expect(isPlainObject(value)).toBe(false);
  });
});

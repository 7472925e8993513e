import { byCodePoint, graphemes, jsonText, normalized, printed, printedNumber } from "../../src/values/terraform-text";

describe("normalized", () => {
  test("composes accents", () => {
    expect(normalized("e\u0301")).toBe("\u00e9");
    expect(normalized("\u1112\u1161\u11ab")).toBe("한");
    expect(normalized("abc")).toBe("abc");
  });

  test("replaces halves of surrogate pairs", () => {
    expect(normalized("a\ud83d")).toBe("a\ufffd");
    expect(normalized("😀")).toBe("😀");
  });
});

describe("graphemes", () => {
  test.each([
    ["", 0],
    ["a", 1],
    ["abc", 3],
    ["\0\f\u000e\u007f", 4],
    ["\r\n", 1],
    ["a\r\nb", 3],
    ["\n\r", 2],
    ["\r", 1],
    ["é", 1],
    ["ae\u0301", 2],
    ["日本", 2],
    ["😀", 1],
    ["👩‍👩‍👧", 1],
    ["🇩🇪🇫", 2],
    ["\u0600a", 1],
  ])("%j has %i", (value, count) => {
    expect(graphemes(value)).toBe(count);
  });

  test("counts Indic letters by Unicode 15.0, which joins none", () => {
    expect(graphemes("क्ष")).toBe(2);
    expect(graphemes("क्षक्ष")).toBe(4);
    expect(graphemes("क्\u200dष")).toBe(2);
    expect(graphemes("क्षि")).toBe(2);
    expect(graphemes("कि")).toBe(1);
  });

  test("joins nothing with a replacement character", () => {
    expect(graphemes("\ufffd\u0301")).toBe(2);
    expect(graphemes("\ud800\u0301")).toBe(2);
    expect(graphemes("\ufffd\u0301\ufffd\u0301")).toBe(4);
  });
});

describe("byCodePoint", () => {
  test("sorts as Terraform does, where JavaScript would not", () => {
    expect(["😀", "\uffee", "b", "", "é", "a", "B"].sort(byCodePoint)).toEqual([
      "",
      "B",
      "a",
      "b",
      "é",
      "\uffee",
      "😀",
    ]);
  });

  test("sorts composed texts", () => {
    expect(byCodePoint("e\u0301", "f")).toBe(1);
    expect(byCodePoint("f", "e\u0301")).toBe(-1);
    expect(byCodePoint("e\u0301", "é")).toBe(0);
  });
});

describe("printedNumber", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [12, "12"],
    [-1.5, "-1.5"],
    [0.000001, "0.000001"],
    [1e-7, "0.0000001"],
    [1.25e-7, "0.000000125"],
    [-1.25e-7, "-0.000000125"],
    [123456789012345680000, "123456789012345680000"],
    [1e21, "1000000000000000000000"],
    [-1.5e21, "-1500000000000000000000"],
    [1.234e22, "12340000000000000000000"],
  ])("%d", (value, expected) => {
    expect(printedNumber(value)).toBe(expected);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d", (value) => {
    expect(() => printedNumber(value)).toThrow(new Error(`${value} is no number to Terraform`));
  });
});

describe("printed", () => {
  test("prints primitives", () => {
    expect(["a", "", 1e21, 0, true, false].map(printed)).toEqual([
      "a",
      "",
      "1000000000000000000000",
      "0",
      "true",
      "false",
    ]);
  });

  test("refuses what has no text", () => {
    expect(() => printed(null)).toThrow(new Error("a text cannot hold null"));
    expect(() => printed([])).toThrow(new Error("a text cannot hold a list or an object"));
    expect(() => printed({})).toThrow(new Error("a text cannot hold a list or an object"));
  });
});

describe("jsonText", () => {
  test("writes every kind of literal", () => {
    expect(jsonText([null, true, false, 1e21, -0.5, "a", [], {}])).toBe(
      '[null,true,false,1000000000000000000000,-0.5,"a",[],{}]',
    );
  });

  test("sorts keys by code point, at every depth", () => {
    expect(jsonText({ "😀": 1, "\uffee": { b: 2, a: 3 }, B: [], "10": 0, "9": 0 })).toBe(
      '{"10":0,"9":0,"B":[],"\uffee":{"a":3,"b":2},"😀":1}',
    );
  });

  test("escapes what HTML or JavaScript would read as something else", () => {
    expect(jsonText("<>&'\u2028\u2029/")).toBe('"\\u003c\\u003e\\u0026\'\\u2028\\u2029/"');
    expect(jsonText({ "<": ">" })).toBe('{"\\u003c":"\\u003e"}');
  });

  test("escapes control characters", () => {
    expect(jsonText('\0\b\t\n\v\f\r\u001b"\\\u007f')).toBe('"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001b\\"\\\\\u007f"');
  });

  test("composes texts and keys", () => {
    expect(jsonText({ "e\u0301": "e\u0301\ud800" })).toBe('{"é":"é\ufffd"}');
  });
});

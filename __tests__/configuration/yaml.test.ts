import { INPUTS, problemsOf, read, STATE, withInputs, withMore } from "./support/configurations";

/** The only trail of a configuration. */
function trailOf(content: string | Uint8Array) {
  const [trail] = read(content).trails;
  return trail;
}

describe("a configuration that is no text", () => {
  test.each([
    ["in Latin-1", Buffer.from("trails:\n  ä", "latin1"), "2:3"],
    ["cut within a character", Buffer.from("trails:\n  ä: ü").subarray(0, -1), "2:6"],
    ["in UTF-16 with its mark", Buffer.from("\ufefftrails: {}", "utf16le"), "1:1"],
    ["in UTF-16 without it", Buffer.from("trails: {}", "utf16le"), "1:2"],
    ["with a NUL", "trails: {}\n\0", "2:1"],
  ])("as %s, is refused where it begins to be none", (_, content, place) => {
    expect(problemsOf(content)).toEqual([`file.yaml:${place}: must be text in UTF-8: save the file in that encoding`]);
  });

  test("as it is larger than anything that people write, is refused without being read", () => {
    expect(problemsOf("#".repeat(1024 * 1024 + 1))).toEqual([
      "file.yaml:1:1: must be at most 1 MiB; got 1048577 bytes",
    ]);
  });
});

describe("the file of a configuration", () => {
  test.each([
    ["empty", ""],
    ["white space", " \n\n"],
    ["comments", "# one\n# two\n"],
    ["the mark of UTF-8 alone", "\ufeff"],
    ["a document without anything in it", "---\n...\n"],
  ])("that is %s says what has to be in it", (_, content) => {
    expect(problemsOf(content)).toEqual([
      "file.yaml:1:1: must be a map with the keys state, defaults, trails; got an empty file",
    ]);
  });

  test.each([
    ["a list", "- a\n", 'the list ["a"]'],
    ["a text", "hello", 'the string "hello"'],
    ["a number", "3", "the number 3"],
  ])("that is %s says what has to be in it", (_, content, got) => {
    expect(problemsOf(content)).toEqual([
      `file.yaml:1:1: must be a map with the keys state, defaults, trails; got ${got}`,
    ]);
  });

  test.each([
    ["begins with the mark of UTF-8", `\ufeff${withInputs(INPUTS)}`],
    ["has the line ends of Windows", withInputs(INPUTS).replaceAll("\n", "\r\n")],
    ["has no line end at its end", withInputs(INPUTS).trimEnd()],
    ["begins and ends a document", `---\n${withInputs(INPUTS)}...\n`],
    ["says that it is YAML 1.2", `%YAML 1.2\n---\n${withInputs(INPUTS)}`],
    ["is JSON", JSON.stringify({ ...jsonOf(), defaults: { owner: "Example Owner" } })],
    ["is JSON in several lines", JSON.stringify(jsonOf(), null, 2)],
  ])("is read where it %s", (_, content) => {
    expect(trailOf(content)).toMatchObject({ name: "main", inputs: { accountId: "111122223333" } });
  });

  test("has the same places with the line ends of Windows and the mark of UTF-8", () => {
    const wrong = withMore("foo: 1");
    expect(problemsOf(`\ufeff${wrong.replaceAll("\n", "\r\n")}`)).toEqual(problemsOf(wrong));
    expect(problemsOf(wrong)[0]).toMatch(/^file\.yaml:9:5: trails\.main\.foo: /);
  });

  test("has the places of JSON, too", () => {
    const wrong = { ...jsonOf(), trails: { main: { ...jsonOf().trails.main, multi_region: "yes" } } };
    expect(problemsOf(JSON.stringify(wrong, null, 2))).toEqual([
      'file.yaml:11:7: trails.main.multi_region: must be true or false; got the string "yes"',
    ]);
  });
});

function jsonOf() {
  const inputs = { account_id: "111122223333", account_name: "example", region: "eu-central-1", owner: "Me" };
  return { state: { local: {} }, trails: { main: inputs } };
}

describe("the syntax of a configuration", () => {
  test.each([
    ["tabs", "trails:\n\tmain: {}\n", "2:1: must be indented with spaces; got a tab"],
    [
      "a second document",
      `${withInputs(INPUTS)}---\na: b\n`,
      "9:1: must be one document of YAML; a second one begins here",
    ],
    ["an open quote", 'trails: "main\n', /^2:1: must be YAML: Missing closing "quote$/],
    ["an open bracket", "trails: {main: {}\n", /^2:1: must be YAML: /],
    ["a bad indentation", "trails:\n    a: 1\n  b: 2\n", /^3:1: must be YAML: /],
    ["another version of YAML", "%YAML 3.0\n---\na: b\n", /^1:7: must be YAML: Unsupported YAML version 3\.0$/],
  ])("is refused at its place: %s", (_, content, expected) => {
    const [problem] = problemsOf(content).map((each) => each.replace("file.yaml:", ""));
    expect(problem).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });

  test("tells the first faults alone where one brings a thousand", () => {
    const started = Date.now();
    expect(problemsOf("]".repeat(200_000))).toHaveLength(20);
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});

describe("what stands in a configuration", () => {
  test("is read with YAML 1.2, whatever the file says of itself", () => {
    expect(problemsOf(`%YAML 1.1\n---\n${withMore("multi_region: yes")}`)).toEqual([
      'file.yaml:11:5: trails.main.multi_region: must be true or false; got yes, which YAML reads as the string "yes"',
    ]);
  });

  test.each([
    ["012345678901", "12345678901"],
    ["011122223333", "11122223333"],
    ["0o1234567", "342391"],
    ["1e400", "Infinity"],
    [".nan", "NaN"],
    ["-.inf", "-Infinity"],
    ["0x10", "16"],
  ])("is shown as it was written where YAML reads it as another number: %s", (written, number) => {
    expect(problemsOf(withInputs(INPUTS.replace('"111122223333"', written)))).toEqual([
      `file.yaml:5:5: trails.main.account_id: must be a text, in quotes; got ${written}, which YAML reads as the number ${number}`,
    ]);
  });

  test("is shown once where YAML reads it as people do", () => {
    expect(problemsOf(withInputs(INPUTS.replace('"111122223333"', "111122223333")))).toEqual([
      "file.yaml:5:5: trails.main.account_id: must be a text, in quotes; got the number 111122223333",
    ]);
  });

  test("is shown as it was written where a rule refuses the number", () => {
    expect(problemsOf(withMore("log_bucket: { retention_days: 123456789012345678901 }"))).toEqual([
      expect.stringMatching(
        /^file\.yaml:9:19: .* got 123456789012345678901, which YAML reads as 123456789012345680000$/,
      ),
    ]);
    expect(problemsOf(withMore("log_bucket: { retention_days: 0x10 }"))).toEqual([
      expect.stringMatching(/^file\.yaml:9:19: .* got 0x10, which YAML reads as 16$/),
    ]);
    expect(problemsOf(withMore("log_bucket: { retention_days: 10.5 }"))).toEqual([
      expect.stringMatching(/^file\.yaml:9:19: .* from 90 to 36500; got 10\.5$/),
    ]);
  });

  test.each(["on", "off", "yes", "no", "Yes", "Y"])("is no boolean where YAML 1.1 had one: %s", (word) => {
    expect(problemsOf(withMore(`multi_region: ${word}`))).toEqual([
      `file.yaml:9:5: trails.main.multi_region: must be true or false; got ${word}, which YAML reads as the string "${word}"`,
    ]);
  });

  test("is a text where it looks like a date", () => {
    expect(trailOf(withInputs(INPUTS.replace("Example Owner", "2024-01-01")))?.inputs.owner).toBe("2024-01-01");
  });

  test("is shown as text, not as the escapes of Terraform's JSON", () => {
    expect(problemsOf(withInputs(INPUTS.replace("Example Owner", '"R&D <x>"')))).toEqual([
      expect.stringMatching(/; got "R&D <x>"$/),
    ]);
  });

  test("must not look like a token of cdktf", () => {
    expect(problemsOf(withInputs(INPUTS.replace("Example Owner", "'${TfToken[TOKEN.1]}'")))).toEqual([
      'file.yaml:8:5: trails.main.owner: must not look like a token of cdktf, which would be replaced by another value; got "${TfToken[TOKEN.1]}"',
    ]);
  });

  test.each(["!foo", "!!binary", "!!timestamp", "!!set", "!!omap", "!!int", "!"])("must have no tag: %s", (tag) => {
    expect(problemsOf(withInputs(INPUTS.replace("Example Owner", `${tag} Example`)))).toEqual([
      `file.yaml:8:5: trails.main.owner: must have no tag: it is for programs; got ${tag}`,
    ]);
  });

  test("may have the tag of a text, which is YAML's own way to say that something is one", () => {
    expect(trailOf(withInputs(INPUTS.replace('"111122223333"', "!!str 012345678901")))?.inputs.accountId).toBe(
      "012345678901",
    );
  });
});

describe("the keys of a configuration", () => {
  test("that are there twice are refused with the line of the first, and the rest is checked, too", () => {
    expect(problemsOf(withMore("owner: Another\n    region: nowhere\n    multi_region: 1"))).toEqual([
      "file.yaml:9:5: trails.main.owner: must be there once; it stands in line 8 already",
      "file.yaml:10:5: trails.main.region: must be there once; it stands in line 7 already",
      "file.yaml:11:5: trails.main.multi_region: must be true or false; got the number 1",
    ]);
  });

  test("that are there twice in two ways of writing are refused, too", () => {
    expect(problemsOf(withMore("tags: { 1: a, \"1\": b, '1': c }"))).toEqual([
      'file.yaml:9:19: trails.main.tags["1"]: must be there once; it stands in line 9 already',
      'file.yaml:9:27: trails.main.tags["1"]: must be there once; it stands in line 9 already',
    ]);
  });

  test("are texts as they were written, also where YAML reads them as something else", () => {
    expect(trailOf(withMore("tags: { 012: a, 0x10: b, true: c, null: d, 1e3: e }"))).toMatchObject({
      inputs: { tags: { "012": "a", "0x10": "b", true: "c", null: "d", "1e3": "e" } },
    });
    expect(read(`${STATE}trails:\n  0x10:\n    ${INPUTS}\n`).trails.map(({ name }) => name)).toEqual(["0x10"]);
  });

  test("are no lists, maps or references", () => {
    expect(
      problemsOf("? [a, b]\n: c\n? {a: b}\n: d\n&x trails: *x\n*x : e\nstate: { local: {} }\n").slice(0, 4),
    ).toEqual([
      'file.yaml:1:3: ["a list"]: must be a text, as the key of a map',
      'file.yaml:3:3: ["a map"]: must be a text, as the key of a map',
      expect.stringMatching(/^file\.yaml:5:\d+: trails: must be a map with at least one trail/),
      'file.yaml:6:1: ["*x"]: must be a text, as the key of a map',
    ]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])(
    "that every object has are names like others: %s",
    (name) => {
      const unknown = new RegExp(`${name}: is not a known name`);
      expect(problemsOf(`${name}: 1\n${withInputs(INPUTS)}`)).toEqual([expect.stringMatching(unknown)]);
      expect(problemsOf(withMore(`${name}: { owner: Me }`))).toEqual([expect.stringMatching(unknown)]);
      expect(problemsOf(withMore(`log_bucket: { ${name}: 1 }`))).toEqual([expect.stringMatching(unknown)]);
      expect(problemsOf(`${withInputs(INPUTS)}defaults:\n  ${name}: { owner: Me }\n`)).toEqual([
        expect.stringMatching(new RegExp(`^file\\.yaml:10:3: defaults.${name}: is not a known name`)),
      ]);
      expect(problemsOf(withInputs(INPUTS, `state: { ${name}: {} }\n`))).toEqual([expect.stringMatching(unknown)]);
      expect(
        problemsOf(withInputs(INPUTS, `state: { s3: { bucket: abc, region: eu-central-1, ${name}: 1 } }\n`)),
      ).toEqual([expect.stringMatching(name === "__proto__" ? /__proto__: must not be a key/ : unknown)]);
    },
  );

  test("that every object has may name trails and tags, but for the one that JavaScript would lose", () => {
    const trails = read(`${STATE}trails:\n  constructor:\n    ${INPUTS}\n    tags: { constructor: a }\n`).trails;
    expect(trails).toMatchObject([{ name: "constructor", inputs: { tags: { constructor: "a" } } }]);
    expect(problemsOf(withMore("tags: { __proto__: a }"))).toEqual([
      "file.yaml:9:13: trails.main.tags.__proto__: must not be a key, as JavaScript would lose it",
    ]);
  });
});

describe("anchors", () => {
  const two = (second: string): string => `${STATE}trails:\n  main: &main\n    ${INPUTS}\n  other:\n    ${second}\n`;

  test("stand for what they were given to, merge keys for the keys of a map", () => {
    const { trails } = read(two("<<: *main\n    account_id: &id '444455556666'\n    tags: { account: *id }"));
    expect(trails[1]).toMatchObject({
      name: "other",
      inputs: { accountId: "444455556666", owner: "Example Owner", tags: { account: "444455556666" } },
    });
  });

  test("are merged as YAML 1.1 merged them: own keys first, then the maps in their order", () => {
    const maps = "tags: &a { One: a, Two: a }\n    log_bucket: { prefix: b }\n";
    const content = `${STATE}trails:\n  main:\n    ${INPUTS}\n    ${maps}  other:\n    <<: [{ account_id: "444455556666" }, { account_id: "1", owner: Me }]\n    region: us-east-1\n    account_name: other\n    tags: { <<: *a, Two: c }\n`;
    expect(read(content).trails[1]).toMatchObject({
      inputs: { accountId: "444455556666", owner: "Me", region: "us-east-1", tags: { One: "a", Two: "c" } },
    });
  });

  test("are told of where they were given, also what is wrong behind them", () => {
    const wrong = two("<<: *main\n    account_id: '444455556666'").replace("Example Owner", "[1]");
    expect(problemsOf(wrong)).toEqual([
      "file.yaml:8:5: trails.main.owner: must be a text; got the list [1]",
      "file.yaml:8:5: trails.other.owner: must be a text; got the list [1]",
    ]);
  });

  test("must be there, further up, and not hold themselves", () => {
    expect(problemsOf("trails: *nowhere\nstate: { local: {} }\n")).toEqual([
      "file.yaml:1:1: trails: must refer to an anchor that stands further up; got *nowhere",
    ]);
    expect(problemsOf(withMore("tags: &tags { a: *tags }"))).toEqual([
      "file.yaml:9:19: trails.main.tags.a: must not hold itself; got *tags",
    ]);
    expect(problemsOf("&root trails: &all { main: *all }\nstate: { local: {} }\n")).toEqual([
      "file.yaml:1:22: trails.main: must not hold itself; got *all",
    ]);
  });

  test("are merged from maps alone", () => {
    expect(problemsOf(two("<<: 3"))).toEqual([
      'file.yaml:10:5: trails.other["<<"]: must be a map, or a list of maps: it merges their keys into the map around it',
    ]);
    expect(problemsOf(two("<<: *nowhere"))).toEqual([
      'file.yaml:10:5: trails.other["<<"]: must refer to an anchor that stands further up; got *nowhere',
    ]);
    expect(problemsOf(two('"<<": *main\n    account_id: x')).at(0)).toMatch(
      /^file\.yaml:9:3: trails\.other\.region: must be given/,
    );
  });

  test("that stand for billions of values are refused at once", () => {
    const ten = (name: string): string => `[${Array(10).fill(`*${name}`).join(", ")}]`;
    const lines = [..."abcdefghij"].map((name, index, names) =>
      index === 0 ? "a: &a [x]" : `${name}: &${name} ${ten(names[index - 1] as string)}`,
    );
    const started = Date.now();
    const problems = problemsOf(`${lines.join("\n")}\n`);
    expect(problems.filter((problem) => problem.includes("100000"))).toEqual([
      expect.stringMatching(
        /: must not stand for more than 100000 values, with all other references to anchors; got \*/,
      ),
    ]);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe("what is nested deeply", () => {
  const deep = (text: string): readonly string[] => problemsOf(text).filter((problem) => /nested/.test(problem));

  test.each([
    ["lists", `a: ${"[".repeat(101)}${"]".repeat(101)}`],
    ["lists, by the hundred thousand", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["lists that do not end", `a: ${"[".repeat(100_000)}`],
    ["maps", `a: ${"{ a: ".repeat(5_000)}${"}".repeat(5_000)}`],
    ["lists in block style", "- ".repeat(20_000)],
    ["maps in block style", Array.from({ length: 1_000 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
    ["references", Array.from({ length: 150 }, (_, i) => `k${i}: &a${i} ${i === 0 ? "x" : `[*a${i - 1}]`}`).join("\n")],
  ])("is refused once: %s", (_, content) => {
    const started = Date.now();
    expect(deep(content)).toEqual([
      expect.stringMatching(/^file\.yaml:\d+:\d+: must not be nested more than 100 deep$/),
    ]);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test("is not what people write", () => {
    expect(deep(`a: ${"[".repeat(99)}${"]".repeat(99)}`)).toEqual([]);
  });
});

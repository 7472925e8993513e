import { reportHtml, reportJson, reportMarkdown, reportText, type TrailReport } from "../../src/compliance";
import { html } from "../../src/compliance/formats/html";
import { markdownCode, markdownSetting, markdownTable, markdownText } from "../../src/compliance/formats/markdown";

const HOSTILE = `<img src=x onerror="alert('1')"> & [a](javascript:b) | \`code\` **bold**\n# heading`;

const trail: TrailReport = {
  name: HOSTILE,
  accountId: HOSTILE,
  region: HOSTILE,
  counts: { satisfied: 0, "not satisfied": 1, manual: 1, "not applicable": 0 },
  controls: (["not satisfied", "manual"] as const).map((verdict) => ({
    id: "a",
    title: HOSTILE,
    numbers: { fsbp: [HOSTILE] },
    resource: HOSTILE,
    setting: HOSTILE,
    cost: HOSTILE,
    provedBy: { file: HOSTILE, test: HOSTILE },
    verdict,
    why: HOSTILE,
    ...(verdict === "manual" ? { command: HOSTILE } : {}),
  })),
  findings: [{ rule: HOSTILE, resource: HOSTILE, message: HOSTILE }],
};

describe("HTML", () => {
  test("has no markup but its own, whatever stands in a configuration", () => {
    const page = reportHtml([trail], undefined);
    expect(page).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; ");
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9!]+)/g)].map(([, name]) => name));
    expect([...tags].toSorted()).toEqual(
      ["!doctype", "article", "body", "code", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "head", "html", "li", "meta"]
        .concat(["p", "small", "style", "title", "ul"])
        .toSorted(),
    );
    expect(page.match(/<[^>]*onerror/)).toBeNull();
  });

  test("lets the browser run and fetch nothing", () => {
    expect(reportHtml([], undefined)).toContain(
      'content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"',
    );
  });

  test.each([
    ["&lt;", "&amp;lt;"],
    ["<a href=\"b\" c='d'>", "&lt;a href=&quot;b&quot; c=&#39;d&#39;&gt;"],
  ])("escapes %s", (text, expected) => {
    expect(html(text)).toBe(expected);
  });
});

describe("Markdown", () => {
  test("has no markup but its own, whatever stands in a configuration", () => {
    const page = reportMarkdown([trail], "fsbp");
    // Without what is escaped, and without what stands in backticks.
    const markup = page.replace(/\\./g, "").replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
    expect(markup).not.toMatch(/<|\[|\*|`|^# heading/m);
    const lines = page.split("\n").filter((line) => line.startsWith("|"));
    expect(lines).toHaveLength(9);
  });

  test.each([
    ["a | b", "a \\| b"],
    ["a\n# b", "a \\# b"],
    ["*a* _b_ `c` ~d~", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~"],
    ["<b> &amp; [c](d)", "&lt;b> &amp;amp; \\[c\\](d)"],
    ["a\\", "a\\\\"],
  ])("escapes %j", (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test.each([
    ["aws a --b", "`aws a --b`"],
    ["a | b", "`a \\| b`"],
    ["a `b`", "`` a `b` ``"],
    ["a\nb", "`a b`"],
  ])("has %j to the letter", (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  test("has what stands in a configuration to the letter, and the words around it as words", () => {
    expect(markdownSetting("`a: {}`, or *none*")).toBe("`a: {}`, or \\*none\\*");
  });

  test("has tables", () => {
    expect(markdownTable(["A", "B"], [["1", "2"]])).toBe("| A | B |\n| --- | --- |\n| 1 | 2 |");
  });
});

describe("text", () => {
  test("says first what is not satisfied, last what is wrong beside", () => {
    const words = reportText([{ ...trail, name: "a", accountId: "1", region: "r" }]).split("\n");
    expect(words[0]).toBe("a: account 1, r: 1 not satisfied, 1 manual");
    expect(words.indexOf("  Not satisfied:")).toBeLessThan(
      words.indexOf("  Manual: somebody has to look, or to do it:"),
    );
  });

  test("has no control characters, with which a terminal could be told something", () => {
    expect(reportText([{ ...trail, name: "a\u001b[31m\u0007\u009b" }])).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

test("JSON has everything as it is", () => {
  const { trails } = reportJson([trail], "fsbp") as { readonly trails: readonly { readonly name: string }[] };
  expect(trails[0]?.name).toBe(HOSTILE);
});

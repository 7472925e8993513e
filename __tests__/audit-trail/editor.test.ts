import { join } from "node:path";
import ts from "typescript";

/*
 * What an editor shows of the inputs, asked of TypeScript's language service as editors ask it.
 */

const ROOT = join(__dirname, "../..");
/** Is not there: its text is what a test says. */
const FILE = join(ROOT, "written-in-an-editor.ts");
const CURSOR = "▮";

let text = "";
let version = 0;

const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, types: [], noUnusedLocals: false };

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (path) => (path === FILE ? String(version) : "0"),
  getScriptSnapshot: (path) => {
    const content = path === FILE ? text : ts.sys.readFile(path);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (path) => path === FILE || ts.sys.fileExists(path),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

afterAll(() => service.dispose());

/** Writes a trail with some inputs, and returns where the cursor is. */
function write(inputs: string, wholeText = trail(inputs)): number {
  const cursor = wholeText.indexOf(CURSOR);
  text = wholeText.replace(CURSOR, "");
  version += 1;
  return cursor;
}

function trail(inputs: string): string {
  return [
    'import { type TerraformStack, type TerraformVariable, Token } from "cdktf";',
    'import { AuditTrail } from "./src";',
    "declare const stack: TerraformStack;",
    "declare const variable: TerraformVariable;",
    'const token = Token.asAny("x");',
    `new AuditTrail(stack, "audit", { accountId: "1", region: "eu-central-1", owner: "Own", ${inputs} });`,
  ].join("\n");
}

function explained(inputs: string) {
  const info = service.getQuickInfoAtPosition(FILE, write(inputs));
  return {
    type: ts.displayPartsToString(info?.displayParts),
    text: ts.displayPartsToString(info?.documentation),
    tags: info?.tags?.map((tag) => [tag.name, ts.displayPartsToString(tag.text)]),
  };
}

/** What is offered, in its order. */
function offered(inputs: string): readonly string[] {
  const entries = service.getCompletionsAtPosition(FILE, write(inputs), {})?.entries ?? [];
  const placed = entries.map(({ name, sortText }) => `${sortText} ${name}`).sort();
  return placed.map((entry) => entry.slice(entry.indexOf(" ") + 1));
}

function problems(inputs: string, wholeText?: string): readonly string[] {
  write(inputs, wholeText);
  return service
    .getSemanticDiagnostics(FILE)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("an editor", () => {
  test("explains an input and an attribute of it: what it is for, its rules, its default", () => {
    expect(explained(`logBucket: { retention${CURSOR}Days: 90 }`)).toEqual({
      type: "(property) LogBucketOptions.retentionDays?: number | null | undefined",
      text: expect.stringMatching(
        /^Days after which a log is deleted\..* `deletedLogDays` .*\n\nMust be a whole number/,
      ),
      tags: [["default", "null"]],
    });
    expect(explained(`alarms: { subscriptions: { mail: { end${CURSOR}point: "" } } }`)).toEqual({
      type: "(property) SubscriptionOptions.endpoint: string",
      text: expect.stringMatching(/^Where they go: an e-mail address/),
      tags: undefined,
    });
  });

  test.each([
    ["inputs", CURSOR, ["accountName", "alarms", "cloudwatchLogs"]],
    ["the attributes of an object", `logBucket: { ${CURSOR} }`, ["accessLogs", "additionalPolicy", "deletedLogDays"]],
    [
      "those of an object in it",
      `logBucket: { accessLogs: { ${CURSOR} } }`,
      ["existingBucket", "forceDestroy", "name", "prefix", "retentionDays"],
    ],
    [
      "those of an entry, what must be given first",
      `alarms: { subscriptions: { mail: { ${CURSOR} } } }`,
      ["endpoint", "protocol", "topic"],
    ],
    [
      "the texts that one may be",
      `alarms: { subscriptions: { mail: { protocol: "${CURSOR}" } } }`,
      ["email", "https", "lambda", "sqs"],
    ],
  ])("offers %s, and none of what a token has", (_, inputs, first) => {
    const names = offered(inputs);
    expect(names.slice(0, first.length)).toEqual(first);
    expect(names.filter((name) => ["creationStack", "node", "resolve", "valueType"].includes(name))).toEqual([]);
  });
});

describe("the compiler", () => {
  test.each([
    ["organization: {}", "missing the following properties from type 'OrganizationOptions': id, managementAccountId"],
    [
      "encryption: { existingKey: {} }",
      "Property 'arn' is missing in type '{}' but required in type 'ExistingKeyOptions'",
    ],
    ["alarms: { subscriptions: { a: {} } }", "from type 'SubscriptionOptions': protocol, endpoint"],
    ["multiRegoin: true", "Did you mean to write 'multiRegion'?"],
    ["logBucket: { retentionDay: 90 }", "Did you mean to write 'retentionDays'?"],
    ['alarms: { watch: "metrics" }', `Did you mean '"metric"'?`],
    ["logBucket: token", "has no properties in common with type 'LogBucketOptions'"],
  ])("refuses %s in one line", (inputs, message) => {
    expect(problems(inputs)).toEqual([expect.stringContaining(message)]);
    expect(problems(inputs)[0]).not.toContain("\n");
  });

  test("takes the values of variables and tokens as they are", () => {
    const inputs = [
      "multiRegion: variable.booleanValue, tags: Token.asStringMap({}), organization: { id: variable.stringValue,",
      "managementAccountId: Token.asString({}) }, logBucket: { retentionDays: variable.numberValue,",
      "forceDestroy: token, denyTampering: { except: variable.listValue }, transitions: token },",
      "alarms: { watch: token, subscriptions: token }",
    ];
    expect(problems(inputs.join(" "))).toEqual([]);
    expect(problems("tags: token")).toEqual([]);
  });

  test("knows the inputs of every component, and the objects in them, by name", () => {
    const names = ["AuditTrailProps", "LogBucketOptions", "AccessLogsOptions", "TrailProps", "SubscriptionOptions"];
    const lines = names.map((name) => `export type My${name} = Required<${name}>;`);
    expect(problems("", [`import type { ${names.join(", ")} } from "./src";`, ...lines].join("\n"))).toEqual([]);
  });
});

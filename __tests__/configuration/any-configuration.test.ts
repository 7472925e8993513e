import fc from "fast-check";
import { stringify } from "yaml";
import { type Configuration, ConfigurationError, readConfiguration } from "../../src/configuration";
import { synthesize } from "../../src/stacks";

/** Parts of YAML, and of configurations, of which anything may be made. */
const PARTS = [
  ...["\n", "\n  ", "\n    ", " ", "  ", "\t", "\r\n", ": ", ":", "- ", "? ", ", ", "{", "}", "[", "]", "#", " # "],
  ...["'", '"', "|", ">", ">-\n", "&a ", "*a", "&b ", "*b", "<<: ", "<<: *a\n", "!", "!!str ", "!foo ", "!!binary "],
  ...["---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n", "@", "`", "\\", "\u2028", "\ufeff", "\ud800", "\0", "é", "🎉"],
  ...["trails", "defaults", "state", "s3", "local", "gcs", "cloud", "workspace", "main", "example", "__proto__"],
  ...["account_id", "account_name", "region", "owner", "tags", "log_bucket", "name", "organization", "insights"],
  ...['"111122223333"', "012345678901", "eu-central-1", "null", "~", "true", "yes", "1e999", ".nan", "0x1F", "${x}"],
  ...["trails:\n  main:\n    ", "state: { local: {} }\n", 'account_id: "111122223333"\n    '],
];

const INPUTS = {
  account_id: "111122223333",
  account_name: "example",
  region: "eu-central-1",
  owner: "Me",
  organization: { id: "o-exampleorgid", management_account_id: "111122223333" },
  management_events: { read_write_type: "All", exclude_event_sources: ["kms.amazonaws.com"] },
  s3_data_events: {},
  lambda_data_events: null,
  insights: { api_call_rate: true },
  log_bucket: { name: "example-logs", prefix: "logs", retention_days: 400, force_destroy: true },
  tags: { Stage: "live" },
  prevent_destroy: true,
  role_arn: "arn:aws:iam::111122223333:role/audit",
  multi_region: false,
};

const RIGHT = {
  state: { s3: { bucket: "example-states", region: "eu-central-1", key: "k", kms_key_id: null } },
  defaults: { tags: { Team: "audit" }, log_bucket: {}, insights: {} },
  trails: {
    main: { ...INPUTS, state: { cloud: { organization: "o", workspace: { tags: { a: "b" }, project: "p" } } } },
    other: { account_id: "444455556666", account_name: "other", region: "us-east-1", owner: "Me" },
    third: {
      account_id: "777788889999",
      account_name: "third",
      region: "us-east-1",
      owner: "Me",
      state: { gcs: { a: [1, {}] } },
    },
  },
};

/** Texts and names that programs stumble over. */
const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "0",
    "-1",
    "//",
    "${x}",
    "%{ if }",
    "$${x}",
    "TfToken[1]",
  ),
  fc.constantFrom(
    "${TfToken[TOKEN.0]}",
    "#{TfToken[0]}",
    "String Map Token Value",
    "a".repeat(200),
    "\u2028",
    "\ud800",
  ),
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, true, false, [], {}, Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300, 90.5, 91),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.double() },
);

/** A way into a value, by numbers that choose at each step. */
type Way = readonly number[];

/** The value with something else put where the way leads, under a name that is there or another one. */
function changed(value: unknown, way: Way, name: string | undefined, put: unknown): unknown {
  const [choice, ...rest] = way;
  if (typeof value !== "object" || value === null || choice === undefined) {
    return put;
  }
  const keys = Object.keys(value);
  if (keys.length === 0 || (rest.length === 0 && name !== undefined)) {
    return Array.isArray(value) ? [...value, put] : Object.fromEntries([...Object.entries(value), [name ?? "a", put]]);
  }
  const key = keys[choice % keys.length] as string;
  const entries = Object.entries(value).map(([each, item]) => [
    each,
    each === key ? changed(item, rest, name, put) : item,
  ]);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const nearlyRight = fc
  .array(
    fc.record({
      way: fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
      name: fc.option(hostileText, { nil: undefined }),
      put: hostileValue,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => changes.reduce<unknown>((value, { way, name, put }) => changed(value, way, name, put), RIGHT));

/** Reads a configuration; undefined where it is wrong, and said to be so as every problem is. */
function readOrRefused(content: string | Uint8Array): Configuration | undefined {
  try {
    return readConfiguration("file.yaml", typeof content === "string" ? Buffer.from(content) : content);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    expect(error.problems.length).toBeGreaterThan(0);
    for (const line of error.message.split("\n")) {
      expect(line).toMatch(/^file\.yaml:[1-9][0-9]*:[1-9][0-9]*: ./);
    }
    return undefined;
  }
}

describe("whatever is given as a configuration", () => {
  const started = Date.now();

  test("is read or refused with its problems: bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readOrRefused(bytes)),
      { numRuns: 200 },
    );
  });

  test("is read or refused with its problems: text that is nearly YAML", () => {
    const texts = fc.array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 3 })), { maxLength: 60 });
    fc.assert(
      fc.property(texts, (parts) => {
        const configuration = readOrRefused(parts.join(""));
        if (configuration !== undefined) {
          synthesize(configuration.trails);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("is read or refused with its problems: any value, as JSON and as YAML", () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom("trails", "state", "defaults"), fc.jsonValue()),
    );
    fc.assert(
      fc.property(values, (value) => {
        expect(readOrRefused(JSON.stringify(value)) === undefined).toBe(readOrRefused(stringify(value)) === undefined);
      }),
      { numRuns: 200 },
    );
  });

  test("is refused, or makes stacks, where it is nearly right", () => {
    fc.assert(
      fc.property(nearlyRight, (value) => {
        const configuration = readOrRefused(stringify(value, { aliasDuplicateObjects: false }));
        if (configuration !== undefined) {
          const files = synthesize(configuration.trails);
          expect([...files.keys()].sort()).toEqual(
            [...configuration.trails.map(({ name }) => `stacks/${name}/cdk.tf.json`), "manifest.json"].sort(),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  test("stands in the stacks as it is, where any text may be given", () => {
    let accepted = 0;
    const texts = fc.record({
      profile: hostileText,
      organization: hostileText,
      workspace: hostileText,
      key: hostileText,
    });
    fc.assert(
      fc.property(texts, ({ profile, organization, workspace, key }) => {
        const inputs = { account_id: "111122223333", account_name: "a", region: "us-east-1", owner: "Me", profile };
        const state = { s3: { bucket: "example-states", region: "us-east-1", key } };
        const other = { cloud: { organization, workspace: { name: workspace } } };
        const third = { gcs: { bucket: key, [key]: { labels: [workspace, { [organization]: true }] } } };
        for (const [backend, settings] of [state, other, third].flatMap((each) => Object.entries(each))) {
          const value = { state: { [backend]: settings }, trails: { a: inputs } };
          const configuration = readOrRefused(JSON.stringify(value));
          if (configuration !== undefined) {
            accepted += 1;
            const files = synthesize(configuration.trails);
            const stack = JSON.parse(files.get("stacks/a/cdk.tf.json") as string) as {
              readonly provider: { readonly aws: readonly { readonly profile: string }[] };
              readonly terraform: { readonly backend: Record<string, unknown>; readonly cloud?: unknown };
            };
            expect(stack.provider.aws[0]?.profile).toBe(profile.normalize("NFC").replace(/([$%])\{/g, "$1$1{"));
            expect(stack.terraform.cloud ?? stack.terraform.backend[backend]).toMatchObject(
              {
                s3: { key: key.normalize("NFC") },
                cloud: { organization: organization.normalize("NFC") },
                gcs: third.gcs,
              }[backend] as object,
            );
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  test("takes no long time", () => {
    expect(Date.now() - started).toBeLessThan(120_000);
  });
});

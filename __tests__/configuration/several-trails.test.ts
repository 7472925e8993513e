import { synthesize } from "../../src/stacks";
import { INPUTS, problemsOf, read, STATE } from "./support/configurations";

/** A configuration with defaults, which begin in line 4, and trails `a` and `b`, each given as one line of flow style. */
function withDefaults(defaults: string, a: string, b: string): string {
  return `${STATE}defaults:\n  ${defaults}\ntrails:\n  a: { account_id: "111122223333", ${a} }\n  b: { account_id: "444455556666", ${b} }\n`;
}

const SHARED = "{ account_name: example, region: eu-central-1, owner: Me }";

/** The inputs of the trails of a configuration that is right. */
function inputsOf(content: string): readonly object[] {
  return read(content).trails.map(({ inputs }) => inputs);
}

describe("the defaults", () => {
  test("are what trails do not say themselves", () => {
    expect(inputsOf(withDefaults(SHARED, "", "owner: You"))).toMatchObject([
      { accountId: "111122223333", accountName: "example", owner: "Me" },
      { accountId: "444455556666", accountName: "example", owner: "You" },
    ]);
  });

  test("hold for what stands with a trail, too", () => {
    const content = withDefaults(
      `${SHARED.slice(0, -1)}, prevent_destroy: true, profile: audit }`,
      "prevent_destroy: false",
      "profile: null",
    );
    expect(read(content).trails).toMatchObject([
      { preventDestroy: false, provider: { profile: "audit" } },
      { preventDestroy: true, provider: { profile: null } },
    ]);
  });

  test("have the maps of trails laid over their own, and are replaced else", () => {
    const content = withDefaults(
      `${SHARED.slice(0, -1)}, tags: { One: a, Two: a }, log_bucket: { prefix: logs, retention_days: 400 }, management_events: { exclude_event_sources: [kms.amazonaws.com] } }`,
      "tags: { Two: b, Three: b }, log_bucket: { retention_days: 500 }",
      "management_events: { exclude_event_sources: [] }",
    );
    expect(inputsOf(content)).toMatchObject([
      {
        tags: { One: "a", Two: "b", Three: "b" },
        logBucket: { prefix: "logs", retention_days: 500 },
        managementEvents: { exclude_event_sources: ["kms.amazonaws.com"] },
      },
      {
        tags: { One: "a", Two: "a" },
        logBucket: { prefix: "logs", retention_days: 400 },
        managementEvents: { exclude_event_sources: [] },
      },
    ]);
  });

  test("give way to a null, which stands for what holds without them", () => {
    const content = withDefaults(
      `${SHARED.slice(0, -1)}, insights: {}, s3_data_events: null, multi_region: false, tags: { One: a }, log_bucket: { prefix: logs } }`,
      "insights: null, s3_data_events: {}, multi_region: null, tags: null, log_bucket: { prefix: null }",
      "",
    );
    expect(inputsOf(content)).toMatchObject([
      { insights: null, s3DataEvents: {}, multiRegion: true, tags: {}, logBucket: { prefix: null } },
      { insights: {}, s3DataEvents: null, multiRegion: false, tags: { One: "a" }, logBucket: { prefix: "logs" } },
    ]);
  });

  test("may all be commented out", () => {
    expect(inputsOf(withDefaults("# owner: Me", `${SHARED.slice(1, -1)}`, `${SHARED.slice(1, -1)}`))).toHaveLength(2);
  });

  test("are told of once, and at their place, where they are wrong for all trails that take them", () => {
    const content = withDefaults(
      `{ account_name: example, region: nowhere, ownr: Me, owner: 1, log_bucket: { nam: a }, organization: { id: o-exampleorgid } }`,
      "",
      "owner: Me",
    );
    expect(problemsOf(content).map((problem) => problem.replace("file.yaml:", ""))).toEqual([
      '4:28: defaults.region: must be the name of an AWS region, such as "eu-central-1"; got "nowhere"',
      "4:45: defaults.ownr: is not a known name; did you mean owner?",
      "4:55: defaults.owner: must be a text, in quotes; got the number 1",
      "4:79: defaults.log_bucket.nam: is not a known name; did you mean name?",
      "4:89: defaults.organization.management_account_id: must be given: The management account",
    ]);
  });

  test("are told of at their place also where another trail takes something else than a map instead", () => {
    const content = withDefaults(
      "{ account_name: example, region: eu-central-1, owner: Me, tags: { One: 1 } }",
      "",
      "tags: null",
    );
    expect(problemsOf(content)).toEqual([
      "file.yaml:4:69: defaults.tags.One: must be a text, in quotes; got the number 1",
    ]);
  });

  test("are told of as they were written", () => {
    expect(
      problemsOf(
        `${STATE}defaults: { account_id: 012345678901 }\ntrails:\n  a: { account_name: a, owner: Me, region: eu-central-1 }\n`,
      ),
    ).toEqual([
      "file.yaml:3:13: defaults.account_id: must be a text, in quotes; got 012345678901, which YAML reads as the number 12345678901",
    ]);
  });

  test("are not told of where a trail alone makes them wrong", () => {
    const content = withDefaults(
      `{ account_name: example, region: eu-central-1, owner: Me, insights: { api_error_rate: false } }`,
      "",
      "management_events: { read_write_type: ReadOnly }",
    );
    expect(problemsOf(content)).toEqual([
      'file.yaml:7:3: trails.b.insights: must have api_call_rate = false where no management events that write are recorded; got {"api_call_rate":true,"api_error_rate":false}',
    ]);
  });

  test("keep what a trail lays over them in its own place", () => {
    const content = withDefaults(
      `{ account_name: example, region: eu-central-1, owner: Me, log_bucket: { prefix: logs }, tags: { One: a } }`,
      "log_bucket: { retention_days: 1 }",
      "tags: { Two: 2 }",
    );
    expect(problemsOf(content).map((problem) => problem.replace(/; got.*/, ""))).toEqual([
      "file.yaml:6:50: trails.a.log_bucket.retention_days: must be a whole number of days from 90 to 36500",
      "file.yaml:7:44: trails.b.tags.Two: must be a text, in quotes",
    ]);
  });
});

describe("two trails", () => {
  /** Two trails that differ in their accounts alone, each with lines of its own. */
  function two(state: string, ofA: string, ofB: string): string {
    const trail = (name: string, account: string, own: string): string =>
      `  ${name}:\n    ${INPUTS.replace("111122223333", account)}\n${own === "" ? "" : `    ${own}\n`}`;
    return `${state}trails:\n${trail("a", "111122223333", ofA)}${trail("b", "444455556666", ofB)}`;
  }

  const S3 = (rest: string): string => `state: { s3: { bucket: example-states, region: eu-central-1${rest} } }`;
  const DESTROYS = /: must not be the same for a and b, or each destroys the other; /;

  test.each([
    ["the key of all", two(`${S3(", key: k")}\n`, "", ""), /^file\.yaml:1:1: state:.*leave out key/],
    [
      "one bucket and key",
      two("", S3(", key: k"), S3(", key: k, encrypt: false, profile: a")),
      /^file\.yaml:13:5: trails\.b\.state:/,
    ],
    ["the key that is derived of the other", two(STATE, S3(", key: audit-trail/b/terraform.tfstate"), ""), DESTROYS],
    [
      "one workspace",
      two("state: { cloud: { organization: o, workspace: { name: w } } }\n", "", ""),
      /give the trail a state of its own$/,
    ],
    [
      "one workspace, told in two ways",
      two(
        "state: { cloud: { organization: o, workspace: { name: w } } }\n",
        "",
        "state: { cloud: { organization: o, hostname: App.Terraform.io, workspace: { name: w, project: p } } }",
      ),
      DESTROYS,
    ],
    [
      "the tags of workspaces",
      two(
        "state: { cloud: { organization: o, workspace: { tags: { a: b, c: d } } } }\n",
        "",
        "state: { cloud: { organization: o, workspace: { tags: { c: d, a: b } } } }",
      ),
      DESTROYS,
    ],
    [
      "one file",
      two(
        "",
        "state: { local: { path: /states/x.tfstate } }",
        "state: { local: { path: ../../../../../../states/x.tfstate } }",
      ).replace("/states", "/project/../states"),
      DESTROYS,
    ],
    [
      "one file, from each folder",
      two("", "state: { local: { path: x.tfstate } }", "state: { local: { path: ../a/./x.tfstate } }"),
      DESTROYS,
    ],
    [
      "the settings of a backend",
      two("state: { gcs: { bucket: example, prefix: p } }\n", "", "state: { gcs: { prefix: p, bucket: example } }"),
      DESTROYS,
    ],
  ])("do not share a state by %s", (_, content, expected) => {
    expect(problemsOf(content)).toEqual([expect.stringMatching(expected)]);
    expect(problemsOf(content)).toEqual([expect.stringMatching(DESTROYS)]);
  });

  test.each([
    ["keys", two(STATE, S3(", key: k"), "")],
    ["buckets", two("", S3(", key: k"), S3(", key: k").replace("example", "other"))],
    [
      "workspaces",
      two(
        "state: { cloud: { organization: o, workspace: { name: w } } }\n",
        "",
        "state: { cloud: { organization: o, workspace: { name: v } } }",
      ),
    ],
    ["files", two("state: { local: {} }\n", "", "")],
    ["files of one name, each in its folder", two("state: { local: { path: x.tfstate } }\n", "", "")],
    ["backends", two(STATE, "", "state: { gcs: { bucket: example-states } }")],
    ["settings that Terraform is given when it runs", two("state: { pg: {} }\n", "", "")],
  ])("may differ in the %s of their states", (_, content) => {
    expect(problemsOf(content)).toEqual([]);
  });

  test("have the state of all where they have none of their own, which a null says, too", () => {
    const { trails } = read(two(STATE, "state: null", "state: { local: {} }"));
    expect(trails.map(({ state }) => state.backend)).toEqual(["s3", "local"]);
  });

  test("are told of what is wrong with the state of all once, even where none takes it", () => {
    expect(problemsOf(two("state: { s4: {} }\n", "", ""))).toEqual([
      "file.yaml:1:10: state.s4: is not a known name; did you mean s3?",
    ]);
    expect(problemsOf(two("state: { s4: {} }\n", "state: { local: {} }", "state: { local: {} }"))).toEqual([
      "file.yaml:1:10: state.s4: is not a known name; did you mean s3?",
    ]);
    expect(problemsOf(two("", "", ""))).toEqual([
      "file.yaml:1:1: state: must be given: where Terraform keeps its state, such as s3 with its bucket and region",
    ]);
  });

  /** Two trails of one account, each with lines of its own. */
  function ofOneAccount(ofA: string, ofB: string, region = "eu-central-1"): string {
    const trail = (name: string, at: string, own: string): string =>
      `  ${name}:\n    account_id: "111122223333"\n    region: ${at}\n    owner: Me\n    ${own}\n`;
    return `${STATE}trails:\n${trail("a", "eu-central-1", ofA)}${trail("b", region, ofB)}`;
  }

  test.each([
    ["given", "name: one", "name: one", "13:5: trails.b.name"],
    ["derived", "account_name: one", "account_name: one", "13:5: trails.b.account_name"],
    ["given and derived", "account_name: one", "name: one-logs", "13:5: trails.b.name"],
  ])("of one account do not have one name: %s", (_, ofA, ofB, place) => {
    expect(problemsOf(ofOneAccount(ofA, ofB, "us-east-1"))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^file\\.yaml:${place}: must give another name than that of a, which is a trail of the same account \\(dots and hyphens count as the same\\); set name; got "`,
        ),
      ),
    ]);
  });

  test("of one organization do not have one name, whichever account makes them", () => {
    const own = "name: one, organization: { id: o-exampleorgid, management_account_id: '999900001111' }";
    expect(problemsOf(withDefaults(SHARED, own, own))).toEqual([
      expect.stringMatching(/^file\.yaml:7:36: trails\.b\.name/),
    ]);
  });

  test("may have one name in two accounts, or in two regions that each records alone", () => {
    expect(problemsOf(withDefaults(SHARED, "name: one", "name: one"))).toEqual([]);
    const alone = "{ name: one, multi_region: false }";
    expect(problemsOf(ofOneAccount(`<<: ${alone}`, `<<: ${alone}`, "us-east-1"))).toEqual([]);
    expect(problemsOf(ofOneAccount(`<<: ${alone}`, `<<: ${alone}`))).toHaveLength(2);
  });

  test("do not have log buckets of one name, given or derived, in any account", () => {
    expect(problemsOf(ofOneAccount("name: one", "name: two"))).toEqual([
      'file.yaml:9:3: trails.b.log_bucket.name: must be another name than that of the log bucket of a; names of buckets are unique in the world; got "bucket-for-cloudtrail-logs-111122223333-eu-central-1"',
    ]);
    const bucket = "log_bucket: { name: example-logs }";
    expect(problemsOf(withDefaults(SHARED, bucket, bucket))).toEqual([
      expect.stringMatching(/^file\.yaml:7:50: trails\.b\.log_bucket\.name: must be another name/),
    ]);
    expect(problemsOf(ofOneAccount("name: one", "name: two", "us-east-1"))).toEqual([]);
    expect(problemsOf(ofOneAccount(`name: one\n    ${bucket}`, `name: two\n    ${bucket}`, "cn-north-1"))).toEqual([]);
  });

  test.each([
    ["a trail", "{ name: one, region: eu-central-1, owner: Me }", "name", /must give another name than that of a/],
    [
      "a log bucket",
      "{ account_name: one, region: eu-central-1, owner: Me, log_bucket: { name: example-logs } }",
      "log_bucket.name",
      /must be another name than that of the log bucket of a/,
    ],
  ])("do not have one name of %s where both take it from the defaults", (_, defaults, path, requirement) => {
    const content = withDefaults(defaults, "", "").replace("444455556666", "111122223333");
    const ofName = problemsOf(content).filter((problem) => problem.includes(`trails.b.${path}: `));
    expect(ofName).toEqual([expect.stringMatching(requirement)]);
  });

  test.each([
    ["trails, but for dots", "name: one.two", "name: one-two", "name", "that of a, which is a trail"],
    [
      "buckets for access logs",
      "name: one\n    log_bucket: { access_logs: { name: example-access } }",
      "name: two\n    log_bucket: { access_logs: { name: example-access } }",
      "log_bucket.access_logs.name",
      "that of the bucket for access logs of a; names of buckets are unique in the world",
    ],
    [
      "buckets, one for logs and one for access logs, given and derived",
      "name: one\n    log_bucket: { name: example, access_logs: {} }",
      "name: two\n    log_bucket: { name: example-access }",
      "log_bucket.name",
      "that of the bucket for access logs of a; names of buckets are unique in the world",
    ],
    [
      "aliases, given and derived",
      "name: one\n    encryption: {}",
      "name: two\n    encryption: { alias: alias/one }",
      "encryption.alias",
      "that of the key of a; aliases are unique in a region of an account",
    ],
    [
      "log groups, given and derived",
      "name: one\n    cloudwatch_logs: {}",
      "name: two\n    cloudwatch_logs: { log_group_name: /aws/cloudtrail/one }",
      "cloudwatch_logs.log_group_name",
      "that of the log group of a; names of log groups are unique in a region of an account",
    ],
  ])("of one account do not have %s of one name", (_, ofA, ofB, path, expected) => {
    // Without names of their own, their log buckets have one, too.
    const told = problemsOf(ofOneAccount(ofA, ofB)).filter((problem) => problem.includes(`: trails.b.${path}: `));
    expect(told).toEqual([expect.stringContaining(`another name than ${expected}`)]);
  });

  test("of two regions do not have roles of one name, which are those of the account", () => {
    const alone = "<<: { name: one, multi_region: false, cloudwatch_logs: {} }";
    expect(problemsOf(ofOneAccount(alone, alone, "us-east-1"))).toEqual([
      expect.stringContaining(
        'trails.b.cloudwatch_logs.role_name: must be another name than that of the role for CloudWatch Logs of a; names of roles are unique in an account, whatever the region; got "one-cloudwatch-logs"',
      ),
    ]);
  });

  test.each([
    ["a key", "encryption: { existing_key: { arn: KEY } }"],
    ["a log group and a role", "cloudwatch_logs: { existing_log_group: { arn: GROUP }, existing_role: { arn: ROLE } }"],
    ["a bucket", "log_bucket: { existing_bucket: { name: all-logs } }"],
    ["a bucket for access logs", "log_bucket: { access_logs: { existing_bucket: { name: all-access-logs } } }"],
  ])("may share %s that is there already", (_, part) => {
    const own = part
      .replace("KEY", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
      .replace("GROUP", "'arn:aws:logs:eu-central-1:111122223333:log-group:all'")
      .replace("ROLE", "'arn:aws:iam::111122223333:role/all'");
    const problems = problemsOf(ofOneAccount(`name: one\n    ${own}`, `name: two\n    ${own}`));
    expect(problems.filter((problem) => problem.includes("another name than that of the"))).toEqual(
      part.includes("log_bucket: { existing_bucket") ? [] : [expect.stringContaining("that of the log bucket of a")],
    );
  });

  test("have the names that the construct derives: a clash is seen where AWS would see it", () => {
    const derived = { name: "example-logs", bucket: "bucket-for-cloudtrail-logs-111122223333-eu-central-1" };
    const stack = synthesize(read(`${STATE}trails:\n  main:\n    ${INPUTS}\n`).trails).get("stacks/main/cdk.tf.json");
    const { resource } = JSON.parse(stack as string) as { resource: Record<string, Record<string, object>> };
    expect(resource.aws_cloudtrail?.trail).toMatchObject({ name: derived.name });
    expect(resource.aws_s3_bucket?.log_bucket).toMatchObject({ bucket: derived.bucket });
    expect(
      problemsOf(
        ofOneAccount(
          "account_name: example",
          `name: ${derived.name}\n    log_bucket: { name: ${derived.bucket} }`,
          "us-east-1",
        ),
      ),
    ).toHaveLength(2);
  });
});

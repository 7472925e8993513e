import { ConfigurationError } from "../../src/configuration";
import { INPUTS, problemsOf, read, STATE, withInputs, withMore } from "./support/configurations";

const INPUTS_OF_TRAILS =
  "prevent_destroy, region_argument, alarm_regions, former_alarm_regions, profile, role_arn, deployment_role, account_id, account_name, region, owner, name, organization, " +
  "multi_region, enable_logging, management_events, s3_data_events, lambda_data_events, insights, cloudwatch_logs, " +
  "create_trail, encryption, alarms, log_bucket, tags";

describe("a configuration that is right", () => {
  test("is the inputs of its trails, their states, and what stands with them", () => {
    const { trails } = read(
      withMore(
        "s3_data_events: null\n    log_bucket: { retention_days: 400 }\n    tags: { Stage: live }\n" +
          "    prevent_destroy: true\n    profile: audit\n    role_arn: arn:aws:iam::111122223333:role/path/audit",
      ),
    );
    expect(trails).toHaveLength(1);
    expect(trails[0]).toMatchObject({
      name: "main",
      inputs: {
        accountId: "111122223333",
        accountName: "example",
        region: "eu-central-1",
        owner: "Example Owner",
        s3DataEvents: null,
        logBucket: { retention_days: 400 },
        tags: { Stage: "live" },
      },
      preventDestroy: true,
      regionArgument: false,
      provider: { profile: "audit", role_arn: "arn:aws:iam::111122223333:role/path/audit" },
      state: { backend: "s3", settings: { key: "audit-trail/main/terraform.tfstate" } },
    });
  });

  test("has one trail an entry, in the order of the file", () => {
    const entry = (name: string, account: string): string =>
      `  ${name}:\n    ${INPUTS.replace("111122223333", account).replace("example", name)}\n`;
    const { trails } = read(`${STATE}trails:\n${entry("b", "444455556666")}${entry("a", "777788889999")}`);
    expect(trails.map(({ name, state }) => [name, state.settings.key])).toEqual([
      ["b", "audit-trail/b/terraform.tfstate"],
      ["a", "audit-trail/a/terraform.tfstate"],
    ]);
  });

  test("has no values of the template where they are replaced", () => {
    const inputs = INPUTS.replace("111122223333", "444455556666").replace("example", "main").replace("Example", "An");
    expect(read(withInputs(inputs)).trails[0]?.placeholders).toEqual([]);
  });

  test("tells of those within an input, too", () => {
    const content = withMore(
      "alarms: { subscriptions: { mail: { protocol: email, endpoint: security@example.com } } }",
    );
    expect(read(content).trails[0]?.placeholders).toContainEqual({
      path: ["trails", "main", "alarms", "subscriptions", "mail", "endpoint"],
      value: "security@example.com",
      line: 9,
    });
  });

  test("tells which values are those of the template", () => {
    const content = withInputs(
      INPUTS,
      "state:\n  s3: { bucket: example-terraform-state-111122223333, region: eu-central-1 }\n",
    );
    expect(read(content).trails[0]?.placeholders).toEqual([
      { path: ["trails", "main", "account_id"], value: "111122223333", line: 5 },
      { path: ["trails", "main", "account_name"], value: "example", line: 6 },
      { path: ["trails", "main", "owner"], value: "Example Owner", line: 8 },
      { path: ["state", "s3", "bucket"], value: "example-terraform-state-111122223333", line: 2 },
    ]);
  });
});

describe("a configuration that is wrong", () => {
  test("says all that is wrong at once, each at its place, in the order of the file", () => {
    const content = [
      "stat: { s3: {} }",
      "state:",
      "  s3: { bucket: Example, regoin: eu-central-1 }",
      "defaults:",
      "  acount_name: example",
      "  tags: { Stage: 1 }",
      "trails:",
      "  main:",
      "    account_id: 012345678901",
      "    region: eu-central",
      "    log_bucket: { retention: 400, prefix: /logs }",
      "    insights: { api_call: true }",
      "    organization: { id: example }",
      "    prevent_destory: true",
      "  Other One:",
      "    owner: [a]",
      "    account_id: '1'",
      "    region: us-east-1",
      "    account_name: a",
      "",
    ].join("\n");
    expect(problemsOf(content).map((problem) => problem.replace(/^file\.yaml:/, ""))).toEqual([
      "1:1: stat: is not a known name; did you mean state?",
      '3:9: state.s3.bucket: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "Example"',
      "3:26: state.s3.regoin: is not a known name; did you mean region?",
      "5:3: defaults.acount_name: is not a known name; did you mean account_name?",
      "6:11: defaults.tags.Stage: must be a text, in quotes; got the number 1",
      "8:3: trails.main.owner: must be given: The creator of the trail: the value of the tag `Own` on every resource",
      "8:3: trails.main.name: must be given where account_name is not; got null",
      "9:5: trails.main.account_id: must be a text, in quotes; got 012345678901, which YAML reads as the number 12345678901",
      '10:5: trails.main.region: must be the name of an AWS region, such as "eu-central-1"; got "eu-central"',
      "11:19: trails.main.log_bucket.retention: is not a known name; did you mean retention_days?",
      '11:35: trails.main.log_bucket.prefix: must not begin or end with a slash, nor have two in a row; got "/logs"',
      "12:17: trails.main.insights.api_call: is not a known name; did you mean api_call_rate?",
      "13:5: trails.main.organization.management_account_id: must be given: The management account",
      '13:21: trails.main.organization.id: must be the id of an organization, such as "o-exampleorgid"; got "example"',
      "14:5: trails.main.prevent_destory: is not a known name; did you mean prevent_destroy?",
      '15:3: trails["Other One"]: must be named by 1 to 63 lower-case letters, digits, underscores or hyphens that do not begin with one of these two, as it becomes a folder; got "Other One"',
      '16:5: trails["Other One"].owner: must be a text; got the list ["a"]',
      '17:5: trails["Other One"].account_id: must be the 12 digits of an AWS account id; got "1"',
    ]);
  });

  test("is an error with the file and the problems, for programs", () => {
    expect(() => read(withMore("foo: 1"))).toThrow(ConfigurationError);
    try {
      read(withMore("foo: 1"));
    } catch (error) {
      expect(error).toMatchObject({
        name: "ConfigurationError",
        file: "file.yaml",
        problems: [{ path: ["trails", "main", "foo"], position: { line: 9, column: 5 } }],
      });
    }
  });

  test.each([
    ["the root", "trial:\n", "trial: is not a known name; did you mean trails?"],
    ["the root, without one near", "foo:\n", "foo: is not a known name; use one of state, defaults, trails"],
    [
      "the root, where it is that of a trail",
      "owner: Me\n",
      "owner: must stand with a trail, as trails.<name>.owner, or under defaults",
    ],
    ["defaults", "defaults: { ownr: Me }\n", "defaults.ownr: is not a known name; did you mean owner?"],
    [
      "defaults, where it stands for the state",
      "defaults: { state: {} }\n",
      "defaults.state: must stand beside defaults, not in it, to hold for all",
    ],
    [
      "an object of defaults",
      "defaults: { log_bucket: { nam: a } }\n",
      "defaults.log_bucket.nam: is not a known name; did you mean name?",
    ],
  ])("suggests the nearest name in %s", (_, content, expected) => {
    const [problem] = problemsOf(`${content}${withInputs(INPUTS)}`).map((each) =>
      each.replace(/^file\.yaml:1:\d+: /, ""),
    );
    expect(problem).toBe(expected);
  });

  test.each([
    ["a trail", "log_buckt: {}", "log_buckt: is not a known name; did you mean log_bucket?"],
    ["a trail, for what stands with it", "profil: a", "profil: is not a known name; did you mean profile?"],
    ["a trail, for its state", "stat: {}", "stat: is not a known name; did you mean state?"],
    ["a trail, without one near", "foo: 1", `foo: is not a known name; use one of state, ${INPUTS_OF_TRAILS}`],
    [
      "an object",
      "organization: { id: o-exampleorgid, managementAccountId: '111122223333' }",
      /organization\.managementAccountId: is not a known name; did you mean management_account_id\?/,
    ],
    [
      "an object with one name",
      "s3_data_events: { readWriteType: All }",
      "s3_data_events.readWriteType: is not a known name; did you mean read_write_type?",
    ],
  ])("suggests the nearest name in %s", (_, more, expected) => {
    const problems = problemsOf(withMore(more)).map((each) => each.replace(/^file\.yaml:9:\d+: trails\.main\./, ""));
    expect(problems).toContainEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });

  test.each([
    ["trails:", "got nothing (null)"],
    ["trails: {}", "got the map {}"],
    ["trails: [a]", 'got the list ["a"]'],
    ["trails: main", 'got the string "main"'],
  ])("has at least one trail: %s", (trails, got) => {
    expect(problemsOf(`${STATE}${trails}\n`)).toEqual([
      `file.yaml:3:1: trails: must be a map with at least one trail, by the name of its stack; ${got}`,
    ]);
  });

  test("says what is wrong beside what is not there", () => {
    expect(problemsOf("state: { s4: {} }\ndefaults: 3\nfoo: 1\n")).toEqual([
      "file.yaml:1:1: trails: must be a map with at least one trail, by the name of its stack",
      "file.yaml:1:10: state.s4: is not a known name; did you mean s3?",
      "file.yaml:2:1: defaults: must be a map of inputs that trails share; got the number 3",
      "file.yaml:3:1: foo: is not a known name; use one of state, defaults, trails",
    ]);
  });

  test.each([
    ["main:", "nothing (null)"],
    ["main: []", "the list []"],
    ["main: a", 'the string "a"'],
  ])("has a map for each trail: %s", (entry, got) => {
    expect(problemsOf(`${STATE}trails:\n  ${entry}\n`)).toEqual([
      `file.yaml:4:3: trails.main: must be a map of inputs; got ${got}`,
    ]);
  });

  test.each(["Main", "main.eu", "-main", "_main", "main/eu", "..", "", "ä", "a".repeat(64), "a b"])(
    "names no trail as no folder can be named: %j",
    (name) => {
      expect(problemsOf(`${STATE}trails:\n  ${JSON.stringify(name)}:\n    ${INPUTS}\n`)).toEqual([
        expect.stringMatching(/^file\.yaml:4:3: trails.+ must be named by 1 to 63 lower-case letters/),
      ]);
    },
  );

  test.each(["a", "0", "a-b_c", "a".repeat(63), "nul", "true"])("names trails as folders can be named: %s", (name) => {
    expect(read(`${STATE}trails:\n  ${name}:\n    ${INPUTS}\n`).trails.map((trail) => trail.name)).toEqual([name]);
  });

  test.each([
    ["nothing", '""'],
    ["no ARN", "audit"],
    ["a user", "arn:aws:iam::111122223333:user/audit"],
    ["a role without a name", "arn:aws:iam::111122223333:role/"],
    ["a role of a short account", "arn:aws:iam::1111:role/audit"],
  ])("assumes no role that is %s", (_, role) => {
    expect(problemsOf(withMore(`role_arn: ${role}`))).toEqual([
      expect.stringMatching(/^file\.yaml:9:5: trails\.main\.role_arn: must be the ARN of an IAM role, such as/),
    ]);
  });

  test.each([
    ["another account", "eu-central-1", "arn:aws:iam::444455556666:role/audit", "arn:aws:iam::111122223333:role/"],
    [
      "another partition",
      "us-gov-west-1",
      "arn:aws:iam::111122223333:role/audit",
      "arn:aws-us-gov:iam::111122223333:role/",
    ],
  ])("assumes no role of %s, which the provider would refuse", (_, region, role, expected) => {
    expect(
      problemsOf(
        withMore(`role_arn: ${role}`).replace("region: eu-central-1\n    owner", `region: ${region}\n    owner`),
      ),
    ).toEqual([
      `file.yaml:9:5: trails.main.role_arn: must be a role in the account of the trail, ${expected}…: credentials of another are refused; got "${role}"`,
    ]);
  });
});

describe("the further regions of alarms", () => {
  test.each([
    ['["eu-central-1"]', '["eu-central-1"]'],
    ['["us-east-1", "us-east-1"]', '["us-east-1"]'],
    ['["cn-north-1", "us-east-1"]', '["cn-north-1"]'],
  ])("are refused where they are %s", (given, wrong) => {
    expect(problemsOf(withMore(`alarm_regions: ${given}`))).toEqual([
      `file.yaml:9:5: trails.main.alarm_regions: must be regions other than the home region eu-central-1, once each, in the same partition of AWS; got ${wrong}`,
    ]);
  });

  test.each([
    ['["us-east-1", "eu-central-1", "us-east-1"]', '["us-east-1"]'],
    ['["cn-north-1", "us-east-1"]', '["cn-north-1"]'],
  ])("are refused as former ones where they are %s; the home region may have been one", (given, wrong) => {
    expect(problemsOf(withMore(`former_alarm_regions: ${given}`))).toEqual([
      `file.yaml:9:5: trails.main.former_alarm_regions: must be regions, once each, in the partition of AWS of the home region eu-central-1; got ${wrong}`,
    ]);
    expect(problemsOf(withMore('former_alarm_regions: ["us-east-1", "eu-central-1"]'))).toEqual([]);
  });

  test("are those that are given", () => {
    expect(read(withMore("alarm_regions: [us-east-1, eu-west-1]")).trails[0]?.alarmRegions).toEqual([
      "us-east-1",
      "eu-west-1",
    ]);
    expect(read(withInputs(INPUTS)).trails[0]?.alarmRegions).toBeNull();
  });
});

describe("who still may change the log bucket", () => {
  const denying = (except: string): string => `log_bucket: { deny_tampering: { except: ["${except}"] } }`;
  const ROLE = "arn:aws:iam::111122223333:role";

  test.each([
    ["the role that is assumed", `role_arn: ${ROLE}/tf/deployer`, `${ROLE}/tf/deployer`],
    [
      "the role of runs",
      "deployment_role: { role_path: /ci/, github_actions: { repository: acme/infrastructure } }",
      `${ROLE}/ci/audit-trail-apply`,
    ],
  ])("must be %s, too, or the next apply would fail", (_, deployer, arn) => {
    const content = withMore(`${deployer}\n    ${denying(`${ROLE}/other`)}`);
    expect(problemsOf(content)).toEqual([
      expect.stringContaining(
        `trails.main.log_bucket.deny_tampering.except: must have the role that deploys the trail, ${arn}, or it could not change the bucket again; got ["${ROLE}/other"]`,
      ),
    ]);
    for (const pattern of [arn, `${ROLE}/*`, arn.replace("audit-trail-", "*").replace("deployer", "d*er")]) {
      expect(problemsOf(withMore(`${deployer}\n    ${denying(pattern)}`))).toEqual([]);
    }
    // A dot in a pattern is a dot.
    expect(problemsOf(withMore(`${deployer}\n    ${denying(`${arn.slice(0, -1)}.`)}`))).toHaveLength(1);
  });

  test("is not known where the credentials come from elsewhere, or the bucket is not ours", () => {
    expect(problemsOf(withMore(denying(`${ROLE}/other`)))).toEqual([]);
  });
});

test("what is wrong with a role is told beside what is wrong with the state", () => {
  const content = withMore("role_arn: arn:aws:iam::444455556666:role/audit\n    state: { s4: {} }");
  expect(problemsOf(content).map((problem) => problem.replace(/^\S+ (\S+) .*/, "$1"))).toEqual([
    "trails.main.role_arn:",
    "trails.main.state.s4:",
  ]);
});

test("where there are neither trails nor a state, both are told", () => {
  expect(problemsOf("trails: {}\n")).toEqual([
    expect.stringContaining(": trails: must be a map with at least one trail"),
    expect.stringContaining(": state: must be given"),
  ]);
});

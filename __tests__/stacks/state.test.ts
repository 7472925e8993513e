import { problemText } from "../../src/inputs";
import { otherBackends, readState, type State } from "../../src/stacks";

/** The state of the stack `main` that a configuration asks for. */
function stateOf(given: unknown): State | undefined {
  const { state, problems } = readState(given, "main", ["state"]);
  expect(problems).toEqual([]);
  return state;
}

/** What is wrong with a state, a line each. */
function problemsOf(given: unknown): readonly string[] {
  const { state, problems } = readState(given, "main", ["state"]);
  expect(state).toBeUndefined();
  return problems.map((problem) => problemText(problem));
}

const KNOWN = ["s3", "cloud", "local", ...otherBackends].join(", ");
const SECRET =
  "must not be in a file, as it is a secret: give it to Terraform by its environment variable or -backend-config";

describe("the state", () => {
  test.each([
    ["nothing", undefined, "nothing (undefined)"],
    ["null", null, "nothing (null)"],
    ["a text", "s3", 'the string "s3"'],
    ["a list", ["s3"], 'the list ["s3"]'],
    ["an empty map", {}, "the map {}"],
    ["two backends", { pg: {}, local: {} }, "pg and local"],
  ])("names one backend, not %s", (_, given, got) => {
    expect(problemsOf(given)).toEqual([`state: must name one backend: ${KNOWN}; got ${got}`]);
  });

  test.each([
    ["S3", "did you mean s3?"],
    ["s4", "did you mean s3?"],
    ["gcp", "did you mean gcs?"],
    ["azurem", "did you mean azurerm?"],
    ["kubernets", "did you mean kubernetes?"],
    ["bucket", `use one of ${KNOWN}`],
    ["artifactory", `use one of ${KNOWN}`],
    ["constructor", `use one of ${KNOWN}`],
  ])("names a backend that there is, not %s", (backend, hint) => {
    expect(problemsOf({ [backend]: {} })).toEqual([`state.${backend}: is not a known name; ${hint}`]);
    expect(problemsOf({ [backend]: {}, local: {} })).toEqual([`state.${backend}: is not a known name; ${hint}`]);
  });

  test("is looked at within, however many backends are named", () => {
    expect(problemsOf({ s4: {}, local: { path: 1 }, gcs: { credentials: "secret" } })).toEqual([
      "state.s4: is not a known name; did you mean s3?",
      `state: must name one backend: ${KNOWN}; got local and gcs`,
      "state.local.path: must be a text, in quotes; got the number 1",
      `state.gcs.credentials: ${SECRET}`,
    ]);
  });
});

describe("state in S3", () => {
  const least = { bucket: "example-states", region: "eu-central-1" };

  test("has a key of its stack, is encrypted, and is locked by a file, where nothing else is said", () => {
    expect(stateOf({ s3: least })).toEqual({
      backend: "s3",
      settings: { ...least, key: "audit-trail/main/terraform.tfstate", encrypt: true, use_lockfile: true },
    });
  });

  test("has everything that is said", () => {
    const given = {
      ...least,
      key: "a/b.tfstate",
      encrypt: false,
      kms_key_id: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      use_lockfile: false,
      profile: "audit",
    };
    expect(stateOf({ s3: { ...given, role_arn: "arn:aws:iam::111122223333:role/states" } })).toEqual({
      backend: "s3",
      settings: { ...given, assume_role: { role_arn: "arn:aws:iam::111122223333:role/states" } },
    });
  });

  test("has by null what holds where nothing is said", () => {
    const nulls = { key: null, encrypt: null, kms_key_id: null, use_lockfile: null, profile: null, role_arn: null };
    expect(stateOf({ s3: { ...least, ...nulls } })).toEqual(stateOf({ s3: least }));
  });

  test("says what it needs", () => {
    const needs = [
      "state.s3.bucket: must be given: The bucket that keeps the state",
      "state.s3.region: must be given: The region of that bucket",
    ];
    expect(problemsOf({ s3: {} })).toEqual(needs);
    expect(problemsOf({ s3: null })).toEqual(needs);
    expect(problemsOf({ s3: "example-states" })).toEqual([
      'state.s3: must be an object; got the string "example-states"',
    ]);
  });

  test.each([
    [{ bucket: "Example" }, "bucket: must be 3 to 63 lower-case letters, digits, dots or hyphens"],
    [{ region: "Frankfurt" }, "region: must be the name of an AWS region"],
    [{ key: "" }, "key: must be 1 to 900 letters, digits or characters"],
    [{ key: "/a" }, "key: must not begin or end with a slash, nor have two in a row"],
    [{ key: "a/" }, "key: must not begin or end with a slash, nor have two in a row"],
    [{ key: "a*b" }, "key: must be 1 to 900 letters, digits or characters of ! _ . ' ( ) / : = + @ -"],
    [{ key: "a//b" }, "key: must not begin or end with a slash, nor have two in a row"],
    [{ key: 1 }, "key: must be a text, in quotes; got the number 1"],
    [{ encrypt: "true" }, "encrypt: must be true or false"],
    [{ use_lockfile: 1 }, "use_lockfile: must be true or false"],
    [{ kms_key_id: "alias/states" }, "kms_key_id: must be the ARN of a KMS key"],
    [{ kms_key_id: "arn:aws:kms:eu-central-1:111122223333:alias/states" }, "kms_key_id: must be the ARN of a KMS key"],
    [{ profile: "" }, "profile: must not be empty"],
    [{ role_arn: "states" }, "role_arn: must be the ARN of an IAM role"],
    [{ dynamodb_table: "locks" }, "dynamodb_table: is not a known name"],
    [{ use_lock_file: true }, "use_lock_file: is not a known name; did you mean use_lockfile?"],
  ])("refuses what Terraform or AWS would refuse later: %j", (given, expected) => {
    expect(problemsOf({ s3: { ...least, ...given } })).toEqual([expect.stringContaining(`state.s3.${expected}`)]);
  });
});

describe("state in HCP Terraform", () => {
  test("is in a workspace by name", () => {
    expect(stateOf({ cloud: { organization: "example", workspace: { name: "audit" } } })).toEqual({
      backend: "cloud",
      settings: { organization: "example", workspaces: { name: "audit" } },
    });
  });

  test("is in a workspace by tags, which are a map, of a project, on a host", () => {
    const tags = { app: "audit-trail", token: "none", empty: "" };
    const given = { hostname: "tfe.example.com", organization: "example", workspace: { tags, project: "security" } };
    expect(stateOf({ cloud: given })).toEqual({
      backend: "cloud",
      settings: { hostname: "tfe.example.com", organization: "example", workspaces: { tags, project: "security" } },
    });
  });

  test.each([
    ["both", { name: "audit", tags: { a: "b" } }, '{"name":"audit","tags":{"a":"b"}}'],
    ["neither", {}, "{}"],
    ["nulls for both", { name: null, tags: null }, '{"name":null,"tags":null}'],
    ["a project alone", { project: "security" }, '{"project":"security"}'],
  ])("has a workspace by name or by tags, not %s", (_, workspace, got) => {
    expect(problemsOf({ cloud: { organization: "example", workspace } })).toEqual([
      `state.cloud.workspace: must have either name or tags; got the map ${got}`,
    ]);
  });

  test("says all that is wrong at once", () => {
    expect(problemsOf({ cloud: { organisation: "a", token: "b", workspace: { nam: "c", tags: ["d"] } } })).toEqual([
      `state.cloud.token: ${SECRET}`,
      "state.cloud.organisation: is not a known name; did you mean organization?",
      "state.cloud.workspace.nam: is not a known name; did you mean name?",
      'state.cloud.workspace.tags: must be a map; got the list ["d"]',
    ]);
    expect(problemsOf({ cloud: { organization: "a" } })).toEqual([
      "state.cloud.workspace: must be given: The workspace, by name or by tags",
    ]);
  });

  test.each([
    [{ tags: {} }, "tags: must not be empty"],
    [{ name: "" }, "name: must not be empty"],
    [{ tags: { a: 1 } }, "tags.a: must be a text, in quotes; got the number 1"],
  ])("refuses a workspace that is none: %j", (workspace, expected) => {
    expect(problemsOf({ cloud: { organization: "example", workspace } })).toEqual([
      expect.stringContaining(`state.cloud.workspace.${expected}`),
    ]);
  });
});

describe("state in a file", () => {
  test("lies beside the folder of what is generated, which may be removed", () => {
    const expected = { backend: "local", settings: { path: "../../../terraform.main.tfstate" } };
    expect(stateOf({ local: {} })).toEqual(expected);
    expect(stateOf({ local: null })).toEqual(expected);
  });

  test("lies where it is said", () => {
    expect(stateOf({ local: { path: "a.tfstate" } })).toEqual({ backend: "local", settings: { path: "a.tfstate" } });
    expect(problemsOf({ local: { path: "" } })).toEqual(['state.local.path: must not be empty; got ""']);
    expect(problemsOf({ local: { file: "a" } })).toEqual(["state.local.file: is not a known name; use one of path"]);
  });
});

describe("state in another backend of Terraform", () => {
  test.each(otherBackends)("has its settings as they are given: %s", (backend) => {
    const settings = {
      ...{ text: "a/b-c_d", number: 3, yes: true, no: false, nothing: null, list: ["a", 1, [true]] },
      block: { name: "audit", labels: { "app.kubernetes.io/name": "x", token: "y" } },
    };
    expect(stateOf({ [backend]: settings })).toEqual({ backend, settings });
    expect(stateOf({ [backend]: {} })).toEqual({ backend, settings: {} });
    expect(stateOf({ [backend]: null })).toEqual({ backend, settings: {} });
  });

  test.each([
    ["a text", "bucket", 'the string "bucket"'],
    ["a list", [], "the list []"],
    ["a boolean", true, "the boolean true"],
  ])("has its settings as a map, not as %s", (_, settings, got) => {
    expect(problemsOf({ gcs: settings })).toEqual([
      `state.gcs: must be a map with the settings of the backend; got ${got}`,
    ]);
  });

  test.each([
    ["azurerm", "access_key"],
    ["azurerm", "sas_token"],
    ["azurerm", "client_secret"],
    ["azurerm", "client_certificate"],
    ["azurerm", "client_certificate_password"],
    ["azurerm", "oidc_token"],
    ["azurerm", "oidc_request_token"],
    ["consul", "access_token"],
    ["consul", "http_auth"],
    ["cos", "secret_id"],
    ["cos", "secret_key"],
    ["cos", "security_token"],
    ["gcs", "credentials"],
    ["gcs", "access_token"],
    ["gcs", "encryption_key"],
    ["http", "password"],
    ["http", "client_private_key_pem"],
    ["kubernetes", "token"],
    ["kubernetes", "client_key"],
    ["oci", "private_key"],
    ["oci", "private_key_password"],
    ["oss", "secret_key"],
    ["pg", "conn_str"],
    ["remote", "token"],
  ])("has no secrets: %s with %s", (backend, name) => {
    expect(problemsOf({ [backend]: { [name]: "x" } })).toEqual([`state.${backend}.${name}: ${SECRET}`]);
    expect(problemsOf({ [backend]: { within: [{ [name]: "x" }] } })).toEqual([
      `state.${backend}.within[0].${name}: ${SECRET}`,
    ]);
    expect(stateOf({ [backend]: { [name]: null } })).toEqual({ backend, settings: { [name]: null } });
  });

  test.each(["https://user:pass@example.com/state", "postgres://audit:p%40ss@db/state"])(
    "has no password in an address: %s",
    (address) => {
      expect(problemsOf({ http: { address, list: [address] } })).toEqual([
        `state.http.address: ${SECRET}`,
        `state.http.list[0]: ${SECRET}`,
      ]);
      expect(problemsOf({ s3: { bucket: "abc", region: "eu-central-1", key: "a", profile: address } })).toEqual([
        `state.s3.profile: ${SECRET}`,
      ]);
    },
  );

  test.each(["https://example.com:8443/a?b=c:d@e", "https://user@example.com/", "a:b@c"])(
    "may have an address without one: %s",
    (address) => {
      expect(stateOf({ http: { address } })?.settings).toEqual({ address });
    },
  );

  test.each(["${path.cwd}", "%{ if true }", "$${x}"])(
    "has no text that Terraform takes as it is and OpenTofu evaluates: %s",
    (value) => {
      const expected = expect.stringContaining("must not hold ${ or %{, which Terraform and OpenTofu read in two ways");
      expect(problemsOf({ http: { address: value } })).toEqual([expected]);
      expect(problemsOf({ http: { [value]: "a" } })).toEqual([expected]);
      expect(problemsOf({ local: { path: value } })).toEqual([expected]);
      expect(problemsOf({ cloud: { organization: value, workspace: { name: "a" } } })).toEqual([expected]);
    },
  );

  test.each([
    ["${TfToken[TOKEN.0]}", "must not look like a token of cdktf"],
    ["String Map Token Value", "must not look like a token of cdktf"],
    ["\ud800", "must be well-formed Unicode"],
    ["a\0b", "must not hold the character NUL"],
  ])("has no text that would not arrive: %j", (value, expected) => {
    for (const settings of [{ a: value }, { [value]: 1 }, { a: [{ b: value }] }]) {
      expect(problemsOf({ gcs: settings })).toEqual([expect.stringContaining(expected)]);
    }
  });

  test("has no key that JavaScript would lose", () => {
    expect(problemsOf({ gcs: JSON.parse('{"a":{"__proto__":1}}') as object })).toEqual([
      "state.gcs.a.__proto__: must not be a key, as JavaScript would lose it",
    ]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53])(
    "has no number that JSON would change: %d",
    (value) => {
      expect(problemsOf({ http: { retry_max: value } })).toEqual([
        `state.http.retry_max: must be a whole number that every program reads alike; got the number ${value}`,
      ]);
    },
  );
});

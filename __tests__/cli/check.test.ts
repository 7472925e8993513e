import { CONFIGURATION, Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

describe("check", () => {
  test("tells of each trail what is made and what is charged, what comes next, and writes nothing", () => {
    const { code, stdout, stderr } = folder.run("check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^prod: 8 resources in account 444455556666, eu-central-1\n {2}aws_cloudtrail\.trail\n/);
    expect(stdout).toMatch(/^test: 8 resources in account 777788889999, eu-central-1$/m);
    expect(stdout).toMatch(/What AWS charges for:\n {4}free {5}management events: .*\n {4}charged {2}S3 data events: /);
    expect(stdout.split("test: ")[1]).not.toContain("S3 data events");
    expect(stdout).not.toContain("as in the template");
    expect(stdout).toMatch(/\naudit-trail\.yaml is right\. Next: npx cdktf-audit-trail synth\n$/);
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test("tells which values are still those of the template, and where they stand", () => {
    folder.run("init", "new.yaml", "--owner", "Ada");
    const { code, stdout } = folder.run("check", "new.yaml");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Still as in the template, to be replaced:\n {4}new\.yaml:[0-9]+: trails\.example\.account_id is "111122223333"\n/,
    );
    expect(stdout).not.toContain("trails.example.owner is");
    expect(stdout).toMatch(/Next: npx cdktf-audit-trail synth new\.yaml\n$/);
  });

  test("tells the same as JSON", () => {
    folder.run("init", "new.yaml", "--region", "us-east-1");
    const { code, stdout, stderr } = folder.run("check", "new.yaml", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const placeholder = (path: string) => ({ path, value: expect.any(String), line: expect.any(Number) });
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "new.yaml",
      notes: [],
      trails: [
        {
          name: "example",
          account_id: "111122223333",
          region: "us-east-1",
          resources: expect.arrayContaining(["aws_cloudtrail.trail", "aws_s3_bucket.log_bucket"]),
          charges: expect.arrayContaining([
            { item: "management events", charged: false, why: expect.any(String) },
            { item: "S3 data events", charged: true, why: expect.any(String) },
          ]),
          notes: [],
          policies: [],
          placeholders: [
            placeholder("trails.example.account_id"),
            placeholder("trails.example.account_name"),
            placeholder("trails.example.owner"),
            placeholder("state.s3.bucket"),
          ],
        },
      ],
    });
    const { trails } = JSON.parse(stdout) as { trails: [{ placeholders: [{ line: number; value: string }] }] };
    const [{ line, value }] = trails[0].placeholders;
    expect(folder.read("new.yaml").split("\n")[line - 1]).toContain(value);
  });

  test("has a help that names all that its JSON holds, of the whole and of a trail", () => {
    const [whole, ofTrail] =
      folder
        .run("check", "--help")
        .stdout.split(/^ {2}right /m)[1]
        ?.split("trails:") ?? [];
    const { trails, ...rest } = JSON.parse(folder.run("check", "--json").stdout) as { trails: [object] };
    for (const [text, names] of [
      [whole, Object.keys(rest)],
      [ofTrail, Object.keys(trails[0])],
    ] as const) {
      expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text as string))).toEqual([]);
    }
  });

  test("tells of a value of the template in defaults once for each trail, where it stands", () => {
    folder.write("a.yaml", CONFIGURATION.replace("Ada", "Example Owner"));
    const { stdout } = folder.run("check", "a.yaml");
    expect(stdout.match(/a\.yaml:3: defaults\.owner is "Example Owner"/g)).toHaveLength(2);
  });

  test("tells what is worth a second look, of each trail and of all together, and the policies that are needed", () => {
    const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    folder.write(
      "a.yaml",
      [
        "defaults: { owner: Ada, region: eu-central-1, account_id: '111122223333', account_name: a }",
        "state: { local: {} }",
        "trails:",
        "  whole:",
        "    name: whole",
        "    organization: { id: o-exampleorgid, management_account_id: '111122223333' }",
        "    log_bucket: { name: whole-logs }",
        "  part:",
        "    multi_region: false",
        `    encryption: { existing_key: { arn: '${arn}' } }`,
        "    log_bucket: { existing_bucket: { name: all-logs } }",
      ].join("\n"),
    );
    const { stdout, stderr } = folder.run("check", "a.yaml");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Worth a second look:\n {4}multi_region is false: /);
    expect(stdout).toMatch(/\n\npart records management events beside the organization trail whole: /);
    expect(stdout).toMatch(/What the policy of the bucket all-logs needs:\n {4}\{\n.*"AWSCloudTrailAclCheck20150319"/s);
    expect(stdout).toContain(`What the policy of the key ${arn} needs:\n    {\n`);
    const { trails } = JSON.parse(folder.run("check", "a.yaml", "--json").stdout) as {
      readonly trails: readonly { readonly policies: readonly { readonly of: string; readonly policy: object }[] }[];
    };
    expect(trails.map(({ policies }) => policies.map(({ of }) => of))).toEqual([
      [],
      ["the bucket all-logs", `the key ${arn}`],
    ]);
  });

  test.each([
    [
      "log_bucket: { name: prod-logs, access_logs: { existing_bucket: { name: central-access } } }",
      "log_bucket.access_logs.existing_bucket",
      "arn:aws:s3:::central-access/prod-logs/*",
      { StringEquals: { "aws:SourceAccount": "444455556666" } },
    ],
    [
      "log_bucket: { name: prod-logs, access_logs: { existing_bucket: { name: central-access }, prefix: a/b } }",
      "log_bucket.access_logs.existing_bucket",
      "arn:aws:s3:::central-access/a/b/*",
      { StringEquals: { "aws:SourceAccount": "444455556666" } },
    ],
    [
      "log_bucket: { existing_bucket: { name: prod-logs, access_log_path: central-access/a/b- } }",
      "log_bucket.existing_bucket.access_log_path",
      "arn:aws:s3:::central-access/a/b-*",
      {},
    ],
  ])(
    "tells what the policy of an existing bucket for access logs needs, so that nobody forges one: %s",
    (chosen, path, objects, ofAccount) => {
      folder.write("a.yaml", CONFIGURATION.replace("account_name: prod", `$&, ${chosen}`));
      const { stdout } = folder.run("check", "a.yaml", "--json");
      const { trails } = JSON.parse(stdout) as {
        readonly trails: readonly [
          { readonly notes: readonly string[]; readonly policies: readonly { readonly of: string }[] },
        ];
      };
      expect(trails[0].notes).toEqual([
        expect.stringContaining(`${path}: the trail does not record what is put there`),
      ]);
      expect(trails[0].policies.at(-1)).toEqual({
        of: "the bucket central-access (for access logs)",
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "S3ServerAccessLogs",
              Effect: "Allow",
              Principal: { Service: "logging.s3.amazonaws.com" },
              Action: "s3:PutObject",
              Resource: objects,
              Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::prod-logs" }, ...ofAccount },
            },
            {
              Sid: "DenyLogsByHand",
              Effect: "Deny",
              Principal: { AWS: "*" },
              Action: ["s3:PutObject", "s3:ReplicateObject"],
              Resource: objects,
              Condition: { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
            },
          ],
        },
      });
    },
  );

  test("tells of a trail of which everything is there already that nothing is made", () => {
    folder.write(
      "a.yaml",
      CONFIGURATION.replace(
        "account_name: prod",
        "$&, create_trail: false, log_bucket: { existing_bucket: { name: all-logs } }",
      ),
    );
    const { code, stdout, stderr } = folder.run("check", "a.yaml");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^prod: 0 resources in account 444455556666, eu-central-1\n/);
  });

  test("quotes the name of a file that a shell would take apart", () => {
    folder.write("it's mine.yaml", CONFIGURATION);
    expect(folder.run("check", "it's mine.yaml").stdout).toMatch(/synth 'it'\\''s mine\.yaml'\n$/);
  });
});

describe("schema", () => {
  test("prints the JSON schema", () => {
    const { code, stdout, stderr } = folder.run("schema");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    expect(stdout).toMatch(/\}\n$/);
  });
});

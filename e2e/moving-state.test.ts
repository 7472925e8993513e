import { apiError } from "./servers/api-server";
import { HttpState } from "./servers/http-state";
import { PostgreSql } from "./servers/postgresql";
import { Account } from "./support/account";
import { Cloud } from "./support/cloud";
import { writeConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION, STATE } from "./support/names";

const BUCKET = "logs-that-are-there-already";
const SCHEMA = "audit_trail_example";
const LOCAL_FILE = "example.tfstate";

/** A place for a state. */
interface Place {
  /** What the configuration says of it. */
  readonly state: string;
  /** What is kept there, asked of the place itself; undefined where there is nothing. */
  readonly read: () => Promise<string | undefined>;
}

/** What of a state has to be the same wherever it is. */
function contentOf(state: string | undefined): unknown {
  const { resources, outputs } = JSON.parse(state ?? "{}");
  return { resources, outputs };
}

/** How a state is moved: by `terraform init`, which asks before it copies. */
const MIGRATE = ["init", "-no-color", "-migrate-state"];
/** To a workspace of HCP Terraform, it is moved by an init without options. */
const INIT = ["init", "-no-color"];

// One life of one state, told in order: each test goes on where the one before ended.
describe("moving a state", () => {
  let emulator: Emulator;
  let account: Account;
  let cloud: Cloud;
  let postgresql: PostgreSql;
  let httpState: HttpState;
  /** The environment in which every place can be reached. */
  let reaching: Readonly<Record<string, string>>;
  let deployer: Deployment;
  let places: Readonly<Record<"local" | "s3" | "pg" | "http" | "cloud", Place>>;
  /** What the state has had since it was made. */
  let content: unknown;

  const configure = (place: Place, of = deployer): void =>
    writeConfiguration(
      of,
      `state: { ${place.state} }
trails:
  example:
    account_id: "${ACCOUNT_ID}"
    account_name: example
    region: ${REGION}
    owner: Me
    log_bucket: { existing_bucket: { name: ${BUCKET} } }
`,
      "example",
    );

  /** Lets somebody do something in another folder. */
  const elsewhere = async (
    name: string,
    place: Place,
    act: (colleague: Deployment) => Promise<void>,
    changed: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const colleague = new Deployment(name, { ...reaching, ...changed });
    try {
      configure(place, colleague);
      await act(colleague);
    } finally {
      colleague.remove();
    }
  };

  const expectItIn = async (place: Place): Promise<void> => {
    const state = await place.read();
    expect(contentOf(state)).toEqual(content);
    expect(await deployer.changes()).toEqual({ any: false, addresses: [] });
    for (const text of [state, deployer.read(".terraform/terraform.tfstate")]) {
      const { accessKeyId, secretAccessKey } = emulator.credentials;
      for (const secret of [accessKeyId, secretAccessKey, cloud.token, postgresql.password, httpState.password]) {
        expect(text).not.toContain(secret);
      }
    }
  };

  beforeAll(async () => {
    emulator = await Emulator.start("moving-state");
    account = new Account(emulator, REGION);
    await account.makeVersionedBucket(STATE.bucket);
    await account.makeVersionedBucket(BUCKET);
    [cloud, postgresql] = await Promise.all([Cloud.start({}), PostgreSql.start()]);
    cloud.terraform.makeWorkspace("example", "local");
    httpState = new HttpState(cloud.server);
    reaching = {
      ...emulator.environment(REGION),
      ...cloud.environment(),
      ...httpState.environment,
      PG_CONN_STR: postgresql.address,
    };
    deployer = new Deployment("mover", reaching);
    places = {
      local: { state: `local: { path: ${LOCAL_FILE} }`, read: async () => deployer.read(LOCAL_FILE) },
      s3: {
        state: `s3: { bucket: ${STATE.bucket}, region: ${REGION} }`,
        read: () => account.readObject(STATE.bucket, STATE.key).catch(() => undefined),
      },
      pg: {
        state: `pg: { schema_name: ${SCHEMA} }`,
        read: async () => postgresql.query(`SELECT data FROM ${SCHEMA}.states WHERE name = 'default'`) || undefined,
      },
      http: { state: httpState.stateIn("example"), read: async () => httpState.read("example") },
      cloud: { state: cloud.stateIn("example"), read: async () => cloud.terraform.statesOf("example").at(-1) },
    };
    configure(places.local);
    await deployer.init();
    await deployer.apply();
    content = contentOf(await places.local.read());
    await expectItIn(places.local);
  });

  afterAll(async () => {
    deployer.remove();
    account.close();
    await Promise.all([cloud.stop(), postgresql.stop()]);
    await emulator.stop();
  });

  test("from a file to S3: the bucket has it, and the file stays", async () => {
    configure(places.s3);
    await deployer.answering("yes", ...MIGRATE);
    await expectItIn(places.s3);
    expect(contentOf(await places.local.read())).toEqual(content);
  });

  test("is refused while somebody changes it, and it stays where it was", async () => {
    await elsewhere("colleague", places.s3, async (colleague) => {
      colleague.write({ "cdk.tf.json": colleague.read("cdk.tf.json").replaceAll('"Me"', '"You"') });
      await colleague.init();
      const proposed = await colleague.propose();
      configure(places.pg);
      const { code, stderr } = await deployer.answered("yes", ...MIGRATE);
      expect(code).toBe(1);
      expect(stderr).toContain("Error acquiring the state lock");
      expect(contentOf(await places.s3.read())).toEqual(content);
      await proposed.kill();
      const lock = await account.lockOf(STATE.bucket, `${STATE.key}.tflock`);
      await colleague.succeed("force-unlock", "-force", lock);
    });
  });

  test("from S3 to PostgreSQL: the database has it; the one in S3 stays", async () => {
    configure(places.pg);
    await deployer.answering("yes", ...MIGRATE);
    await expectItIn(places.pg);
    expect(contentOf(await places.s3.read())).toEqual(content);
  });

  test("where the new place refuses it, it stays in the old one", async () => {
    configure(places.http);
    cloud.server.failNext("POST", /^\/states\//, { status: 403 });
    const { code, stderr } = await deployer.answered("yes", ...MIGRATE);
    expect(code).toBe(1);
    expect(stderr).toContain("403");
    expect(contentOf(await places.pg.read())).toEqual(content);
    expect(await places.http.read()).toBeUndefined();
  });

  test("where the old place goes away, nothing is lost, and it goes when that is back", async () => {
    await postgresql.interrupt();
    const { code } = await deployer.answered("yes", ...MIGRATE);
    expect(code).toBe(1);
    expect(await places.http.read()).toBeUndefined();
    await postgresql.listen();
    expect(contentOf(await places.pg.read())).toEqual(content);
  });

  test("from PostgreSQL to a server by HTTP", async () => {
    await deployer.answering("yes", ...MIGRATE);
    await expectItIn(places.http);
  });

  test("by HTTP with a wrong password is refused, and nothing is told or changed", async () => {
    const init = async (stranger: Deployment): Promise<void> => {
      const { code, stderr } = await stranger.terraform("init", "-input=false", "-no-color");
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("requires auth") });
    };
    await elsewhere("stranger", places.http, init, { TF_HTTP_PASSWORD: "wrong" });
  });

  test("to a workspace of HCP Terraform that is broken off stays where it was, and goes when the workspace is unlocked", async () => {
    configure(places.cloud);
    cloud.server.failNext("POST", /\/state-versions$/, apiError(422, "invalid"));
    expect((await deployer.answered("yes", ...INIT)).code).toBe(1);
    expect(contentOf(await places.http.read())).toEqual(content);
    expect(await places.cloud.read()).toBeUndefined();
    // So that nobody goes on without what could not be written.
    expect(cloud.terraform.holderOf("example")).toBeDefined();
    await elsewhere("unlocker", places.cloud, async (colleague) => {
      await colleague.init();
      await colleague.succeed("force-unlock", "-force", "acme/example");
    });
    await deployer.answering("yes", ...INIT);
    await expectItIn(places.cloud);
  });

  test("out of a workspace goes by a file, as Terraform cannot move it", async () => {
    const pulled = await deployer.succeed("state", "pull");
    configure(places.s3);
    const refused = await deployer.answered("yes", ...INIT);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/not\s+yet implemented/) });
    deployer.write({ "moved.tfstate": pulled });
    await deployer.succeed("init", "-reconfigure", "-input=false", "-no-color");
    // There is an older one, of before: it has another lineage, or the same serial.
    expect((await deployer.terraform("state", "push", "moved.tfstate")).code).toBe(1);
    await deployer.succeed("state", "push", "-force", "moved.tfstate");
    await expectItIn(places.s3);
    expect(contentOf(await places.cloud.read())).toEqual(content);
  });
});

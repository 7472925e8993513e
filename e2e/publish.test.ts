import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { moduleFiles } from "../src/generator";
import { publishSteps } from "../src/publish";
import { pack, unpack } from "../src/publish/archive";
import { auditTrailModule } from "../src/published/terraform-aws-audit-trail";
import { ModuleRegistry } from "./servers/module-registry";
import { Account } from "./support/account";
import { Cloud } from "./support/cloud";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION } from "./support/names";
import type { EndedProcess } from "./support/processes";
import { Publisher, published } from "./support/publisher";

const HOST = "registry.acme.test";
const MODULE = "audit-trail/aws";
const FOLDER = "modules/acme/audit-trail/aws";
const file = (version: string): string => `acme-audit-trail-aws-${version}.tar.gz`;

const stepsOf = (kind: keyof typeof publishSteps): readonly string[] => publishSteps[kind].map(({ name }) => name);

/** The module as it would have been before, by what stood in a file of it. */
function earlier(path: string, is: string, was: string): ReadonlyMap<string, string> {
  const files = new Map(moduleFiles(auditTrailModule));
  expect(files.get(path)).toContain(is);
  return files.set(path, (files.get(path) as string).replaceAll(is, was));
}

/** The root module of somebody who calls the published one, from an empty folder. */
function rootModule(call: readonly string[]): string {
  return `provider "aws" {
  region                      = "${REGION}"
  s3_use_path_style           = true
  skip_requesting_account_id  = false
}

module "audit_trail" {
  ${call.join("\n  ")}

  account_id   = "${ACCOUNT_ID}"
  account_name = "example"
  region       = "${REGION}"
  owner        = "Example Owner"
}
`;
}

let cloud: Cloud;
let registry: ModuleRegistry;
let emulator: Emulator;
let account: Account;
let person: Publisher;
let settings: string;
let reaching: Readonly<Record<string, string>>;

beforeAll(async () => {
  emulator = await Emulator.start("publish");
  account = new Account(emulator, REGION);
  cloud = await Cloud.start({});
  registry = new ModuleRegistry(cloud.server, "acme");
  const trusted = cloud.environment();
  settings = mkdtempSync(join(tmpdir(), "audit-trail-settings-"));
  const services = `tfe.v2" = "${cloud.server.url}/api/v2/"\n    "modules.v1" = "${cloud.server.url}/api/registry/v1/modules/`;
  writeFileSync(join(settings, "terraform.rc"), `host "${HOST}" {\n  services = {\n    "${services}"\n  }\n}\n`);
  reaching = {
    ...trusted,
    ...emulator.environment(REGION),
    TF_CLI_CONFIG_FILE: join(settings, "terraform.rc"),
    TF_TOKEN_registry_acme_test: cloud.token,
  };
  person = new Publisher(reaching);
});

afterAll(async () => {
  person.remove();
  rmSync(settings, { recursive: true, force: true });
  account.close();
  await cloud.stop();
  await emulator.stop();
});

/** Plans what calls the published module, with the real Terraform: the number of resources that would be made. */
async function planned(call: readonly string[]): Promise<number> {
  const consumer = new Deployment("consumer", reaching);
  try {
    consumer.write({ "main.tf": rootModule(call) });
    await consumer.init();
    const { addresses } = await consumer.changes();
    expect(addresses.every((each) => each.startsWith("module.audit_trail."))).toBe(true);
    return addresses.length;
  } finally {
    consumer.remove();
  }
}

describe("publishing to a registry", () => {
  const options = (version: string) => [
    "--to",
    "registry",
    "--host",
    HOST,
    "--organization",
    "acme",
    "--version",
    version,
  ];
  const names = stepsOf("registry");
  const told: EndedProcess[] = [];

  const publish = async (version: string, ...more: readonly string[]): Promise<EndedProcess> => {
    const end = await person.publish([...options(version), ...more]);
    told.push(end);
    return end;
  };

  test.each(names)("killed before it begins to %s, nobody gets half a version", async (step) => {
    const end = await person.publishUntil(step, { to: "registry", host: HOST, organization: "acme", version: "1.0.0" });
    told.push(end);
    expect({ signal: end.signal, stderr: end.stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    const at = names.indexOf(step);
    const isPublished = at > names.indexOf("wait until the registry has taken it in");
    const archive = registry.archiveOf(MODULE, "1.0.0");
    expect(archive === undefined).toBe(!isPublished);
    const status = registry.versionsOf(MODULE)["1.0.0"];
    expect(status).toBe(
      at <= names.indexOf("make the version")
        ? undefined
        : at <= names.indexOf("upload the archive")
          ? "pending"
          : isPublished
            ? "ok"
            : "reg_ingressing",
    );
  });

  test("run again, it is published, and has the bytes that were packed", async () => {
    const { code, stdout, stderr } = await publish("1.0.0");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`terraform-aws-audit-trail 1.0.0 is published`);
    const files = moduleFiles({ ...auditTrailModule, address: `${HOST}/acme/audit-trail/aws` });
    expect(registry.archiveOf(MODULE, "1.0.0")?.equals(pack(files))).toBe(true);
    expect(registry.versionsOf(MODULE)).toEqual({ "1.0.0": "ok" });
    expect(readdirSync(join(person.path, ".audit-trail/publish"))).toEqual([".gitignore"]);
  });

  test("run once more, it has nothing to do, and says so to programs, too", async () => {
    const { code, stdout } = await publish("1.0.0", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      end: "nothing to do",
      version: "1.0.0",
      place: `${HOST}/acme/${MODULE}`,
    });
  });

  test("somebody else installs it from an empty folder, and plans it", async () => {
    expect(await planned([`source  = "${HOST}/acme/${MODULE}"`, 'version = "~> 1.0"'])).toBe(8);
    expect(registry.downloads).toContain("1.0.0");
  });

  test("a dry run shows what is new since the release before, and changes nothing", async () => {
    registry.make(MODULE, "1.1.0", pack(earlier("versions.tf", ">= 1.9.0", ">= 1.8.0")));
    const { code, stdout } = await publish("2.0.0", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("major  terraform.required_version does not take every version of Terraform that it took");
    expect(stdout).toContain("Nothing was changed.");
    expect(registry.versionsOf(MODULE)).toEqual({ "1.0.0": "ok", "1.1.0": "ok" });
  });

  test("a version too low for what changed is refused, with what changed", async () => {
    const { code, stderr } = await publish("1.2.0");
    expect(code).toBe(1);
    expect(stderr).toContain("--version: 1.2.0 is too low for what changed since 1.1.0: at least 2.0.0");
    expect(stderr).toContain("terraform.required_version");
    expect(registry.versionsOf(MODULE)).not.toHaveProperty("1.2.0");
  });

  test("a version that is there with other content is refused, and stays", async () => {
    const before = registry.archiveOf(MODULE, "1.1.0");
    const { code, stderr } = await publish("1.1.0");
    expect(code).toBe(1);
    expect(stderr).toContain("the version 1.1.0 is published, with other content");
    expect(registry.archiveOf(MODULE, "1.1.0")).toBe(before);
  });

  test("a version that somebody else has begun is left alone, unless it is taken over", async () => {
    registry.make(MODULE, "2.0.0");
    const { code, stderr } = await publish("2.0.0");
    expect(code).toBe(1);
    expect(stderr).toContain("the version 2.0.0 is there, and not finished (pending)");
    expect(registry.versionsOf(MODULE)["2.0.0"]).toBe("pending");
    expect((await publish("2.0.0", "--take-over")).code).toBe(0);
    expect(registry.versionsOf(MODULE)["2.0.0"]).toBe("ok");
  });

  test.each<[string, string, RegExp, Parameters<Cloud["server"]["failNext"]>[2]]>([
    ["the registry is busy (429)", "POST", /\/versions$/, { status: 429, headers: { "retry-after": "1" } }],
    ["the registry has a fault (500)", "POST", /\/versions$/, { status: 500 }],
    ["the answer is lost when the version is made", "POST", /\/versions$/, "connection dropped after it was done"],
    ["the upload is cut off", "PUT", /\/uploads\//, "connection dropped"],
    ["the answer to the upload is lost", "PUT", /\/uploads\//, "connection dropped after it was done"],
    ["the registry does not answer when it is asked", "GET", /\/registry-modules\//, "connection dropped"],
  ])("where %s, it is tried again, and said so", async (_, method, path, fault) => {
    registry.empty();
    cloud.server.failNext(method, path, fault);
    const { code, stderr } = await publish("1.0.0");
    expect(stderr).toMatch(/: (was answered with|had no answer).*; trying again in [0-9.]+ s\n/);
    expect(code).toBe(0);
    expect(registry.versionsOf(MODULE)).toEqual({ "1.0.0": "ok" });
    expect(unpack(registry.archiveOf(MODULE, "1.0.0") as Buffer, "it").size).toBe(moduleFiles(auditTrailModule).size);
  });

  test("where the registry is restarted in the middle, it goes on", async () => {
    registry.empty();
    const child = person.begin(options("1.0.0"));
    const end = published(child);
    const asked = cloud.server.requests.length;
    const isAsked = (): boolean => cloud.server.requests.slice(asked).some((each) => each.startsWith("POST"));
    while (!isAsked() && child.exitCode === null) {
      await wait(5);
    }
    await cloud.server.stop();
    await wait(300);
    await cloud.server.start();
    const { code } = await end;
    told.push(await end);
    expect(code).toBe(0);
    expect(registry.versionsOf(MODULE)).toEqual({ "1.0.0": "ok" });
  });

  test("where two publish at once, there is one version, whole, and nobody is told otherwise", async () => {
    registry.empty();
    const other = new Publisher(reaching);
    try {
      const ends = await Promise.all([publish("1.0.0"), other.publish(options("1.0.0"))]);
      told.push(...ends);
      expect(ends.map(({ code }) => code)).toContain(0);
      for (const { code, stderr } of ends) {
        expect(code === 0 || /somebody else|has already been taken/.test(stderr)).toBe(true);
      }
      expect(registry.versionsOf(MODULE)).toEqual({ "1.0.0": "ok" });
    } finally {
      other.remove();
    }
  });

  test("a wrong token is refused, and so is none, before anything is written", async () => {
    registry.empty();
    const wrong = await person.publish(options("1.0.0"), { TF_TOKEN_registry_acme_test: "another-token-1c5a" });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stderr).toBe(
      `${HOST}: refuses the token of TF_TOKEN_registry_acme_test: the organization (unauthorized)\n`,
    );
    const none = await person.publish(options("1.0.0"), { TF_TOKEN_registry_acme_test: "" });
    expect(none).toMatchObject({ code: 1, stdout: "" });
    expect(none.stderr).toBe(`there is no token for ${HOST}: run terraform login ${HOST}, or set TF_TOKEN_<host>\n`);
    expect(registry.versionsOf(MODULE)).toEqual({});
    expect(JSON.stringify(wrong)).not.toContain("another-token-1c5a");
  });

  test("the token is taken from what terraform login has kept, and stands in no text and no file", async () => {
    const kept = join(person.path, ".terraform.d", "credentials.tfrc.json");
    writeFileSync(kept, JSON.stringify({ credentials: { [HOST]: { token: cloud.token } } }), { mode: 0o600 });
    // With a file named by the environment, Terraform would not look there.
    const usual = join(person.path, ".terraformrc");
    copyFileSync(join(settings, "terraform.rc"), usual);
    const end = await person.publish(options("1.0.0"), { TF_TOKEN_registry_acme_test: "", TF_CLI_CONFIG_FILE: "" });
    rmSync(usual);
    rmSync(kept);
    expect(end.code).toBe(0);
    expect(JSON.stringify([...told, end])).not.toContain(cloud.token);
    const files = readdirSync(join(person.path, ".audit-trail"), {
      recursive: true,
      encoding: "utf8",
      withFileTypes: true,
    });
    const texts = files
      .filter((each) => each.isFile())
      .map((each) => readFileSync(join(each.parentPath, each.name), "utf8"));
    expect(texts.join()).not.toContain(cloud.token);
  });
});

describe("publishing to a folder", () => {
  const names = stepsOf("directory");
  let folder: string;

  beforeAll(() => {
    folder = join(person.path, "archives");
  });

  const visible = (): readonly string[] =>
    existsSync(join(folder, FOLDER)) ? readdirSync(join(folder, FOLDER)).filter((name) => !name.startsWith(".")) : [];

  test.each(names)("killed before it begins to %s, nobody gets half a version", async (step) => {
    const end = await person.publishUntil(step, {
      to: "directory",
      directory: folder,
      organization: "acme",
      version: "1.0.0",
    });
    expect({ signal: end.signal, stderr: end.stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    expect(visible()).toEqual(step === names.at(-1) ? [file("1.0.0")] : []);
  });

  test("run again, it is published; somebody else installs it and plans it", async () => {
    const { code } = await person.publish([
      "--to",
      "directory",
      "--directory",
      folder,
      "--organization",
      "acme",
      "--version",
      "1.0.0",
    ]);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, FOLDER))).toEqual([file("1.0.0")]);
    expect(await planned([`source = "${join(folder, FOLDER, file("1.0.0"))}"`])).toBe(8);
  });

  test("where two publish at once, there is one version, whole", async () => {
    const other = new Publisher(reaching);
    const args = ["--to", "directory", "--directory", folder, "--organization", "acme", "--version", "1.0.1"];
    const ends = await Promise.all([person.publish(args), other.publish(args)]);
    other.remove();
    expect(ends.map(({ code }) => code)).toContain(0);
    for (const { code, stderr } of ends) {
      expect(code === 0 || /by somebody else at the same time; that one stays|run again/.test(stderr)).toBe(true);
    }
    expect(visible()).toEqual([file("1.0.0"), file("1.0.1")]);
    expect(unpack(readFileSync(join(folder, FOLDER, file("1.0.1"))), "it").size).toBe(
      moduleFiles(auditTrailModule).size,
    );
  });

  test("where the disk is full, nothing is published, and no half file stays", async () => {
    const small = join(person.path, "small");
    const args = ["--to", "directory", "--directory", small, "--organization", "acme", "--version", "1.0.0"];
    const { code, stderr } = await person.publishOnFullDisk(args);
    expect(code).toBe(1);
    expect(stderr).toContain("the archive cannot be written: EFBIG");
    expect(readdirSync(join(small, FOLDER))).toEqual([]);
  });
});

describe("publishing to S3", () => {
  const names = stepsOf("s3");
  const BUCKET = "acme-modules";
  const options = (version: string) => [
    "--to",
    "s3",
    "--bucket",
    BUCKET,
    "--prefix",
    "terraform",
    "--organization",
    "acme",
    "--version",
    version,
  ];

  beforeAll(async () => {
    await account.s3.send(
      new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
    );
  });

  const keys = async (): Promise<readonly (string | undefined)[]> =>
    ((await account.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key }) => Key);

  test.each(names)("killed before it begins to %s, nobody gets half a version", async (step) => {
    const end = await person.publishUntil(step, {
      to: "s3",
      bucket: BUCKET,
      prefix: "terraform",
      organization: "acme",
      version: "1.0.0",
    });
    expect({ signal: end.signal, stderr: end.stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    expect(await keys()).toEqual(step === names.at(-1) ? [`terraform/${FOLDER}/${file("1.0.0")}`] : []);
  });

  test("run again, it is published, and Terraform installs and plans it from there", async () => {
    const { code, stdout } = await person.publish(options("1.0.0"));
    expect(code).toBe(0);
    expect(stdout).toContain(
      `source = "s3::https://s3.${REGION}.amazonaws.com/${BUCKET}/terraform/${FOLDER}/${file("1.0.0")}"`,
    );
    // The emulator in the place of AWS: Terraform asks another server only with credentials in the address.
    const { accessKeyId, secretAccessKey } = emulator.credentials;
    const credentials = `aws_access_key_id=${accessKeyId}&aws_access_key_secret=${encodeURIComponent(secretAccessKey)}`;
    const here = `s3::${emulator.url}/${BUCKET}/terraform/${FOLDER}/${file("1.0.0")}?region=${REGION}&${credentials}`;
    expect(await planned([`source = "${here}"`])).toBe(8);
  });

  test("where two publish at once, one is refused, and there is one version", async () => {
    const other = new Publisher(reaching);
    const ends = await Promise.all([person.publish(options("1.0.1")), other.publish(options("1.0.1"))]);
    other.remove();
    expect(ends.map(({ code }) => code)).toContain(0);
    for (const { code, stderr } of ends) {
      expect(code === 0 || stderr.includes("by somebody else at the same time; that one stays")).toBe(true);
    }
    expect(await keys()).toEqual(["1.0.0", "1.0.1"].map((each) => `terraform/${FOLDER}/${file(each)}`));
  });
});

describe("publishing to a repository of git", () => {
  const names = stepsOf("git");
  let repository: string;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const options = (version: string) => [
    "--to",
    "git",
    "--repository",
    repository,
    "--organization",
    "acme",
    "--version",
    version,
  ];

  beforeAll(() => {
    repository = join(person.path, "terraform-aws-audit-trail.git");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", repository]);
  });

  test.each(names)("killed before it begins to %s, nobody gets half a version", async (step) => {
    const end = await person.publishUntil(step, {
      to: "git",
      repository,
      organization: "acme",
      push: true,
      version: "1.0.0",
    });
    expect({ signal: end.signal, stderr: end.stderr }).toEqual({ signal: "SIGKILL", stderr: "" });
    expect(git("tag", "--list")).toBe(step === names.at(-1) ? "v1.0.0\n" : "");
  });

  test("run again, there is an annotated tag with the module in its root; somebody else installs it and plans it", async () => {
    const { code, stdout } = await person.publish([...options("1.0.0"), "--push"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Nothing to do");
    expect(git("cat-file", "-t", "v1.0.0")).toBe("tag\n");
    expect(git("rev-parse", "v1.0.0^{commit}")).toBe(git("rev-parse", "main"));
    const files = moduleFiles({ ...auditTrailModule, address: "acme/audit-trail/aws" });
    expect(git("ls-tree", "-r", "--name-only", "v1.0.0").trimEnd().split("\n")).toEqual(
      [...files.keys(), "CHANGELOG.md"].sort(),
    );
    expect(git("show", "v1.0.0:CHANGELOG.md")).toBe("# Changelog\n\n## 1.0.0\n\nThe first release.\n");
    expect(await planned([`source = "git::file://${repository}?ref=v1.0.0"`])).toBe(8);
  });

  test("without --push, the clone has commit and tag, and the repository is as it was", async () => {
    const { code, stdout } = await person.publish(options("1.0.1"));
    expect(code).toBe(0);
    const [, command = ""] = /^ {2}(git -C .*)$/m.exec(stdout) ?? [];
    expect(git("tag", "--list")).toBe("v1.0.0\n");
    execFileSync("sh", ["-c", command], { cwd: person.path });
    expect(git("tag", "--list")).toBe("v1.0.0\nv1.0.1\n");
    expect(git("show", "main:CHANGELOG.md")).toBe(
      "# Changelog\n\n## 1.0.1\n\nNothing changed.\n\n## 1.0.0\n\nThe first release.\n",
    );
  });

  test("a version below the latest one gets a tag after the version before it, and the branch stays", async () => {
    const main = git("rev-parse", "main");
    expect((await person.publish([...options("1.1.0"), "--push"])).code).toBe(0);
    expect(git("rev-parse", "main")).not.toBe(main);
    const latest = git("rev-parse", "main");
    expect((await person.publish([...options("1.0.2"), "--push"])).code).toBe(0);
    expect(git("rev-parse", "main")).toBe(latest);
    expect(git("rev-parse", "v1.0.2^")).toBe(git("rev-parse", "v1.0.1^{commit}"));
  });

  test("what somebody else has in the repository stays, and what is in the way is refused", async () => {
    const clone = join(person.path, "clone");
    execFileSync("git", ["clone", "--quiet", repository, clone]);
    const commit = (path: string, content: string): void => {
      writeFileSync(join(clone, path), content);
      execFileSync(
        "sh",
        ["-ec", `git add -A && git -c user.name=A -c user.email=a@a.test commit -qm x && git push -q`],
        { cwd: clone },
      );
    };
    commit("CODEOWNERS", "* @acme\n");
    expect((await person.publish([...options("1.1.1"), "--push"])).code).toBe(0);
    expect(git("show", "v1.1.1:CODEOWNERS")).toBe("* @acme\n");
    execFileSync("git", ["pull", "--quiet"], { cwd: clone });
    commit("main.tf", "# of somebody else\n");
    const { code, stderr } = await person.publish([...options("1.1.2"), "--push"]);
    expect(code).toBe(1);
    expect(stderr).toContain("main.tf: was not written by audit-trail, and is left as it is");
    expect(git("tag", "--list", "v1.1.2")).toBe("");
  });

  test("where two publish at once, there is one version", async () => {
    execFileSync("git", ["-C", repository, "update-ref", "refs/heads/main", "v1.1.1^{commit}"]);
    const other = new Publisher(reaching);
    const args = [...options("1.2.0"), "--push"];
    const ends = await Promise.all([person.publish(args), other.publish(args)]);
    other.remove();
    expect(ends.map(({ code }) => code)).toContain(0);
    expect(git("tag", "--list", "v1.2.0")).toBe("v1.2.0\n");
    expect(git("rev-parse", "v1.2.0^{commit}")).toBe(git("rev-parse", "main"));
  });
});

describe("a module is not published where", () => {
  test("what it is generated from is changed and not committed", async () => {
    const developer = new Publisher(reaching);
    try {
      writeFileSync(join(developer.programs, ".gitignore"), "node_modules\n");
      const git = (...args: readonly string[]): void => {
        const who = ["-c", "user.name=Ada", "-c", "user.email=ada@acme.test"];
        execFileSync("git", [...who, ...args], { cwd: developer.programs });
      };
      git("init", "--quiet");
      git("add", "--all");
      git("commit", "--quiet", "--message=all");
      const args = [
        ...["--to", "directory", "--directory", "archives"],
        ...["--organization", "acme", "--version", "1.0.0"],
      ];
      expect((await developer.publish([...args, "--dry-run"])).code).toBe(0);
      writeFileSync(join(developer.programs, "component.ts"), "");
      const { code, stderr } = await developer.publish(args);
      expect(code).toBe(1);
      expect(stderr).toContain("is a work tree of git with changes that are not committed");
      expect(stderr).toContain("?? component.ts");
      expect(existsSync(join(developer.path, "archives"))).toBe(false);
    } finally {
      developer.remove();
    }
  });
});

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Emulator } from "../support/emulator";
import { REGION } from "../support/names";
import { ApiServer } from "./api-server";
import { Certificates } from "./certificates";
import { HttpState } from "./http-state";
import { ModuleRegistry } from "./module-registry";
import { PostgreSql } from "./postgresql";
import { TerraformCloud } from "./terraform-cloud";

/*
 * All servers of the tests at once, for somebody who tries things by hand: npm run servers.
 * They keep nothing when they end, and listen on this machine alone.
 */

const ROOT = process.cwd();
const FOLDER = join(ROOT, ".build", "servers");
const ENVIRONMENT = join(FOLDER, "environment");
/** A port that does not change, as configurations name it. */
const PORT = 8443;
/** No placeholder of the configuration that is committed. */
const ACCOUNT_ID = "222233334444";
const ORGANIZATION = "acme";
const WORKSPACE = "audit-trail";
const REGISTRY = "registry.acme.test";
const TOKEN = "token-of-the-test-servers";

async function start(): Promise<void> {
  const { status } = spawnSync(join(ROOT, "e2e/emulator/install"), { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    throw new Error("the emulator of AWS cannot be installed: see above");
  }
  mkdirSync(FOLDER, { recursive: true });
  const certificates = new Certificates();
  const api = new ApiServer(certificates, TOKEN);
  // First, as somebody else may have the port: then there is nothing to stop.
  await api.start(PORT);
  const [emulator, postgresql] = await Promise.all([
    Emulator.start("servers", { account: ACCOUNT_ID }),
    PostgreSql.start(),
  ]);
  const account = emulator.environment(REGION);
  const cloud = new TerraformCloud(api, ORGANIZATION, account);
  new ModuleRegistry(api, ORGANIZATION);
  const httpState = new HttpState(api);
  cloud.makeWorkspace(WORKSPACE, "remote");

  const settings = join(FOLDER, "terraform.tfrc");
  const credentials = (host: string): string => `credentials "${host}" {\n  token = "${TOKEN}"\n}\n`;
  const services = Object.entries({ "modules.v1": "api/registry/v1/modules/", "tfe.v2": "api/v2/" })
    .map(([service, path]) => `    "${service}" = "${api.url}/${path}"\n`)
    .join("");
  const hosts = `host "${REGISTRY}" {\n  services = {\n${services}  }\n}\n`;
  writeFileSync(settings, [credentials(api.host), credentials(REGISTRY), hosts].join("\n"), { mode: 0o600 });
  const variables = {
    ...account,
    ...certificates.environment,
    ...httpState.environment,
    PG_CONN_STR: postgresql.address,
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: "1",
    // Without the registry of providers, cdktf cannot lock them for other machines.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  writeFileSync(ENVIRONMENT, lines.join(""), { mode: 0o600 });

  const stop = async (): Promise<void> => {
    rmSync(FOLDER, { recursive: true, force: true });
    await Promise.all([api.stop(), postgresql.stop(), emulator.stop()]);
    certificates.remove();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
  process.stdout.write(`AWS (an emulator), account ${ACCOUNT_ID}, ${REGION}: ${emulator.url}
HCP Terraform (a stand-in): ${api.url}, organization ${ORGANIZATION}, workspace ${WORKSPACE}
Module registry (a stand-in): ${REGISTRY}, organization ${ORGANIZATION}
HTTP states: ${api.url}/states/NAME
PostgreSQL: 127.0.0.1, as PG_CONN_STR says

In another terminal, to have everything go there:  . ${relative(ROOT, ENVIRONMENT)}
Ctrl-C ends all of them, and what they keep.
`);
}

start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The names by which the servers of the tests are asked; all of them are this machine. */
const NAMES = ["DNS:localhost", "IP:127.0.0.1"];

/** A certificate for this machine, and the authority that signed it, for as long as a test runs. */
export class Certificates {
  private readonly folder = mkdtempSync(join(tmpdir(), "audit-trail-certificates-"));
  /** The file of the authority. Terraform trusts it by `SSL_CERT_FILE`, Node by `NODE_EXTRA_CA_CERTS`. */
  readonly authorityFile = this.file("authority.pem");
  readonly certificate: Buffer;
  readonly key: Buffer;

  constructor() {
    const newKey = ["-newkey", "rsa:2048", "-nodes"];
    this.openssl("req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=authority of the tests", [
      "-keyout authority.key -out authority.pem -addext basicConstraints=critical,CA:TRUE",
      "-addext keyUsage=critical,keyCertSign,cRLSign",
    ]);
    this.openssl("req", ...newKey, "-subj", "/CN=localhost", ["-keyout server.key -out server.csr"]);
    writeFileSync(
      this.file("extensions"),
      `subjectAltName=${NAMES.join(",")}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`,
    );
    this.openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", [
      "-CAcreateserial -days 2 -extfile extensions -out server.pem",
    ]);
    this.certificate = readFileSync(this.file("server.pem"));
    this.key = readFileSync(this.file("server.key"));
  }

  /** The environment in which programs trust the authority. */
  get environment(): Readonly<Record<string, string>> {
    return { SSL_CERT_FILE: this.authorityFile, NODE_EXTRA_CA_CERTS: this.authorityFile };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private file(name: string): string {
    return join(this.folder, name);
  }

  private openssl(...args: readonly (string | readonly string[])[]): void {
    execFileSync(
      "openssl",
      args.flatMap((each) => (typeof each === "string" ? [each] : each.flatMap((words) => words.split(" ")))),
      { cwd: this.folder, stdio: "ignore" },
    );
  }
}

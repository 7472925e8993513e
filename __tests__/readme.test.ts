import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPinned } from "./published/support/addresses";

const README = readFileSync(join(__dirname, "../README.md"), "utf8");

/** The addresses after a command of Terraform that the page has, which may go on for several lines. */
function addressesAfter(command: RegExp): readonly string[] {
  const [, addresses = ""] = new RegExp(`^ +${command.source} ((?:.*\\\\\n)*.*)$`, "m").exec(README) ?? [];
  return addresses.split(/[\s\\]+/).filter((address) => address !== "");
}

describe("who leaves and keeps the logs", () => {
  const isOfLogs = (address: string): boolean =>
    /aws_(s3|kms)_\w+\.(log_bucket|access_log_bucket|encryption_key)\b/.test(address);

  test("has Terraform forget every resource of the buckets and of the key that a stack may have", () => {
    const named = addressesAfter(/terraform -chdir=\S+ state rm/);
    expect([...named].sort()).toEqual(readPinned("stack-addresses.txt").addresses.filter(isOfLogs).sort());
  });

  test("has Terraform forget every resource of the buckets and of the key that the module may have, and no other", () => {
    const within = addressesAfter(/terraform state rm/).map((address) => address.replace("module.audit_trail.", ""));
    const forgotten = readPinned("module-addresses.txt").addresses.filter((address) =>
      within.some((each) => address.replace(/\[0\]/g, "").startsWith(`${each}.`)),
    );
    expect(forgotten).toEqual(readPinned("module-addresses.txt").addresses.filter(isOfLogs));
  });
});

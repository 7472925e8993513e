import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPinned } from "./published/support/addresses";

const ROOT = join(__dirname, "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The addresses after a command of Terraform that the page has, which may go on for several lines. */
function addressesAfter(command: RegExp): readonly string[] {
  const [, addresses = ""] = new RegExp(`^ +${command.source} ((?:.*\\\\\n)*.*)$`, "m").exec(README) ?? [];
  return addresses.split(/[\s\\]+/).filter((address) => address !== "");
}

test("what the page shows of check is what it prints of the committed configuration", () => {
  const [, shown = ""] = /\n`npm run check` lists it.*\n\n((?: {4}.*\n|\n)+)/.exec(README) ?? [];
  const printed = execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", "check"], {
    ...{ cwd: ROOT, encoding: "utf8" },
  });
  expect(printed.slice(0, printed.lastIndexOf("\n\n"))).toBe(shown.replace(/^ {4}/gm, "").trimEnd());
});

test("the page has the bucket of the state made before Terraform is initialized", () => {
  const deploying = README.split("\n## Deploy it\n")[1] as string;
  const commands = [
    ...deploying.matchAll(/^ {4}(npm run audit-trail -- state bootstrap|terraform .* init|npx cdktf deploy)/gm),
  ];
  expect(commands.slice(0, 3).map(([line]) => line.trim().split(" ").slice(-2).join(" "))).toEqual([
    "state bootstrap",
    expect.stringMatching(/ init$/),
    "cdktf deploy",
  ]);
});

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

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Framework, frameworks } from "../../src/compliance";
import { type Numbers, numbersText } from "../../src/compliance/frameworks";
import { INSTALLED } from "./prowler";

/** A check of Prowler. */
export interface Check {
  readonly name: string;
  /** Its numbers in CIS, by Prowler's own files. */
  readonly numbers: Numbers;
  /** Whether a version of CIS counts it to logging or monitoring. */
  readonly isOfTrails: boolean;
}

/** The services of which every check is run: those of which the profile `cis` makes resources. */
const SERVICES = ["cloudtrail", "cloudwatch", "kms", "s3", "sns", "sqs"];

/** Of IAM, what is about roles that services assume, and about the policies in them. The rest is about people. */
const IAM_CHECKS =
  /^iam_(inline_policy_|role_cross_service_confused_deputy_prevention$|role_service_trust_restricts_source_to_account$)/;

interface Requirement {
  readonly Id: string;
  readonly Checks: readonly string[];
  readonly Attributes: readonly { readonly Section: string }[];
}

/** The checks that are run: what CIS counts to logging and monitoring first, by number; then the others, by name. */
export function chosenChecks(): readonly Check[] {
  const prowler = packageFolder();
  const named = new Set<string>();
  for (const service of [...SERVICES, "iam"]) {
    const folder = join(prowler, "providers/aws/services", service);
    for (const name of readdirSync(folder).filter((each) => each.startsWith(`${service}_`) && !each.includes("."))) {
      if (service !== "iam" || IAM_CHECKS.test(name)) {
        named.add(name);
      }
    }
  }
  const numbers = new Map<string, Partial<Record<Framework, readonly string[]>>>();
  const ofTrails = new Set<string>();
  for (const framework of Object.keys(frameworks) as Framework[]) {
    for (const { Id, Checks, Attributes } of requirementsOf(prowler, framework)) {
      for (const check of Checks) {
        const known = numbers.get(check) ?? {};
        numbers.set(check, { ...known, [framework]: [...(known[framework] ?? []), Id] });
        if (Attributes.some(({ Section }) => /\b(Logging|Monitoring)$/.test(Section))) {
          ofTrails.add(check);
        }
      }
    }
  }
  const checks = [...new Set([...named, ...ofTrails])].map((name) => ({
    name,
    numbers: numbers.get(name) ?? {},
    isOfTrails: ofTrails.has(name),
  }));
  const rank = ({ name, isOfTrails, numbers: each }: Check): string => (isOfTrails ? numbersText(each) : name);
  return checks.sort(
    (one, other) =>
      Number(other.isOfTrails) - Number(one.isOfTrails) ||
      rank(one).localeCompare(rank(other), "en", { numeric: true }),
  );
}

function requirementsOf(prowler: string, framework: Framework): readonly Requirement[] {
  if (framework === "fsbp") {
    return [];
  }
  const file = join(prowler, "compliance/aws", `${framework.replace("-", "_")}_aws.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly Requirements: readonly Requirement[] }).Requirements;
}

/** Where Python put the package. */
function packageFolder(): string {
  const library = join(INSTALLED, "lib");
  const python = readdirSync(library).find((name) => name.startsWith("python"));
  return join(library, `${python}`, "site-packages/prowler");
}

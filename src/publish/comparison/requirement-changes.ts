import type { Body } from "../terraform-syntax";
import { type FindingInModule, finding } from "./finding";
import { namesOnlyIn } from "./interface-changes";
import { canonical, type ModuleSource } from "./module-source";
import { isAsWide } from "./version-constraint";

/** What changed in the versions of Terraform and of providers that a module takes. */
export function requirementChanges(earlier: ModuleSource, later: ModuleSource): readonly FindingInModule[] {
  const [before, after] = [earlier, later].map(({ requiredProviders }) => requiredProviders) as [
    ReadonlyMap<string, Body>,
    ReadonlyMap<string, Body>,
  ];
  return [
    ...versionChange("terraform.required_version", "Terraform", textOf(earlier), textOf(later)),
    ...namesOnlyIn(before, after).map((name) =>
      finding("minor", pathOf(name), "is not needed any more", "It may be taken out where nothing else needs it."),
    ),
    ...[...after].flatMap(([name, provider]) => {
      const was = before.get(name);
      return was === undefined ? [addedProvider(name, provider)] : providerChanges(name, was, provider);
    }),
  ];
}

function textOf({ requiredVersions }: ModuleSource): string | null {
  return requiredVersions.length === 0 ? null : requiredVersions.join(", ");
}

function pathOf(provider: string): string {
  return `terraform.required_providers.${provider}`;
}

function addedProvider(
  name: string,
  { source = `hashicorp/${name}`, configuration_aliases: aliases }: Body,
): FindingInModule {
  return aliases === undefined
    ? finding("minor", pathOf(name), `is needed, too: ${source}`, "Where it has to be configured, configure it.")
    : finding("major", pathOf(name), `is needed, too, and must be passed: ${source}`, "Pass it in `providers`.");
}

function providerChanges(name: string, before: Body, after: Body): readonly FindingInModule[] {
  const path = pathOf(name);
  const [was, is] = [before, after].map(({ source = `hashicorp/${name}` }) => String(source));
  return [
    ...(was === is
      ? []
      : [
          finding(
            "major",
            path,
            `is ${is}; before ${was}`,
            `Move the state to it: terraform state replace-provider ${was} ${is}`,
          ),
        ]),
    ...versionChange(path, `the provider ${name}`, constraintOf(before), constraintOf(after)),
    ...(canonical(before.configuration_aliases) === canonical(after.configuration_aliases)
      ? []
      : [finding("major", path, "takes other configurations", "Pass in `providers` those that it names.")]),
  ];
}

function constraintOf({ version }: Body): string | null {
  return typeof version === "string" ? version : null;
}

function versionChange(
  path: string,
  what: string,
  before: string | null,
  after: string | null,
): readonly FindingInModule[] {
  const texts = `${after ?? "any version"}; before ${before ?? "any version"}`;
  if (before === after || (isAsWide(after, before) === true && isAsWide(before, after) === true)) {
    return [];
  }
  return isAsWide(after, before) === true
    ? [finding("minor", path, `takes more versions of ${what}: ${texts}`)]
    : [
        finding(
          "major",
          path,
          `does not take every version of ${what} that it took: ${texts}`,
          "Use a version that it takes.",
        ),
      ];
}

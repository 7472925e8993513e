import { type Command, Option } from "commander";
import { type ProfileName, profiles } from "../audit-trail/profiles";
import {
  complianceDocument,
  type Framework,
  frameworks,
  reportHtml,
  reportJson,
  reportMarkdown,
  reportOn,
  reportText,
  type TrailReport,
} from "../compliance";
import { type Configuration, configurationTemplate, readConfiguration } from "../configuration";
import { stackFile, synthesize } from "../stacks";
import { Exit } from "./exit";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText } from "./texts";

/** What can make the command fail once the report is made. */
const FAILURES = ["not-satisfied", "manual", "finding"] as const;

interface Options {
  readonly framework?: Framework;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: boolean;
  readonly failOn?: (typeof FAILURES)[number];
  readonly profiles?: boolean;
}

const HELP = `
Reads the configuration alone, and judges the Terraform that is made of it:
asks neither AWS nor Terraform, and needs no credentials. The verdicts are
  satisfied       by what Terraform makes
  not satisfied   with the input that would satisfy it, and what that costs
  manual          somebody has to look, or to do it: by the command that is told
  not applicable  it is about something that is not there
What scanners do not look at is told, too, where something is wrong with it.

Ends with 0 once the report is made, whatever is in it. For CI: --fail-on
not-satisfied, manual, or finding ends with 1 where there is one, and says so on
standard error.

With --json, standard output holds one object:
  made   ok (false where --fail-on is met), file, framework, trails: each with
         name, account_id, region, counts (by verdict), findings (rule,
         resource, message), and controls: each with id, title, numbers (by
         framework), verdict (satisfied, not_satisfied, manual,
         not_applicable), why, command or null, resource, setting, cost
  wrong  ok: false, and file and problems, or message`;

/** `audit-trail compliance`: what auditors want, and how each trail of a configuration stands to it. */
export function addCompliance(program: Command): void {
  program
    .command("compliance")
    .summary("tell which controls of CIS and Security Hub a configuration satisfies")
    .description(
      "Tell which controls of CIS and of AWS Security Hub the trails of a configuration satisfy, and by what.",
    )
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .addOption(
      new Option("--framework <framework>", "the controls of one framework alone").choices(Object.keys(frameworks)),
    )
    .addOption(
      new Option("--json", "write the report as JSON, for programs").conflicts(["markdown", "html", "profiles"]),
    )
    .addOption(new Option("--markdown", "write the report as Markdown").conflicts(["html", "profiles"]))
    .addOption(new Option("--html", "write the report as a page of its own, for auditors").conflicts(["profiles"]))
    .addOption(new Option("--fail-on <what>", "end with 1 where there is such a thing").choices(FAILURES))
    .addOption(
      new Option("--profiles", "tell of the profiles in place of a configuration, as Markdown").conflicts([
        "framework",
        "failOn",
      ]),
    )
    .addHelpText("after", HELP)
    .action((file: string, options: Options, command: Command) => {
      const { framework, json, markdown, html, failOn, profiles: ofProfiles } = options;
      if (ofProfiles === true) {
        if (command.args.length > 0) {
          command.error("error: option '--profiles' cannot be used with argument 'configuration'");
        }
        process.stdout.write(profilesText());
        return;
      }
      const trails = reportsOn(readConfigurationFile(file), framework);
      const failures = failOn === undefined ? 0 : trails.reduce((sum, trail) => sum + failuresOf(trail, failOn), 0);
      const ok = failures === 0;
      process.stdout.write(
        json === true
          ? jsonText({ ok, file, ...reportJson(trails, framework) })
          : markdown === true
            ? reportMarkdown(trails, framework)
            : html === true
              ? reportHtml(trails, framework)
              : reportText(trails),
      );
      if (!ok && json !== true) {
        // Beside the report, which may be a document.
        process.stderr.write(`--fail-on ${failOn} is met: ${failures} in ${counted(trails.length, "trail")}\n`);
      }
      process.exitCode = ok ? Exit.good : Exit.wrong;
    });
}

function reportsOn({ trails }: Configuration, framework?: Framework): readonly TrailReport[] {
  const stacks = synthesize(trails);
  return trails.map(({ name }) => reportOn({ name, json: stacks.get(stackFile(name)) as string }, framework));
}

/** How many of what can make the command fail there are. */
function failuresOf({ counts, findings }: TrailReport, failOn: (typeof FAILURES)[number]): number {
  switch (failOn) {
    case "not-satisfied":
      return counts["not satisfied"];
    case "manual":
      return counts.manual;
    case "finding":
      return findings.length;
  }
}

/** Each profile as `init` writes it. */
function profilesText(): string {
  return complianceDocument(
    (Object.keys(profiles) as ProfileName[]).map((profile) => {
      const template = configurationTemplate("audit-trail.schema.json", {}, profile);
      const [report] = reportsOn(readConfiguration(profile, Buffer.from(template)));
      return { profile, report: report as TrailReport };
    }),
  );
}

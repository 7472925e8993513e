import { type Framework, numbersText } from "../frameworks";
import { type JudgedControl, ofVerdict, type TrailReport } from "../report";
import { verdicts } from "../verdict";
import { titleOf } from "./markdown";
import { countsText, detailsOf, FINDINGS_HEADING, HEADINGS } from "./text";

/** Nothing is fetched, and nothing is run, whatever stands in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; }
  h2 { border-bottom: 2px solid #d0d7de; margin-top: 3rem; }
  article { border-left: 4px solid #8c959f; padding: 0 0 0 1rem; margin: 1rem 0; break-inside: avoid; }
  .satisfied { border-color: #1a7f37; }
  .not-satisfied { border-color: #cf222e; }
  .manual { border-color: #9a6700; }
  h4 { margin: 0; }
  h4 small { color: #57606a; font-weight: normal; }
  dl { display: grid; grid-template-columns: 4rem 1fr; gap: 0 1rem; margin: 0; }
  dd { margin: 0; overflow-wrap: anywhere; }`;

/** The reports as one page, which needs nothing else. */
export function reportHtml(trails: readonly TrailReport[], framework: Framework | undefined): string {
  const title = html(titleOf(framework));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${html(POLICY)}">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${title}</h1>
${trails.map(trailHtml).join("\n")}
</body>
</html>
`;
}

function trailHtml(report: TrailReport): string {
  const { name, accountId, region, controls, findings } = report;
  return [
    `<h2>${html(name)}</h2>`,
    `<p>Account ${html(accountId)}, ${html(region)}: ${html(countsText(report))}.</p>`,
    ...verdicts.flatMap((verdict) => {
      const judged = ofVerdict(controls, verdict);
      return judged.length === 0 ? [] : [`<h3>${html(HEADINGS[verdict])}</h3>`, ...judged.map(controlHtml)];
    }),
    ...(findings.length === 0
      ? []
      : [
          `<h3>${html(FINDINGS_HEADING)}</h3>`,
          "<ul>",
          ...findings.map(
            ({ rule, resource, message }) => `<li><code>${html(resource)}</code> ${html(message)} (${html(rule)})</li>`,
          ),
          "</ul>",
        ]),
  ].join("\n");
}

function controlHtml(control: JudgedControl): string {
  const details = detailsOf(control).map(([word, text]) => {
    const shown = word === "run" ? `<code>${html(text)}</code>` : html(text.replaceAll("`", ""));
    return `<dt>${html(word)}</dt><dd>${shown}</dd>`;
  });
  return `<article class="${html(control.verdict.replaceAll(" ", "-"))}"><h4>${html(control.title)} <small>${html(
    numbersText(control.numbers),
  )}</small></h4><dl>${details.join("")}</dl></article>`;
}

/** A text of somebody's, of which nothing becomes markup, in quotes neither. */
export function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

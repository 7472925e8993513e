/** The rows of the table of a page in Markdown whose first column has a heading, as cells. */
export function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const [, below = ""] = page.split(`\n| ${heading} |`);
  const [table = ""] = below.split("\n\n");
  return table
    .split("\n")
    .slice(2)
    .map((line) => line.slice(2, -2).split(" | "));
}

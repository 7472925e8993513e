/** The rows of all tables of a page that have a heading, as cells. */
export function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const [, ...below] = page.split(`\n| ${heading} |`);
  return below.flatMap((text) => {
    const [table = ""] = text.trimEnd().split("\n\n");
    return table
      .split("\n")
      .slice(2)
      .map((line) => line.slice(2, -2).split(" | "));
  });
}

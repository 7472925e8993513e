import { moduleFiles } from "../../src/generator";
import { publishedModules } from "../../src/published";

const LONGEST = 120;

test.each(publishedModules.map((source) => [source.name, source] as const))(
  "no line of %s is longer than what fits beside another one on a screen",
  (_, source) => {
    const code = [...moduleFiles(source)].filter(([path]) => /\.(tf|hcl)$/.test(path));
    const long = code.flatMap(([path, content]) =>
      content.split("\n").flatMap((line, index) => (line.length > LONGEST ? [`${path}:${index + 1}: ${line}`] : [])),
    );
    expect(code.length).toBeGreaterThan(5);
    expect(long).toEqual([]);
  },
);

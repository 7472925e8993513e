import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/*
 * Tests that pages of documentation name as proof: by their file and their full name.
 */

const ROOT = join(__dirname, "../..");

/** A test, as a line of a table names it. */
export const NAMED_TEST = /`([^`]+\.test\.ts)`: "([^"]+)"/g;

const namesByFile = new Map<string, ReadonlySet<string>>();

/** The full names of the tests of a file, by its path from the root, and of the groups that they stand in. */
export function namesIn(file: string): ReadonlySet<string> {
  const known = namesByFile.get(file);
  if (known !== undefined) {
    return known;
  }
  const path = join(ROOT, file);
  const names = existsSync(path) ? fullNames(readFileSync(path, "utf8")) : new Set<string>();
  namesByFile.set(file, names);
  return names;
}

/** The full names of the tests in a source, and of the groups that they stand in. */
export function fullNames(source: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node, around: string): void => {
    const title = ts.isCallExpression(node) && isNaming(node.expression) ? titleOf(node.arguments[0]) : undefined;
    const name = [around, title ?? ""].join(" ").trim();
    if (title !== undefined) {
      names.add(name);
    }
    ts.forEachChild(node, (child) => visit(child, name));
  };
  visit(ts.createSourceFile("a.test.ts", source, ts.ScriptTarget.Latest), "");
  return names;
}

/** Whether what is called gives a name: `test`, `it`, `test.each(...)`, `describe`, or a function of ours such as `describeKind`. */
function isNaming(called: ts.Expression): boolean {
  if (ts.isCallExpression(called) || ts.isPropertyAccessExpression(called)) {
    return isNaming(called.expression);
  }
  return ts.isIdentifier(called) && /^(test$|it$|describe)/.test(called.text);
}

function titleOf(argument: ts.Expression | undefined): string | undefined {
  return argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

/** The tests that texts name and that are not there. */
export function missingTests(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => [...text.matchAll(NAMED_TEST)])
    .filter(([, file, name]) => !namesIn(file as string).has(name as string))
    .map(([text]) => text);
}

import { join } from "node:path";
import { ROOT, run } from "./run";

const SHELLCHECK = join(ROOT, ".build/scanners/shellcheck/bin/shellcheck");

/** What a linter says, a line each. Nothing where all is well. */
export type Complaints = readonly string[];

/** Checks a workflow of GitHub Actions, with the scripts in it. */
export async function actionlint(path: string): Promise<Complaints> {
  const format = "{{range $error := .}}{{$error.Kind}}: {{$error.Message}}\n{{end}}";
  const { stdout, stderr } = await run("actionlint/actionlint", [
    `-shellcheck=${SHELLCHECK}`,
    "-pyflakes=",
    `-format=${format}`,
    path,
  ]);
  return lines(stdout + stderr);
}

/** Checks a script of bash, in a file. */
export async function shellcheck(path: string): Promise<Complaints> {
  const { stdout, stderr } = await run("shellcheck/bin/shellcheck", ["--shell=bash", "--format=gcc", path]);
  return lines(stdout + stderr);
}

function lines(text: string): Complaints {
  return text.split("\n").filter((line) => line !== "");
}

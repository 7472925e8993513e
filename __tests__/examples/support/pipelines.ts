import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const EXAMPLES = join(__dirname, "../../../examples");

/** A step of a job of GitHub Actions. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job of GitHub Actions. */
export interface WorkflowJob {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
  readonly [key: string]: unknown;
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** A job of GitLab. */
export interface PipelineJob {
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly rules?: readonly Readonly<Record<string, unknown>>[];
  readonly [key: string]: unknown;
}

/** A pipeline of GitLab: jobs, and what holds for all of them. */
export type Pipeline = Readonly<Record<string, PipelineJob>>;

/** An example, as it is and as it is read. */
export interface Example<T> {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly content: T;
}

function examplesIn<T>(folder: string): readonly Example<T>[] {
  return readdirSync(join(EXAMPLES, folder))
    .filter((file) => file.endsWith(".yml"))
    .map((file) => {
      const path = join(EXAMPLES, folder, file);
      const text = readFileSync(path, "utf8");
      return { name: `${folder}/${file}`, path, text, content: parse(text) as T };
    });
}

/** The workflows of GitHub Actions. */
export const workflows: readonly Example<Workflow>[] = examplesIn("github-actions");

/** The pipelines of GitLab. */
export const pipelines: readonly Example<Pipeline>[] = examplesIn("gitlab");

/** What shells run, by the job that it is of. */
export const scripts: readonly (readonly [name: string, script: string])[] = [
  ...workflows.flatMap(({ name, content }) =>
    Object.entries(content.jobs).flatMap(([job, { steps }]) =>
      steps.flatMap(({ run }, index) => (run === undefined ? [] : [[`${name} ${job} ${index}`, run] as const])),
    ),
  ),
  ...pipelines.flatMap(({ name, content }) =>
    Object.entries(content).flatMap(([job, { script = [], before_script: before = [] }]) => {
      const lines = [...before, ...script];
      return lines.length === 0 ? [] : [[`${name} ${job}`, `${lines.join("\n")}\n`] as const];
    }),
  ),
];

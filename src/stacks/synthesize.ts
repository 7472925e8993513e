import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "cdktf";
import { inTemporaryApp } from "../placement";
import { AuditTrailStack, type AuditTrailStackProps } from "./audit-trail-stack";
import { stackFile } from "./stack-files";

/** What is needed of a trail to make its stack. */
export interface NamedStack extends AuditTrailStackProps {
  readonly name: string;
}

/** Adds the stacks of a configuration to an app. */
export function addStacks(app: App, trails: readonly NamedStack[]): void {
  for (const trail of trails) {
    new AuditTrailStack(app, trail.name, trail);
  }
}

/** The Terraform JSON of every stack, and the manifest, as cdktf lays them out below `cdktf.out`. */
export function synthesize(trails: readonly NamedStack[]): ReadonlyMap<string, string> {
  return inTemporaryApp((app, outdir) => {
    addStacks(app, trails);
    app.synth();
    const paths = [...trails.map(({ name }) => stackFile(name)), "manifest.json"];
    return new Map(paths.map((path) => [path, readFileSync(join(outdir, path), "utf8")]));
  });
}

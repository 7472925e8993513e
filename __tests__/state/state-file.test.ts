import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateProblem } from "../../src/state";
import { follows, hasBucket, parseState, readStateFile } from "../../src/state/state-file";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-state-file-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function state(changed: object = {}): string {
  const instances = [{ attributes: { bucket: "states" } }];
  return JSON.stringify({
    version: 4,
    lineage: "a",
    serial: 7,
    resources: [{ type: "aws_s3_bucket", name: "state_bucket", instances }],
    ...changed,
  });
}

const parsed = (changed: object = {}) => parseState(state(changed), "here");

test("a state tells its lineage, its serial and its bucket", () => {
  expect(parsed()).toMatchObject({ lineage: "a", serial: 7, text: state() });
  expect(hasBucket(parsed(), "states")).toBe(true);
  expect(hasBucket(parsed(), "other")).toBe(false);
  expect(hasBucket(parsed({ resources: [] }), "states")).toBe(false);
  expect(hasBucket(undefined, "states")).toBe(false);
});

test.each(["", "{", "[]", '"state"', "null", "{}", '{"lineage":"a"}', '{"lineage":"a","serial":1,"resources":{}}'])(
  "what is no state is never taken for an empty one: %s",
  (text) => {
    expect(() => parseState(text, "here")).toThrow(StateProblem);
    expect(() => parseState(text, "here")).toThrow("here: is no state that can be read; nothing was changed");
  },
);

test("a file that is not there, or that Terraform emptied, has no state", () => {
  const path = join(folder, "terraform.tfstate");
  expect(readStateFile(path)).toBeUndefined();
  writeFileSync(path, "\n");
  expect(readStateFile(path)).toBeUndefined();
  writeFileSync(path, "{");
  expect(() => readStateFile(path)).toThrow(StateProblem);
});

test.each<[string, object, boolean]>([
  ["the same", {}, true],
  ["the next version with the same in it", { serial: 8 }, true],
  ["the next version with something else in it", { serial: 8, resources: [] }, false],
  ["the same version with something else in it", { resources: [] }, false],
  ["an older version", { serial: 6 }, false],
  ["another lineage", { lineage: "b" }, false],
  ["another lineage that is further", { lineage: "b", serial: 20 }, false],
  ["what became of it since", { serial: 9, resources: [] }, true],
])("%s is the state that was moved: %j, %p", (_, changed, expected) => {
  expect(follows(parsed(changed), parsed())).toBe(expected);
});

import { GENERATED_NOTE, terraformFiles } from "../../src/generator";
import type { Moved } from "../../src/inputs";
import { AFTER, BEFORE, type Release, released } from "./support/renamed";

const filesOf = (release: Release, format?: "json") => terraformFiles(released(release), format);

describe("the moved addresses of a module", () => {
  test("are written as blocks, in a file of their own behind all others, each module those of its component", () => {
    const files = filesOf(AFTER);
    expect([...files.keys()]).toEqual([
      ...["main.tf", "variables.tf", "outputs.tf", "versions.tf", "moved.tf"],
      ...["main.tf", "variables.tf", "outputs.tf", "versions.tf", "moved.tf"].map((name) => `modules/part/${name}`),
    ]);
    expect(files.get("moved.tf")).toBe(
      [
        `# ${GENERATED_NOTE}`,
        "",
        "# Since 1.2.0.",
        "moved {",
        "  from = module.first",
        "  to   = module.second[0]",
        "}",
        "",
        "moved {",
        "  from = terraform_data.other",
        "  to   = module.second[0].terraform_data.other",
        "}",
        "",
      ].join("\n"),
    );
    expect(files.get("modules/part/moved.tf")).toContain("  from = terraform_data.old\n  to   = terraform_data.new\n");
  });

  test("are written as JSON, too", () => {
    expect(JSON.parse(filesOf(AFTER, "json").get("moved.tf.json") as string)).toEqual({
      "//": GENERATED_NOTE,
      moved: [
        { from: "module.first", to: "module.second[0]" },
        { from: "terraform_data.other", to: "module.second[0].terraform_data.other" },
      ],
    });
  });

  test("have no file where nothing moved", () => {
    expect([...filesOf(BEFORE).keys()].filter((path) => path.includes("moved"))).toEqual([]);
  });

  test("are refused all at once where they lead nowhere, or away from what is still there", () => {
    const moved: readonly Moved[] = [
      { from: "module.second", to: "module.third" },
      { from: "terraform_data.gone", to: "terraform_data.nowhere" },
      { from: "terraform_data.a", to: "terraform_data.b" },
      { from: "terraform_data.b", to: "module.second.terraform_data.new" },
    ];
    expect(() => filesOf({ ...AFTER, moved })).toThrow(
      [
        "the module whole has wrong moved addresses:",
        "  - moved[0].from: module.second is still in the module",
        "  - moved[0].to: module.third is not in the module, and no other entry leads on from there",
        "  - moved[1].to: terraform_data.nowhere is not in the module, and no other entry leads on from there",
      ].join("\n"),
    );
  });
});

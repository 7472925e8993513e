import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformFiles } from "../../../src/generator";
import type { AnyComponent } from "../../../src/placement";

const MODULES = join(__dirname, "../../../modules/terraform-aws-audit-trail/modules");

/** Tests that the module of a component is to the byte the one that is published. */
export function describePublishedModule(component: AnyComponent): void {
  const { name } = component.definition;
  const folder = join(MODULES, name);
  const generated = terraformFiles(component);

  describe(`the module ${name}`, () => {
    test("has the files that are published", () => {
      const own = [...generated.keys()].filter((path) => !path.includes("/"));
      expect(readdirSync(folder).filter((path) => path.endsWith(".tf"))).toEqual(own.sort());
    });

    test.each([...generated.keys()].filter((path) => /^(main|\w*catalogue|variables|outputs)\.tf$/.test(path)))(
      "says in %s what is published",
      (path) => {
        // A module that calls others does it by another way from where it is published.
        expect(generated.get(path)?.replaceAll('"./modules/', '"../')).toBe(readFileSync(join(folder, path), "utf8"));
      },
    );
  });
}

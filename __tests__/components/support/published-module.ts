import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ModuleSource, moduleFiles, terraformFiles } from "../../../src/generator";
import type { AnyComponent } from "../../../src/placement";

const MODULES = join(__dirname, "../../../modules");

/** Where a module is published, and what its README is headed by. */
interface Published {
  readonly folder: string;
  readonly heading: string;
}

/** Tests that the module of a component is to the byte the one that is published, by default within that of the audit trail. */
export function describePublishedModule(
  component: AnyComponent,
  published: Published = {
    folder: `terraform-aws-audit-trail/modules/${component.definition.name}`,
    heading: component.definition.title,
  },
): void {
  const { name, description } = component.definition;
  const folder = join(MODULES, published.folder);
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

    test("is introduced as it is published", () => {
      expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(`\n# ${published.heading}\n\n${description}\n`);
    });
  });
}

/** That the tests of a module, which have an example for every rule, are to the byte those that are published. */
export function expectPublishedTests(source: ModuleSource): void {
  const path = "tests/inputs.tftest.hcl";
  expect(moduleFiles(source).get(path)).toBe(readFileSync(join(MODULES, source.name, path), "utf8"));
}

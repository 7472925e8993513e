import { auditTrailDefinition } from "../src/audit-trail/inputs";
import * as components from "../src/components";
import { propsFiles } from "../src/generator/props";

/** Prints the generated interfaces of the inputs of all components, as JSON: text by path. For `generate.cjs`. */
process.stdout.write(
  JSON.stringify(
    propsFiles([
      { path: "src/components/props.ts", definitions: Object.values(components).map(({ definition }) => definition) },
      { path: "src/audit-trail/props.ts", definitions: [auditTrailDefinition], imports: "../components/props" },
    ]),
  ),
);

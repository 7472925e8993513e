import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { boolean, define, type Moved, type Props, required, text, textOutput } from "../../../src/inputs";
import { type AnyComponent, Component, place, resource, type Structure } from "../../../src/placement";

/** How one release of a component names what it makes. */
export interface Release {
  /** The name of the call of the nested module. */
  readonly call: string;
  /** The name of the resource in the nested module. */
  readonly name: string;
  /** Where the other resource stands. */
  readonly other: "in the outer module" | "in the nested module";
  /** Whether the nested module is there only where an input says so. */
  readonly onCondition: boolean;
  readonly moved?: readonly Moved[];
  readonly movedInNested?: readonly Moved[];
}

const fields = {
  label: required(text(), "A text."),
  on: required(boolean(), "Whether the part is there."),
};
const outputs = { id: textOutput("An id.") };

/** A component that calls another one, as of a release. Its resources need no provider. */
export function released({ call, name, other, onCondition, moved, movedInNested }: Release): AnyComponent {
  const partDefinition = define({
    name: "part",
    title: "Part",
    description: "A part.",
    fields,
    outputs,
    ...(movedInNested === undefined ? {} : { moved: movedInNested }),
  });
  class Part extends Component<typeof fields, typeof outputs> {
    static readonly definition = partDefinition;

    constructor(scope: Construct, id: string, props: Props<typeof fields>, structure: Structure = {}) {
      super(scope, id, partDefinition, props, structure);
      const part = resource(this, DataResource, name, { input: { label: this.inputs.label } });
      if (other === "in the nested module") {
        resource(this, DataResource, "other", { input: { label: this.inputs.label } });
      }
      this.declareOutputs({ id: { value: part.attribute("id") } });
    }
  }
  const wholeDefinition = define({
    name: "whole",
    title: "Whole",
    description: "A whole.",
    fields,
    outputs,
    ...(moved === undefined ? {} : { moved }),
  });
  return class Whole extends Component<typeof fields, typeof outputs> {
    static readonly definition = wholeDefinition;

    constructor(scope: Construct, id: string, props: Props<typeof fields>, structure: Structure = {}) {
      super(scope, id, wholeDefinition, props, structure);
      const { label, on } = this.inputs;
      const options = onCondition ? { when: on } : {};
      const part = place(this, Part, call, { label, on }, structure, options);
      if (other === "in the outer module") {
        resource(this, DataResource, "other", { input: { label } });
      }
      this.declareOutputs({ id: { value: part.id } });
    }
  };
}

/** As it was published. */
export const BEFORE: Release = { call: "first", name: "old", other: "in the outer module", onCondition: false };

/** The same with everything renamed, and with a list of what moved. */
export const AFTER: Release = {
  call: "second",
  name: "new",
  other: "in the nested module",
  onCondition: true,
  moved: [
    { from: "module.first", to: "module.second[0]", since: "1.2.0" },
    { from: "terraform_data.other", to: "module.second[0].terraform_data.other" },
  ],
  movedInNested: [{ from: "terraform_data.old", to: "terraform_data.new", since: "1.3.0" }],
};

import { DataResource, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { AFTER, BEFORE, released } from "../generator/support/renamed";
import { newDraft } from "./support/stack";

const INPUTS = { label: "a", on: true };

/** The blocks `moved` of a stack. Not validated, as cdktf would ask Terraform for its version. */
function movedIn(stack: TerraformStack): unknown {
  return (JSON.parse(Testing.synth(stack)) as { moved?: unknown }).moved;
}

function newStack(): TerraformStack {
  return new TerraformStack(Testing.app({ stackTraces: false }), "stack");
}

describe("the moved addresses of a component in a stack", () => {
  test("are those of its resources alone, as the stack has neither modules nor counts", () => {
    const stack = newStack();
    new (released(AFTER))(stack, "Default", INPUTS);
    expect(movedIn(stack)).toEqual([{ from: "terraform_data.old", to: "terraform_data.new" }]);
  });

  test("have the names of the constructs around, each component its own", () => {
    const stack = newStack();
    new (released(AFTER))(new Construct(stack, "Account1"), "audit", INPUTS);
    new (released(AFTER))(stack, "other", INPUTS);
    expect(movedIn(stack)).toEqual([
      { from: "terraform_data.account1_audit_old", to: "terraform_data.account1_audit_new" },
      { from: "terraform_data.other_old", to: "terraform_data.other_new" },
    ]);
  });

  test("stand beside those of others in the stack", () => {
    const stack = newStack();
    new DataResource(stack, "theirs").moveFromId("terraform_data.of_others");
    new (released(AFTER))(stack, "Default", INPUTS);
    stack.addOverride("moved", [{ from: "module.a", to: "module.b" }]);
    expect(movedIn(stack)).toEqual([
      { from: "terraform_data.of_others", to: "terraform_data.theirs" },
      { from: "terraform_data.old", to: "terraform_data.new" },
      { from: "module.a", to: "module.b" },
    ]);
  });

  test("are written as HCL, too", () => {
    const stack = newStack();
    new (released(AFTER))(stack, "Default", INPUTS);
    const { hcl } = stack.toHclTerraform() as { hcl: string };
    expect(hcl).toMatch(/moved \{\s+from = terraform_data\.old\s+to\s+= terraform_data\.new\s+\}/);
  });

  test("are not there where nothing moved, nor in the draft of a module, where the generator writes them", () => {
    const stack = newStack();
    new (released(BEFORE))(stack, "Default", INPUTS);
    expect(movedIn(stack)).toBeUndefined();
    const draft = newDraft().stack;
    new (released(AFTER))(draft, "Default", INPUTS);
    expect(movedIn(draft)).toBeUndefined();
  });
});

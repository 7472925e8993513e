import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Moved, movedResource, withoutIndexes } from "../inputs";
import { moduleForm } from "./form";
import { namingPath } from "./resource";

type Move = Pick<Moved, "from" | "to">;

/**
 * Writes the moved addresses of a component into the stack that its resources stand in. In a module they are written
 * by the generator.
 */
export function writeMoved(component: Construct, moved: readonly Moved[]): void {
  if (moduleForm(component) === undefined && moved.length > 0) {
    const names = namingPath(component, TerraformStack.of(component));
    const moves = moved.flatMap(({ from, to }) => moveInStack(from, to, names));
    if (moves.length > 0) {
      new MovedBlocks(component, "moved-addresses", moves);
    }
  }
}

/**
 * A stack has neither modules nor counts: what is moved between modules stays where it is, and only the name of the
 * resource counts, with the names of the constructs around.
 */
function moveInStack(from: string, to: string, names: readonly string[]): readonly Move[] {
  const [before, after] = [from, to].map((address) => {
    const found = movedResource(address);
    const name = found === undefined ? "" : withoutIndexes(found.resource).slice(found.type.length + 1);
    return found && `${found.type}.${[...names, name].join("_")}`;
  });
  return before === undefined || after === undefined || before === after ? [] : [{ from: before, to: after }];
}

/** Blocks `moved` of a stack. cdktf has them with single resources alone, and one for each. */
class MovedBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly moves: readonly Move[],
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { moved: this.moves };
  }

  /** In HCL an address stands without quotes. */
  override toHclTerraform(): object {
    const address = (value: string): object => ({
      value,
      isBlock: false,
      type: "simple",
      storageClassType: "reference",
    });
    return { moved: this.moves.map(({ from, to }) => ({ from: address(from), to: address(to) })) };
  }
}

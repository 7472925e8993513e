import { type Body, blocksOf, type Value } from "../terraform-syntax";
import { type FindingInModule, finding } from "./finding";
import { canonical } from "./module-source";
import {
  argumentsOf,
  Origins,
  type PlacedResource,
  type Placement,
  placedForgotten,
  placedMoves,
  placedResources,
} from "./placed-resources";
import { forcesReplacement } from "./replacement";

/** What changed in the resources of a module, and of those that it calls. */
export function resourceChanges(earlier: Placement, later: Placement): readonly FindingInModule[] {
  const [before, after] = [placedResources(earlier), placedResources(later)];
  const [originsBefore, originsAfter] = [new Origins(), new Origins()];
  const destinations = new Map<string, string>();
  const gone: FindingInModule[] = [];
  for (const [address, resource] of before) {
    const destination = destinationOf(address, later, after);
    if (destination === undefined) {
      gone.push(removal(resource, later));
    } else {
      destinations.set(destination, address);
    }
  }
  const changed = [...after].flatMap(([address, resource]) => {
    const from = destinations.get(address);
    if (from === undefined) {
      return [finding("minor", address, "was added: Terraform creates it")];
    }
    const was = before.get(from) as PlacedResource;
    return [
      ...(from === address ? [] : [finding("patch", address, `was moved from ${from}: Terraform follows by itself`)]),
      ...instanceChange(address, was, resource, originsBefore, originsAfter),
      ...argumentChanges(address, was, resource, originsBefore, originsAfter),
      ...conditionChanges(address, was.body, resource.body),
    ];
  });
  return [...gone, ...changed];
}

/** Where a resource stands in the later release; undefined where it does not. */
function destinationOf(
  address: string,
  later: Placement,
  after: ReadonlyMap<string, PlacedResource>,
): string | undefined {
  let at = address;
  const moves = placedMoves(later);
  // Moves may follow each other; each is followed once.
  for (let count = 0; count <= moves.length; count++) {
    const move = moves.find(([from]) => at === from || at.startsWith(`${from}.`));
    if (move === undefined) {
      break;
    }
    at = `${move[1]}${at.slice(move[0].length)}`;
  }
  return after.has(at) ? at : after.has(address) ? address : undefined;
}

function removal({ address }: PlacedResource, later: Placement): FindingInModule {
  return placedForgotten(later).some((each) => address === each || address.startsWith(`${each}.`))
    ? finding("major", address, "was removed: Terraform forgets it, and leaves it as it is", "Look after it yourself.")
    : finding(
        "major",
        address,
        "was removed without a moved block: Terraform destroys it",
        "Move it elsewhere in your state before, or let it be destroyed.",
      );
}

function instanceChange(
  address: string,
  before: PlacedResource,
  after: PlacedResource,
  originsBefore: Origins,
  originsAfter: Origins,
): readonly FindingInModule[] {
  const [was, is] = [before.body, after.body].map(({ count, for_each: forEach }) =>
    forEach !== undefined ? "for_each" : count !== undefined ? "count" : "neither",
  ) as [string, string];
  if (was !== is) {
    return [was, is].includes("for_each")
      ? [
          finding(
            "major",
            address,
            `has instances by ${is}, before by ${was}: they get other addresses, and Terraform makes them anew`,
            "Move them in your state before.",
          ),
        ]
      : [finding("minor", address, is === "count" ? "may be left out" : "is always there")];
  }
  const [condition, conditionNow] = [
    originsBefore.of(before.body[was], before.placement),
    originsAfter.of(after.body[is], after.placement),
  ];
  return condition === conditionNow
    ? []
    : [finding("minor", address, `has instances by another ${is}`, "See in the plan which are made or destroyed.")];
}

function argumentChanges(
  address: string,
  before: PlacedResource,
  after: PlacedResource,
  originsBefore: Origins,
  originsAfter: Origins,
): readonly FindingInModule[] {
  const [was, is] = [argumentsOf(before.body), argumentsOf(after.body)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((name) => {
    const path = `${address}.${name}`;
    if (originsBefore.of(was[name], before.placement) === originsAfter.of(is[name], after.placement)) {
      return [];
    }
    const change = changeOf(was[name], is[name]);
    return forcesReplacement(after.type, name) === true
      ? [
          finding(
            "major",
            path,
            `${change}: another value forces replacement, and Terraform destroys what is there`,
            "Look for “must be replaced” in the plan before you apply it.",
          ),
        ]
      : [finding("minor", path, change, "See in the plan what it changes.")];
  });
}

function changeOf(before: Value, after: Value): string {
  if (before === undefined || after === undefined) {
    return after === undefined ? "is not set any more" : "is set";
  }
  return [before, after].every(isLiteral)
    ? `is ${JSON.stringify(after)}; before ${JSON.stringify(before)}`
    : "is computed in another way";
}

function isLiteral(value: Value): boolean {
  return ["number", "boolean"].includes(typeof value) || (typeof value === "string" && !value.includes("${"));
}

/** What Terraform demands before or after it changes something. */
function conditionChanges(address: string, before: Body, after: Body): readonly FindingInModule[] {
  const conditions = ({ lifecycle }: Body): readonly string[] =>
    blocksOf(lifecycle).flatMap(({ precondition, postcondition }) =>
      [...blocksOf(precondition), ...blocksOf(postcondition)].map(({ condition }) => canonical(condition)),
    );
  const was = conditions(before);
  return conditions(after).some((each) => !was.includes(each))
    ? [finding("major", address, "has a new condition: it may refuse what was taken", "See whether the plan meets it.")]
    : [];
}

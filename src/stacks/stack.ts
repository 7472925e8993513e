import { partitionOf } from "../policy";
import { withoutEscapes } from "../values";

/** The arguments of a resource, by Terraform's names. */
type Arguments = Readonly<Record<string, unknown>>;

/** A resource of a stack. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  /** As Terraform writes it: `aws_s3_bucket.log_bucket`. */
  readonly address: string;
  readonly arguments: Arguments;
}

/** A configuration of the AWS provider. */
interface Provider {
  /** By which resources name it; none for the default one. */
  readonly alias?: string;
  readonly region: string;
  readonly allowed_account_ids: readonly [string];
}

/** What is read of a stack's file. */
interface StackJson {
  readonly provider: { readonly aws: readonly [Provider, ...Provider[]] };
  /** Nothing where everything is there already. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A text that is nothing but a reference to an attribute of a resource. */
const REFERENCE = /^\$\{(\w+)\.(\w+)\.(\w+)\}$/;

/**
 * The Terraform JSON of one stack, as it is applied. What is said about a trail is read from here: from what is made, and
 * not from the inputs that asked for it.
 */
export class Stack {
  readonly accountId: string;
  /** The home region of the trail. */
  readonly region: string;
  readonly partition: string;
  readonly resources: readonly Resource[];
  private readonly outputs: Readonly<Record<string, { readonly value?: unknown } | undefined>>;
  private readonly providers: readonly Provider[];

  /** @param json the file `cdk.tf.json` of the stack */
  constructor(json: string) {
    const { provider, resource = {}, output = {} } = JSON.parse(json) as StackJson;
    const [home] = provider.aws;
    this.accountId = home.allowed_account_ids[0];
    this.region = home.region;
    this.partition = String(partitionOf(home.region));
    this.outputs = output;
    this.providers = provider.aws;
    this.resources = Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, given]) => ({ type, name, address: `${type}.${name}`, arguments: given })),
    );
  }

  /** The resources of a type. */
  of(type: string): readonly Resource[] {
    return this.resources.filter((each) => each.type === type);
  }

  /** The resource at an address. */
  at(address: string): Resource | undefined {
    return this.resources.find((each) => each.address === address);
  }

  /** The region that a resource is in: its own, or that of its provider. */
  regionOf({ arguments: { region, provider } }: Resource): string {
    const found = this.providers.find(({ alias }) => alias !== undefined && provider === `aws.${alias}`);
    return typeof region === "string" ? region : (found?.region ?? this.region);
  }

  /** The resource that an argument refers to; undefined where it refers to none. */
  referred(value: unknown): Resource | undefined {
    return this.resources.find((each) => refersTo(value, each));
  }

  /** The resources of a type that say in an argument that they belong to another resource. */
  belongingTo(owner: Resource, type: string, argument: string): readonly Resource[] {
    return this.of(type).filter((each) => refersTo(each.arguments[argument], owner));
  }

  /** A text as it is once Terraform has looked its reference up. Undefined where only AWS knows it. */
  text(value: unknown): string | undefined {
    if (typeof value !== "string") {
      return undefined;
    }
    const [, type, name, argument] = REFERENCE.exec(value) ?? [];
    if (argument !== undefined) {
      return this.text(this.at(`${type}.${name}`)?.arguments[argument]);
    }
    return /(^|[^$])\$\{/.test(value) ? undefined : withoutEscapes(value);
  }

  /** What an output says. Undefined where only AWS knows it, or where there is no such output. */
  output(name: string): string | undefined {
    return this.text(this.outputs[name]?.value);
  }
}

/** Whether a text is about a resource, be it with something after the reference. */
export function refersTo(value: unknown, { address }: Resource): boolean {
  return typeof value === "string" && value.startsWith(`\${${address}.`);
}

/** Nested blocks: JSON has one of them alone, or a list. */
export function blocks(value: unknown): readonly Arguments[] {
  return listed(value).filter((each): each is Arguments => typeof each === "object" && each !== null);
}

/** One thing or several, as a list. */
export function listed(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

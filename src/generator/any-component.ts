import type { Construct } from "constructs";
import type { Definition } from "../inputs";
import type { Component, Structure } from "../placement";

/** The class of a component of any inputs and outputs. */
export interface AnyComponent {
  // biome-ignore lint/suspicious/noExplicitAny: each component has properties of its own
  new (scope: Construct, id: string, props: any, structure?: Structure): Component<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly definition: Definition<any, any>;
}

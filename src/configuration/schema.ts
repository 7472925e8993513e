import { auditTrailDefinition } from "../audit-trail/inputs";
import { fieldsSchema, type JsonSchema } from "../inputs";
import { otherBackends, stateDefinitions } from "../stacks";
import { STACK_NAME, stackDefinition } from "./stack-options";

/** The JSON schema of a configuration, by which editors complete and check it. */
export function configurationSchema(): JsonSchema {
  const trailFields = { ...auditTrailDefinition.fields, ...stackDefinition.fields };
  const trail = fieldsSchema(trailFields);
  const defaults = fieldsSchema(trailFields, { required: false });
  const withState = (schema: JsonSchema): JsonSchema => ({
    ...schema,
    properties: { ...(schema.properties as JsonSchema), state: { $ref: "#/$defs/state" } },
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of audit-trail",
    type: "object",
    additionalProperties: false,
    properties: {
      state: { $ref: "#/$defs/state" },
      defaults: { ...defaults, description: "Inputs that all trails share. Maps are laid over each other." },
      trails: {
        description: "The audit trails, by the names of their stacks.",
        type: "object",
        minProperties: 1,
        propertyNames: { pattern: STACK_NAME },
        // What is required may come from the defaults.
        additionalProperties: withState({ ...defaults, description: auditTrailDefinition.description }),
      },
    },
    required: ["trails"],
    if: { not: { required: ["defaults"] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: { properties: { trails: { additionalProperties: { required: trail.required ?? [] } } } },
    $defs: { state: stateSchema() },
  };
}

function stateSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, definition] of Object.entries(stateDefinitions)) {
    properties[name] = { ...fieldsSchema(definition.fields), description: definition.description };
  }
  for (const name of otherBackends) {
    properties[name] = { type: "object", description: `The settings of Terraform's backend ${name}, passed through.` };
  }
  return {
    description: "Where Terraform keeps its state: one backend.",
    type: "object",
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties,
  };
}

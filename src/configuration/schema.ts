import { auditTrailDefinition } from "../audit-trail/inputs";
import { STACK_NAME } from "../components/state-bucket/inputs";
import { fieldsSchema, type JsonSchema } from "../inputs";
import { otherBackends, stateDefinitions } from "../stacks";
import { stackDefinition } from "./stack-options";

const STATE: JsonSchema = { $ref: "#/$defs/state" };

/** The JSON schema of a configuration, by which editors complete and check it. */
export function configurationSchema(): JsonSchema {
  const trailFields = { ...auditTrailDefinition.fields, ...stackDefinition.fields };
  const trail = fieldsSchema(trailFields);
  const defaults = fieldsSchema(trailFields, { required: false });
  const withState = (schema: JsonSchema): JsonSchema => ({
    ...schema,
    properties: {
      ...(schema.properties as JsonSchema),
      state: {
        description: "The state of this trail alone. Null takes that of all.",
        anyOf: [STATE, { type: "null" }],
      },
    },
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of audit-trail",
    type: "object",
    additionalProperties: false,
    properties: {
      state: STATE,
      defaults: {
        ...defaults,
        type: ["object", "null"],
        description: "Inputs that all trails share. Maps are laid over each other.",
      },
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
    anyOf: [{ required: ["state"] }, { properties: { trails: { additionalProperties: { required: ["state"] } } } }],
    if: { not: { required: ["defaults"] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: { properties: { trails: { additionalProperties: { required: trail.required ?? [] } } } },
    $defs: { state: stateSchema() },
  };
}

function stateSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, definition] of Object.entries(stateDefinitions)) {
    const schema = fieldsSchema(definition.fields);
    const type = schema.required === undefined ? ["object", "null"] : "object";
    properties[name] = { ...schema, type, description: definition.description };
  }
  for (const name of otherBackends) {
    const description = `The settings of Terraform's backend ${name}, passed through.`;
    properties[name] = { type: ["object", "null"], description };
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

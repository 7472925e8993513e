import { auditTrailDefinition } from "../../../src/audit-trail/inputs";
import type { Fields } from "../../../src/inputs";
import type { Literal } from "../../../src/values";

/**
 * The inputs by which every part of an audit trail is there that an empty object switches on. They come from the
 * definition, so that a part which is added later is on, too.
 */
export const everythingOn: Readonly<Record<string, Literal>> = switchedOn(auditTrailDefinition.fields);

function switchedOn(fields: Fields): Readonly<Record<string, Literal>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { kind }]) => {
      const { shape } = kind;
      const isSwitch = shape.form === "object" && Object.values(shape.fields).every(({ required }) => !required);
      return isSwitch ? [[name, switchedOn(shape.fields)]] : [];
    }),
  );
}

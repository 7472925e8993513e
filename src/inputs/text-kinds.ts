import { equals, matches, not } from "../values";
import { type Kind, text, textLike } from "./kind";

/*
 * Kinds of text that no API defines.
 */

/** A text that says something. */
export const someText = text().where("must not be empty", (value) => not(equals(value, "")));

/**
 * The name of an entry in a map: people give it to something that there are several of, and it becomes a part of names
 * and addresses.
 */
export const entryName = textLike(
  "^[a-z][a-z0-9_]{0,30}$",
  "must be at most 31 lower-case letters, digits and underscores that begin with a letter",
)
  .suchAs("security_team")
  .brokenBy("Security Team");

/**
 * A kind of text whose parts are separated by single slashes, with none around it.
 *
 * @param broken what breaks this rule alone
 */
export function separatedBySlashes(kind: Kind<string>, broken: string): Kind<string> {
  return kind
    .where("must not begin or end with a slash, nor have two in a row", (value) => not(matches(value, "^/|/$|//")))
    .brokenBy(broken);
}

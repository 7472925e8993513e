/** The kinds of input: a type, and the rules that its values keep. `where` adds a rule to any of them. */
export {
  accountId,
  boolean,
  bucketName,
  keyPrefix,
  listOf,
  mapOf,
  object,
  oneOf,
  region,
  tags,
  tagValue,
  text,
  textLike,
  trailName,
  wholeNumber,
} from "../inputs";

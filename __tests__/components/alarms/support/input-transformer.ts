/** What a target of a rule of EventBridge makes of an event: `input_transformer` of `aws_cloudwatch_event_target`. */
export interface InputTransformer {
  /** The path of each variable: `$.detail.userIdentity.arn`. */
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

const PLACEHOLDER = /<([\w.-]+)>/g;

/** A text in quotes, or a placeholder outside of one. */
const PART = /"(?:\\.|[^"\\])*"|<[\w.-]+>/gs;

/** What AWS takes of JSON path, but for wildcards. */
const PATH = /^\$(?:\.[\w/-]+|\[\d+\])*$/;

const STEP = /[^.[\]$]+/g;

/**
 * What the target gets, as "Amazon EventBridge input transformation" in the user guide of EventBridge describes it:
 *
 * - "For Strings, quotes are required": a template is JSON, or, as AWS itself writes them for Amazon SNS, several lines
 *   each of which is a text in quotes. The quotes stay: a topic gets `"instance i-1 is in RUNNING"`, quotes and all, as
 *   LocalStack recorded of AWS (`test_put_events_with_input_transformation_to_sqs`).
 * - Outside of quotes a variable stands for JSON, so a string has its own quotes there. Within quotes it has none, and
 *   "EventBridge removes any internal quotes" of an object or list.
 * - "EventBridge doesn't escape values": one with a quote or a line break in it makes what is not JSON.
 * - "If you specify a variable to match a JSON path that doesn't exist in the event, that variable isn't created and
 *   won't appear in the output": nothing within quotes (recorded in the same test), `""` outside of them (as LocalStack
 *   does it in a test that was run against AWS).
 * - "The placeholder cannot be used as an object key."
 *
 * White space is kept, which AWS removes from JSON.
 *
 * @throws Error where the template is none, or has a variable without path: PutTargets refuses both; where a variable is
 *   one of those that AWS predefines (`<aws.events.event.ingestion-time>`), which are not supported here
 */
export function transformed({ inputPaths, inputTemplate }: InputTransformer, event: unknown): string {
  checkTemplate(inputTemplate);
  const valueFor = (name: string) => valueAt(event, pathOf(inputPaths, name));
  return inputTemplate.replace(PART, (part) =>
    part.startsWith('"')
      ? part.replace(PLACEHOLDER, (_, name: string) => withinQuotes(valueFor(name)))
      : (JSON.stringify(valueFor(part.slice(1, -1))) ?? '""'),
  );
}

function withinQuotes(value: unknown): string {
  if (value === undefined) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");
}

function pathOf(inputPaths: Readonly<Record<string, string>>, name: string): string {
  if (name.startsWith("aws.")) {
    throw new Error(`The predefined variable <${name}> is not supported`);
  }
  const path = Object.hasOwn(inputPaths, name) ? inputPaths[name] : undefined;
  if (path === undefined) {
    throw new Error(`The variable <${name}> has no path`);
  }
  if (!PATH.test(path)) {
    throw new Error(`The path of <${name}> is not supported: ${path}`);
  }
  return path;
}

function valueAt(event: unknown, path: string): unknown {
  return (path.match(STEP) ?? []).reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    event,
  );
}

function checkTemplate(template: string): void {
  // No key of an object may be a placeholder: null is none.
  const filled = template.replace(PART, (part) => (part.startsWith('"') ? part : "null"));
  const isText = (line: string) => typeof parsed(line) === "string";
  if (
    parsed(filled) === undefined &&
    !filled
      .trim()
      .split(/\s*\n\s*/)
      .every(isText)
  ) {
    throw new Error(`The template is no JSON and no text in quotes: ${template}`);
  }
}

/** What a text is as JSON; undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

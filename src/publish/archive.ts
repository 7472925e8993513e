import { gunzipSync, gzipSync } from "node:zlib";
import { PublishProblem } from "./problem";

/** Files by path, relative to the root of a module, with slashes. */
export type ArchivedFiles = ReadonlyMap<string, Buffer>;

/** What an archive may have at most: a module is smaller by far, and whoever serves one may wish to fill a disk. */
export const LARGEST_ARCHIVE = 32 * 1024 * 1024;
const LARGEST_CONTENT = 128 * 1024 * 1024;
const MOST_FILES = 10_000;

const BLOCK = 512;

/** Where the fields of a header of the format ustar lie: offset and length. */
const FIELD = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modified: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
  prefix: [345, 155],
} as const;

type FieldName = keyof typeof FIELD;

/** 1985-10-26T08:15:00Z, as in the packages of npm: tar warns of the beginning of time. */
const MODIFIED = 499_162_500;

/**
 * Packs files into a gzipped tar: the same bytes for the same files on every machine. So nothing of the machine is in it,
 * and nothing is compressed, as implementations of deflate differ in what they make of the same content.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export function pack(files: ReadonlyMap<string, string | Buffer>): Buffer {
  const blocks = [...files]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, content]) => {
      const bytes = Buffer.from(content);
      return [headerOf(path, bytes.length), bytes, Buffer.alloc(paddingOf(bytes.length))];
    });
  return stored(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

function paddingOf(length: number): number {
  return (BLOCK - (length % BLOCK)) % BLOCK;
}

function headerOf(path: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (field: FieldName, text: string): void => {
    const [offset, length] = FIELD[field];
    if (Buffer.byteLength(text) > length) {
      throw new PublishProblem(`${path}: is too long a path for an archive`);
    }
    header.write(text, offset);
  };
  const octal = (field: FieldName, value: number): void =>
    put(field, `${value.toString(8).padStart(FIELD[field][1] - 1, "0")}\0`);
  // A long path is cut in two at a slash.
  const cut = Buffer.byteLength(path) <= FIELD.name[1] ? -1 : path.indexOf("/", path.length - FIELD.name[1] - 1);
  put("name", path.slice(cut + 1));
  put("prefix", path.slice(0, Math.max(cut, 0)));
  octal("mode", 0o644);
  octal("owner", 0);
  octal("group", 0);
  octal("size", size);
  octal("modified", MODIFIED);
  put("type", "0");
  put("magic", "ustar\u000000");
  put("checksum", `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** The sum of a header, in which the sum itself counts as blanks. */
function checksumOf(header: Buffer): number {
  const [offset, length] = FIELD.checksum;
  return header.reduce((sum, byte, index) => sum + (index >= offset && index < offset + length ? 0x20 : byte), 0);
}

/** The most that a block of deflate holds as it is. */
const STORED = 0xffff;

/** A gzip file without name and time, whose content is stored. */
function stored(content: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const blocks = Array.from({ length: Math.max(1, Math.ceil(content.length / STORED)) }, (_, index) => {
    const bytes = content.subarray(index * STORED, (index + 1) * STORED);
    const isLast = (index + 1) * STORED >= content.length;
    const start = Buffer.alloc(5);
    start.writeUInt8(isLast ? 1 : 0, 0);
    start.writeUInt16LE(bytes.length, 1);
    start.writeUInt16LE(bytes.length ^ STORED, 3);
    return Buffer.concat([start, bytes]);
  });
  // The end, CRC and length, depends on the content alone.
  return Buffer.concat([header, ...blocks, gzipSync(content, { level: 0 }).subarray(-8)]);
}

/**
 * Reads a gzipped tar, without writing anything.
 *
 * @param where it is from, for messages
 * @throws PublishProblem where it is none, is too large, or has what a module has not: links, devices, paths that lead
 *   out of it
 */
export function unpack(archive: Buffer, where: string): ArchivedFiles {
  if (archive.length > LARGEST_ARCHIVE) {
    throw new PublishProblem(`${where}: has more than ${LARGEST_ARCHIVE} bytes, which no module has`);
  }
  let content: Buffer;
  try {
    content = gunzipSync(archive, { maxOutputLength: LARGEST_CONTENT });
  } catch (error) {
    throw new PublishProblem(`${where}: is no gzipped tar that can be read: ${(error as Error).message}`);
  }
  return filesOfTar(content, where);
}

/** The same of a tar that is not compressed. */
export function filesOfTar(content: Buffer, where: string): ArchivedFiles {
  const refuse = (reason: string): PublishProblem => new PublishProblem(`${where}: ${reason}`);
  const files = new Map<string, Buffer>();
  let longPath: string | undefined;
  for (let offset = 0; offset + BLOCK <= content.length && content.at(offset) !== 0; ) {
    const header = content.subarray(offset, offset + BLOCK);
    const size = numberIn(header, "size");
    if (numberIn(header, "checksum") !== checksumOf(header) || !(offset + BLOCK + size <= content.length)) {
      throw refuse("is no tar that can be read, or was cut off");
    }
    const bytes = content.subarray(offset + BLOCK, offset + BLOCK + size);
    offset += BLOCK + size + paddingOf(size);
    switch (textIn(header, "type") || "0") {
      case "L":
        longPath = textUntilNul(bytes);
        break;
      case "x":
        longPath = extendedPath(bytes) ?? longPath;
        break;
      case "g":
      case "5":
        longPath = undefined;
        break;
      case "0": {
        const path = (longPath ?? pathIn(header)).replace(/^(\.\/+)+/, "");
        longPath = undefined;
        if (!isInside(path) || files.has(path)) {
          throw refuse(`has the path ${JSON.stringify(path)}, which no module has`);
        }
        if (files.size === MOST_FILES) {
          throw refuse(`has more than ${MOST_FILES} files, which no module has`);
        }
        files.set(path, bytes);
        break;
      }
      default:
        throw refuse(`has ${JSON.stringify(pathIn(header))}, which is neither a file nor a folder`);
    }
  }
  return files;
}

function textUntilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString("utf8");
}

function textIn(header: Buffer, field: FieldName): string {
  const [offset, length] = FIELD[field];
  return textUntilNul(header.subarray(offset, offset + length));
}

function numberIn(header: Buffer, field: FieldName): number {
  const text = textIn(header, field).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function pathIn(header: Buffer): string {
  const prefix = textIn(header, "magic").startsWith("ustar") ? textIn(header, "prefix") : "";
  return `${prefix === "" ? "" : `${prefix}/`}${textIn(header, "name")}`;
}

/** The path in a header of pax, whose records are `LENGTH KEY=VALUE`. */
function extendedPath(bytes: Buffer): string | undefined {
  for (let offset = 0; offset < bytes.length; ) {
    const length = Number.parseInt(bytes.subarray(offset, offset + 20).toString("latin1"), 10);
    if (!(length > 0)) {
      return undefined;
    }
    const record = bytes.subarray(offset, offset + length).toString("utf8");
    const path = /^[0-9]+ path=(.*)\n$/s.exec(record)?.[1];
    if (path !== undefined) {
      return path;
    }
    offset += length;
  }
  return undefined;
}

function isInside(path: string): boolean {
  return (
    path !== "" && !/[\\\0]/.test(path) && path.split("/").every((step) => step !== "" && step !== "." && step !== "..")
  );
}

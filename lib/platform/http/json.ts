import { AppError } from "../errors";

const DEFAULT_MAX_DEPTH = 64;

/**
 * A JSON value from a body. Refuses (invalid_input) what is not UTF-8, not JSON, or nested deeper than `maxDepth`.
 * Characters PostgreSQL cannot store (U+0000, halves of a surrogate pair) become U+FFFD.
 */
export function parseJson(body: Uint8Array | string, options: { maxDepth?: number } = {}): unknown {
  const text = typeof body === "string" ? body : decodeUtf8(body);
  const maxDepth = options.maxDepth ?? DEFAULT_MAX_DEPTH;
  if (depthExceeds(text, maxDepth))
    throw new AppError("invalid_input", `The body is nested deeper than ${maxDepth} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not valid JSON.", { cause });
  }
  return /\\u(0000|d[89a-f])/i.test(text) ? storable(value) : value;
}

/** Text from bytes; refuses what is not UTF-8 instead of replacing it. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not valid UTF-8.", { cause });
  }
}

/** Counted on the text, before anything recursive walks the value. */
function depthExceeds(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > maxDepth) return true;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return false;
}

const clean = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");

function storable(value: unknown): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), storable(inner)]));
  return value;
}

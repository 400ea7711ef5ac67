import { Param, SQL, StringChunk } from "drizzle-orm";

type Rendered = { sql: string; params: unknown[] };
/** Of what Drizzle keeps to itself. */
type Inner = { shouldInlineParams?: boolean };

/**
 * The text and parameters of a statement written with `sql`, exactly as Drizzle's dialect gives them, in a fifth of the time: on the way of a
 * tool call that is most of what Drizzle costs. undefined for what holds tables, columns, names or placeholders: Drizzle's own work.
 */
export function renderSql(statement: SQL): Rendered | undefined {
  const out: Rendered = { sql: "", params: [] };
  return append(statement, out) ? out : undefined;
}

function append(chunk: unknown, out: Rendered): boolean {
  if (chunk === undefined) return true;
  if (typeof chunk !== "object" || chunk === null) return appendParam(chunk, out);
  if (chunk instanceof StringChunk) {
    for (const text of chunk.value) out.sql += text;
    return true;
  }
  if (chunk instanceof SQL) {
    if ((chunk as unknown as Inner).shouldInlineParams) return false;
    for (const inner of chunk.queryChunks) if (!append(inner, out)) return false;
    return true;
  }
  if (chunk instanceof Param) {
    const value = chunk.value === null ? null : chunk.encoder.mapToDriverValue(chunk.value);
    return isPlain(value) && appendParam(value, out);
  }
  if (Array.isArray(chunk)) {
    out.sql += "(";
    for (const [n, inner] of chunk.entries()) {
      if (n > 0) out.sql += ", ";
      if (!append(inner, out)) return false;
    }
    out.sql += ")";
    return true;
  }
  return isPlain(chunk) && appendParam(chunk, out);
}

function appendParam(value: unknown, out: Rendered): boolean {
  if (typeof value === "function") return false;
  out.sql += `$${out.params.push(value)}`;
  return true;
}

/** A value, and nothing that Drizzle would make words of. */
const isPlain = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  Array.isArray(value) ||
  value instanceof Date ||
  value instanceof Uint8Array ||
  Object.getPrototypeOf(value) === Object.prototype;

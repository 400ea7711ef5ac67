export type Scope = Record<string, unknown>;

/**
 * `$find_slots.data.offers[0].slot`, several alternatives divided by `|`; the first that exists is taken.
 * An alternative without `$` is a literal text.
 */
export function resolveReference(expression: string, scope: Scope): unknown {
  for (const alternative of expression.split("|").map((part) => part.trim())) {
    if (!alternative.startsWith("$")) return alternative;
    const value = lookUp(alternative.slice(1), scope);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

/** Replaces each `{{reference}}`; a text that is itself one reference is resolved whole. */
export function resolveText(text: string, scope: Scope): string {
  if (text.startsWith("$")) return asText(resolveReference(text, scope));
  const filled = text.replace(/\{\{(.+?)\}\}/g, (_, inner: string) => asText(resolveReference(prefixed(inner), scope)));
  return filled.replace(/\s+/g, " ").trim();
}

/** Resolves references at any depth; a field whose reference leads nowhere is left out. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    if (value.startsWith("$")) return resolveReference(value, scope);
    return value.includes("{{") ? resolveText(value, scope) : value;
  }
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, resolveValue(item, scope)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  return value;
}

function prefixed(inner: string): string {
  const [first = "", ...rest] = inner.trim().split("|");
  return [first.startsWith("$") ? first : `$${first.trim()}`, ...rest].join("|");
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function lookUp(path: string, scope: Scope): unknown {
  let value: unknown = scope;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

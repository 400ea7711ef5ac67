import { type SeededRandom, seededRandom } from "../../http/seeded-random";
import made from "../contract/requests.json" with { type: "json" };

interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

export interface RandomRequest {
  name: string;
  method: string;
  path: string;
  body: string;
}

const definitions = made.definitions as Record<string, Schema>;
const operations = Object.entries(
  made.operations as Record<string, { method: string; pattern: string; params?: string }>,
);
const numbers = [0, 1, 2, 31, 100, 5000, -1, 1e15, Number.MAX_SAFE_INTEGER, 1_770_000_000, 1_775_000_000];
const texts = [
  "",
  "a",
  "0",
  "usd",
  "kwd",
  "pm_card_visa",
  "4242424242424242",
  "https://a.example/x",
  "\u0000",
  "💥",
  "email:'a'",
];

/** Requests of the right form with senseless contents: ids of anything, numbers of any size, any choice of an enum. */
export function randomRequests(seed: number, ids: () => string[]): () => RandomRequest {
  const random = seededRandom(seed);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random.next() * choices.length)] as T;

  function value(schema: Schema, depth: number): unknown {
    if (schema.$ref) return value(definitions[schema.$ref.split("/").at(-1) ?? ""] ?? {}, depth);
    if (schema.anyOf) return value(pick(schema.anyOf), depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return pick(schema.enum);
    if (schema.pattern) return pick(["1.5", "0", "-3", "99999999999999999999.123456789012"]);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === "integer" || type === "number") return pick(numbers);
    if (type === "boolean") return random.chance(0.5);
    if (type === "array")
      return Array.from({ length: Math.floor(random.next() * 3) }, () => value(schema.items ?? {}, depth + 1));
    if (type === "object") return object(schema, depth, random);
    return random.chance(0.6) ? pick(ids()) : pick(texts);
  }

  function object(schema: Schema, depth: number, { chance }: SeededRandom): object {
    const wanted = (name: string) => schema.required?.includes(name) || chance(depth > 2 ? 0.1 : 0.2);
    const names = Object.keys(schema.properties ?? {}).filter(wanted);
    const named = names.map((name) => [name, value(schema.properties?.[name] ?? {}, depth + 1)]);
    return { ...Object.fromEntries(named), ...(typeof schema.additionalProperties === "object" ? { a: "b" } : {}) };
  }

  return () => {
    const [name, { method, pattern, params }] = pick(operations);
    const path = pattern.replace(/:\w+/g, () => encodeURIComponent(pick(ids())));
    const given = params ? value(definitions[params] ?? {}, 0) : {};
    const body = path.startsWith("/v2") ? JSON.stringify(given) : new URLSearchParams(flat(given, "")).toString();
    return { name, method, path: method === "POST" ? path : `${path}?${new URLSearchParams(flat(given, ""))}`, body };
  };
}

function flat(value: unknown, name: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, part]) => flat(part, name === "" ? key : `${name}[${key}]`));
}

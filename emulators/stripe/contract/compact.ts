export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  pattern?: string;
}

type Definitions = Record<string, Schema>;

/** Numbers of Stripe's that are not whole. */
const fractions = /(^|_)(percent|percentage|percent_off)$/;
const decimal: Schema = { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" };
const prefix = "#/definitions/";

/**
 * The generator's definitions as a request travels: open enums closed, decimals as text, numbers whole; equal shapes written once.
 * `roots` stay under their names, all else under a number.
 */
export function compactSchemas(definitions: Definitions, roots: string[]): Definitions {
  const shapes = new Map<string, { id: number; schema: Schema; uses: number }>();
  const known = new Map<string, Schema>();

  const named = (reference: string): Schema => {
    const name = decodeURIComponent(reference.slice(prefix.length));
    const done = known.get(name);
    if (done) return done;
    const made = name === "Decimal" ? decimal : compact(definitions[name] ?? {}, "");
    known.set(name, made);
    return made;
  };

  function compact(schema: Schema, property: string): Schema {
    if (schema.$ref) return named(schema.$ref);
    if (schema.anyOf) return oneOfMany(schema.anyOf, property);
    if (schema.properties || schema.type === "object") return shared(objectOf(schema));
    if (schema.items) return { type: "array", items: compact(schema.items, property) };
    if (schema.type === "number" && !fractions.test(property)) return { type: "integer" };
    if (schema.enum) return shared({ ...schema, enum: [...schema.enum].sort() });
    return schema;
  }

  function objectOf(schema: Schema): Schema {
    const names = Object.keys(schema.properties ?? {}).sort();
    const properties = names.map((name) => [name, compact(schema.properties?.[name] ?? {}, name)] as const);
    const more = schema.additionalProperties;
    return {
      type: "object",
      ...(names.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
      ...(schema.required?.length ? { required: [...schema.required].sort() } : {}),
      additionalProperties: typeof more === "object" ? compact(more, "") : (more ?? false),
    };
  }

  function oneOfMany(branches: Schema[], property: string): Schema {
    const closed = branches.filter((branch) => branch.$ref !== `${prefix}OtherString`);
    const flat = closed.flatMap((branch) => {
      const made = compact(branch, property);
      return made.anyOf ?? [made];
    });
    const texts = new Map(flat.map((branch) => [JSON.stringify(branch), branch]));
    const plain = [...texts.values()];
    if (
      plain.some((branch) => branch.type === "string" && !branch.enum && branch.const === undefined && !branch.pattern)
    )
      return plain.every((branch) => branch.type === "string") ? { type: "string" } : { anyOf: plain };
    return plain.length === 1 && plain[0] ? plain[0] : shared({ anyOf: plain });
  }

  function shared(schema: Schema): Schema {
    const text = JSON.stringify(schema);
    const shape = shapes.get(text) ?? { id: shapes.size, schema, uses: 0 };
    shape.uses += 1;
    shapes.set(text, shape);
    return text.length < 80 ? schema : { $ref: `${prefix}${shape.id}` };
  }

  const result: Definitions = {};
  for (const name of [...roots].sort()) result[name] = named(`${prefix}${name}`);
  const wanted = Object.values(result);
  for (let schema = wanted.pop(); schema; schema = wanted.pop()) {
    const id = schema.$ref?.slice(prefix.length);
    if (id !== undefined && !result[id]) {
      const found = byId(shapes).get(Number(id));
      if (!found) throw new Error(`no shape ${id}`);
      result[id] = found;
      wanted.push(found);
    }
    wanted.push(...(schema.anyOf ?? []), ...Object.values(schema.properties ?? {}));
    if (schema.items) wanted.push(schema.items);
    if (typeof schema.additionalProperties === "object") wanted.push(schema.additionalProperties);
  }
  return result;
}

const indexes = new WeakMap<object, Map<number, Schema>>();
function byId(shapes: Map<string, { id: number; schema: Schema }>): Map<number, Schema> {
  const made = indexes.get(shapes) ?? new Map([...shapes.values()].map(({ id, schema }) => [id, schema]));
  indexes.set(shapes, made);
  return made;
}

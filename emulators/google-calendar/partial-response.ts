import { GoogleError } from "./errors";

/** Selected fields by name; `true` = all that is below. */
type Selection = Map<string, Selection | true>;

/**
 * The vendor's `fields` parameter: `a,b(c,d/e)` (https://developers.google.com/workspace/calendar/api/guides/performance). What a client did
 * not ask for, it does not get.
 */
export function partialResponse(value: unknown, fields: string | null): unknown {
  if (fields === null || fields === "*") return value;
  const [selection, rest] = readSelection(fields);
  if (rest !== "") throw new GoogleError(400, "invalidParameter", `Invalid field selection ${fields}`);
  return pick(value, selection);
}

function readSelection(text: string): [Selection, string] {
  const selection: Selection = new Map();
  let rest = text;
  for (;;) {
    const path = /^[\w*]+(\/[\w*]+)*/.exec(rest)?.[0];
    if (!path) throw new GoogleError(400, "invalidParameter", `Invalid field selection ${rest}`);
    rest = rest.slice(path.length);
    let below: Selection | true = true;
    if (rest.startsWith("(")) {
      [below, rest] = readSelection(rest.slice(1));
      if (!rest.startsWith(")")) throw new GoogleError(400, "invalidParameter", "Invalid field selection");
      rest = rest.slice(1);
    }
    const names = path.split("/");
    const leaf = names.reverse().reduce<Selection | true>((inner, name) => new Map([[name, inner]]), below);
    for (const [name, inner] of leaf as Selection) selection.set(name, inner);
    if (!rest.startsWith(",")) return [selection, rest];
    rest = rest.slice(1);
  }
}

function pick(value: unknown, selection: Selection | true): unknown {
  if (selection === true || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => pick(each, selection));
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const below = selection.get(name) ?? selection.get("*");
    return below === undefined ? [] : [[name, pick(inner, below)]];
  });
  return Object.fromEntries(entries);
}

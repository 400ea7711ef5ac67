import path from "node:path";

export type Place = {
  layer:
    | "app"
    | "components"
    | "wiring"
    | "agent-tools"
    | "adapters"
    | "platform"
    | "rules"
    | "noun"
    | "db"
    | "emulators"
    | "entry";
  /** The noun, or the adapter's vendor; undefined elsewhere. */
  owner: string | undefined;
  /** Path inside that folder without its extension. */
  rest: string;
};

/** Where a file stands in the tree of docs/ARCHITECTURE.md. */
export function placeOf(file: string): Place {
  const bare = file.replace(/\.(tsx?|mjs|js)$/, "");
  const [top, second, ...more] = bare.split("/");
  if (top === "app" || top === "components" || top === "db" || top === "emulators")
    return { layer: top, owner: undefined, rest: [second, ...more].join("/") };
  if (top !== "lib" || !second) return { layer: "entry", owner: undefined, rest: bare };
  if (second === "wiring" || second === "agent-tools" || second === "platform")
    return { layer: second, owner: undefined, rest: more.join("/") };
  if (second === "adapters") return { layer: "adapters", owner: more[0], rest: more.slice(1).join("/") };
  if (more[0] === "rules") return { layer: "rules", owner: second, rest: more.join("/") };
  return { layer: "noun", owner: second, rest: more.join("/") };
}

/** The project file an import names, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
  return undefined;
}

/** Every verb of every noun asks this first; through the door of organizations, that would be a circle. */
const AUTHORISE = "organizations/authorise";

/** A noun's door: what others may import of it. */
export const isDoor = (place: Place) =>
  place.layer === "noun" &&
  (["", "index", "schemas", "words"].includes(place.rest) || `${place.owner}/${place.rest}` === AUTHORISE);
/** Safe for browsers: `schemas`, and `words` where a browser needs a noun's words but not its validators. */
export const isSchema = (place: Place) => place.layer === "noun" && ["schemas", "words"].includes(place.rest);
export const isPort = (place: Place) => place.layer === "noun" && ["ports", "schemas"].includes(place.rest);

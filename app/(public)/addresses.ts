export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of a query parameter; an empty one is none. */
export const one = (params: SearchParams, name: string): string | undefined => {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
};

/** A path with what of the query is set. */
export function withQuery(path: string, query: Record<string, string | undefined>, fragment = ""): string {
  const text = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();
  return `${path}${text ? `?${text}` : ""}${fragment}`;
}

/** Readers for payloads that follow their documentation only mostly: each gives a value of the wanted kind or undefined. */
export type Fields = Record<string, unknown>;

export const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** What a table of ours says to a word of theirs; to one that every object has ("constructor") nothing. */
export const wordOf = <T>(table: Readonly<Record<string, T>>, value: unknown): T | undefined => {
  const word = text(value);
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
};

export const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** A value that stands in an index or a list: what is longer is cut, never in the middle of a character. */
export const short = (value: unknown, length: number): string | undefined => {
  const given = text(value);
  return given && given.length > length ? given.slice(0, length).replace(/[\ud800-\udbff]$/, "") : given;
};

/** Years of four digits: other instants are nobody's, and the database reads their notation as something else. */
const FIRST_MS = Date.UTC(1970, 0);
const LAST_MS = Date.UTC(9999, 11, 31);

/** ISO text or milliseconds since 1970. */
export function instant(value: unknown): Date | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : number(value);
  return ms !== undefined && ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms) : undefined;
}

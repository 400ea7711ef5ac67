export type Named = { id: string; name: string; aliases?: readonly string[] };
export type NameMatch<T> = { kind: "one"; item: T } | { kind: "several"; items: T[] } | { kind: "none" };

const IGNORED = new Set([
  "a",
  "an",
  "the",
  "my",
  "some",
  "for",
  "with",
  "please",
  "and",
  "of",
  "to",
  "appointment",
  "booking",
]);

/**
 * Finds what a caller named: the name or an alias exactly, else by words (case, plural, accents and small words do not matter).
 * Several that fit equally well are all returned; nothing is guessed between them.
 */
export function matchName<T extends Named>(items: readonly T[], said: string): NameMatch<T> {
  const plain = normal(said);
  if (!plain) return items.length === 1 && items[0] ? { kind: "one", item: items[0] } : { kind: "none" };
  const exact = items.filter((item) => namesOf(item).some((name) => normal(name) === plain));
  if (exact.length > 0) return result(exact);
  const words = wordsOf(said);
  const scored = items.map((item) => ({
    item,
    score: Math.max(...namesOf(item).map((name) => score(wordsOf(name), words))),
  }));
  const best = Math.max(0, ...scored.map((each) => each.score));
  return result(best > 0 ? scored.filter((each) => each.score === best).map((each) => each.item) : []);
}

const namesOf = (item: Named): string[] => [item.name, ...(item.aliases ?? [])];

function result<T>(items: T[]): NameMatch<T> {
  const [first, ...rest] = items;
  if (!first) return { kind: "none" };
  return rest.length === 0 ? { kind: "one", item: first } : { kind: "several", items };
}

const normal = (text: string): string => wordsOf(text).join(" ");

function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}|['’]s?\b/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !IGNORED.has(word))
    .map(singular);
}

const singular = (word: string): string =>
  word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;

/** How much of what was said is in the name, and less so how much of the name was said; 0 when no word fits. */
function score(name: readonly string[], said: readonly string[]): number {
  const joined = said.join("");
  if (name.length > 0 && name.join("") === joined) return 4;
  const hits = name.filter((word) => said.some((other) => fits(word, other))).length;
  if (hits === 0) return 0;
  const heard = said.filter((word) => name.some((other) => fits(other, word))).length;
  return hits / name.length + (2 * heard) / said.length;
}

const fits = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a) || a.endsWith(b)));

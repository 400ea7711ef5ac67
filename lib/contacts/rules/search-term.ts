/** What a search box holds: the end of a telephone number, or part of a name. Three digits are the least that narrow anything. */
export type SearchTerm = { kind: "phone"; digits: string } | { kind: "name"; fragment: string };

export function readSearchTerm(q: string): SearchTerm | undefined {
  const text = q.trim();
  if (!text) return undefined;
  // A leading zero is the national prefix, which E.164 drops.
  const digits = text.replace(/\D/g, "").replace(/^0+/, "");
  if (digits.length >= 3 && /^[\d\s()+./-]+$/.test(text)) return { kind: "phone", digits };
  return { kind: "name", fragment: text };
}

/** A LIKE pattern that takes the fragment literally. */
export const containing = (fragment: string): string => `%${fragment.replace(/[\\%_]/g, "\\$&")}%`;

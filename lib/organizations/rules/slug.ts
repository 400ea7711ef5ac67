/** Addresses under /o/ that are pages of their own. */
const RESERVED = new Set(["new"]);
const MAX_LENGTH = 48;

/** The part of an address made from a name: "Café Ümlaut & Sons" → "cafe-umlaut-sons". Names without a Latin letter give "business". */
export function slugFrom(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  if (!slug) return "business";
  return RESERVED.has(slug) ? `${slug}-business` : slug;
}

/** The candidates for a name in the order in which they are tried; `random` is a few letters that nobody else has. */
export const slugCandidates = (name: string, random: string): string[] => {
  const slug = slugFrom(name);
  return [slug, `${slug}-2`, `${slug}-3`, `${slug}-${random}`];
};

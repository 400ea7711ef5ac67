/** Shaped like `UnreadPart` of the noun's ports, which rules do not import. */
type Part = { what: "all" | "start" | "end" | "zone" | "repetition"; atMs?: number | undefined };
export type Unread = Record<string, Part>;

type Changes = {
  isFull: boolean;
  items: readonly { itemId: string; unread: Part | undefined }[];
  removed: readonly string[];
};

/** What cannot be read after changes, of what could not be read before. */
export function unreadAfter(before: Unread, { isFull, items, removed }: Changes): Unread {
  const after = new Map(Object.entries(isFull ? {} : before));
  for (const itemId of removed) after.delete(itemId);
  for (const { itemId, unread } of items) {
    if (unread) after.set(itemId, unread);
    else after.delete(itemId);
  }
  return Object.fromEntries(after);
}

const words: Record<Part["what"], string> = {
  all: "nothing of it is understood",
  start: "when it begins is not understood",
  end: "when it ends is not understood",
  zone: "its time zone is not known",
  repetition: "how it repeats is not understood",
};

/** Which events a person has to mend, by the one that begins first; in the calendar's own zone, as they see it there. */
export function sayUnread(unread: Unread, zone: string): string {
  const parts = Object.values(unread);
  const first = parts.toSorted(
    (a, b) => (a.atMs ?? Number.POSITIVE_INFINITY) - (b.atMs ?? Number.POSITIVE_INFINITY),
  )[0];
  const which = first && `${first.atMs === undefined ? "" : `${dayOf(first.atMs, zone)}, `}${words[first.what]}`;
  const events =
    parts.length === 1
      ? `1 event cannot be read in full: ${which}`
      : `${parts.length} events cannot be read in full, the first: ${which}`;
  return `${events}. Change or remove ${parts.length === 1 ? "it" : "them"} there: then this ends by itself.`;
}

const dayOf = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short", year: "numeric" }).format(ms);

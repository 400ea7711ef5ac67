/** Where a search was found: the words around it, so that it can be shown in its sentence. */
export type SearchHit = { before: string; match: string; after: string };

/** What encloses a found word in marked text: characters that no transcript holds. */
export const hitStart = "\u{E000}";
export const hitStop = "\u{E001}";

const around = 90;
const marks = /[\u{E000}\u{E001}]/gu;

/** The first marked word of a text and its sentence, at most some ninety letters to either side; undefined without a mark. */
export function searchHit(marked: string): SearchHit | undefined {
  const start = marked.indexOf(hitStart);
  const stop = marked.indexOf(hitStop, start);
  if (start < 0 || stop < 0) return undefined;
  const line = { from: marked.lastIndexOf("\n", start) + 1, to: endOf(marked, stop) };
  const before = marked.slice(line.from, start).replace(marks, "");
  const after = marked.slice(stop + 1, line.to).replace(marks, "");
  return {
    before: before.length > around ? `…${before.slice(-around).replace(/^\S*\s/, "")}` : before,
    match: marked.slice(start + 1, stop),
    after: after.length > around ? `${after.slice(0, around).replace(/\s\S*$/, "")}…` : after,
  };
}

function endOf(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

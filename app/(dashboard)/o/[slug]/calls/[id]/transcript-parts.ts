import type { ToolCall, Turn } from "@/components/calls/types";

/** Entries of a transcript that are shown at once: some twenty minutes of talk. */
export const PART_LENGTH = 200;
/** Places of a word that are listed. */
const MOST_FOUND = 50;

export type TranscriptPart = { turns: Turn[]; toolCalls: ToolCall[]; fromMs: number };

/** What was said and done, in order, in parts of at most `length` entries; one part, which may be empty, for what fits into it. */
export function transcriptParts(turns: readonly Turn[], toolCalls: readonly ToolCall[], length = PART_LENGTH) {
  const entries = [
    ...turns.map((turn) => ({ at: turn.offsetMs, turn, call: undefined })),
    ...toolCalls.map((call) => ({ at: call.offsetMs, turn: undefined, call })),
  ].sort((a, b) => a.at - b.at);
  const parts: TranscriptPart[] = [];
  for (let from = 0; from === 0 || from < entries.length; from += length) {
    const some = entries.slice(from, from + length);
    parts.push({
      turns: some.flatMap(({ turn }) => turn ?? []),
      toolCalls: some.flatMap(({ call }) => call ?? []),
      fromMs: some[0]?.at ?? 0,
    });
  }
  return parts;
}

/** Which part an address asks for, from 1; without one the first, or of a call that is going on the last. */
export function askedPart(asked: string | undefined, count: number, isLive: boolean): number {
  const number = /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : isLive ? count : 1;
  return Math.min(Math.max(number, 1), count);
}

/** The turns in which `q` was said, whatever its case, each with its part; `more` beyond those that are listed. */
export function findInParts(parts: readonly TranscriptPart[], q: string) {
  const wanted = q.trim().toLowerCase();
  const found = parts.flatMap(({ turns }, at) =>
    turns.flatMap((turn) => {
      const start = turn.text.toLowerCase().indexOf(wanted);
      return start < 0 ? [] : [{ part: at + 1, turn, ...around(turn.text, start, wanted.length) }];
    }),
  );
  return { found: found.slice(0, MOST_FOUND), more: Math.max(0, found.length - MOST_FOUND) };
}

/** The word with what stands beside it, of a sentence that may be long. */
function around(text: string, start: number, length: number) {
  const [from, to] = [Math.max(0, start - 60), start + length + 60];
  return {
    before: `${from > 0 ? "…" : ""}${text.slice(from, start)}`,
    match: text.slice(start, start + length),
    after: `${text.slice(start + length, to)}${to < text.length ? "…" : ""}`,
  };
}

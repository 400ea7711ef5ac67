import { expect, test } from "vitest";
import type { ToolCall, Turn } from "@/components/calls/types";
import { askedPart, findInParts, PART_LENGTH, transcriptParts } from "./transcript-parts";

const turn = (n: number, text = `sentence ${n}`): Turn => ({
  id: `trn_${n}`,
  role: n % 2 ? "caller" : "agent",
  text,
  offsetMs: n * 1000,
  durationMs: 900,
});
const tool = (at: number) => ({ id: `tlc_${at}`, offsetMs: at }) as ToolCall;
const turns = (count: number) => Array.from({ length: count }, (_, n) => turn(n));

test("every turn and tool call stands in one part, in order, and no part is longer than asked", () => {
  const calls = [tool(0), tool(150_500), tool(250_500), tool(9_000_000)];
  const parts = transcriptParts(turns(1_234), calls);
  expect(parts.flatMap((part) => part.turns)).toEqual(turns(1_234));
  expect(parts.flatMap((part) => part.toolCalls)).toEqual(calls);
  for (const [at, part] of parts.entries()) {
    expect(part.turns.length + part.toolCalls.length).toBeLessThanOrEqual(PART_LENGTH);
    const end = parts[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    for (const entry of [...part.turns, ...part.toolCalls]) {
      expect(entry.offsetMs).toBeGreaterThanOrEqual(part.fromMs);
      expect(entry.offsetMs).toBeLessThanOrEqual(end);
    }
  }
  expect(transcriptParts([], [])).toEqual([{ turns: [], toolCalls: [], fromMs: 0 }]);
  expect(transcriptParts(turns(PART_LENGTH), [])).toHaveLength(1);
});

test.each([
  [undefined, false, 1],
  [undefined, true, 7],
  ["3", true, 3],
  ["0", false, 1],
  ["8", false, 7],
  ["99999999999", false, 1],
  ["x", false, 1],
  ["-1", true, 7],
] as const)("asked for part %s of seven (live: %s) it is %i", (asked, isLive, part) => {
  expect(askedPart(asked, 7, isLive)).toBe(part);
});

test("a word is found in whatever part it was said, with what stands beside it", () => {
  const said = turns(1_000);
  said[450] = turn(450, `${"before ".repeat(20)}my EMAIL is mia@example.test ${"after ".repeat(20)}`);
  const { found, more } = findInParts(transcriptParts(said, []), " email ");
  expect([found.length, more]).toEqual([1, 0]);
  expect(found[0]).toMatchObject({ part: 3, match: "EMAIL", turn: { id: "trn_450" } });
  expect(found[0]?.before).toMatch(/^….{60}$/);
  expect(found[0]?.after).toMatch(/^ is mia@.*…$/);
  expect(findInParts(transcriptParts(said, []), "sentence")).toMatchObject({ found: { length: 50 }, more: 949 });
});

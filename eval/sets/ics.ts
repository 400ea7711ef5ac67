import { runInNewContext } from "node:vm";
import { readBusy } from "../../lib/adapters/ics";
import { merged, type Reference, readWithIcalJs, type Span } from "../ics-reference";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Row = { id: string; encoding: "utf8" | "latin1-bytes"; ics: string };

const ZONE = "America/New_York";
const LONGEST_MS = 2_000;

/**
 * Calendar files, many of them broken. A file that ical.js (see `readWithIcalJs`) reads has to give the same busy time, joined where it
 * touches, over the three years from its first event; one that is no calendar has to be refused; one that ical.js cannot read may be
 * refused or read. Whatever happens, nothing may be thrown or take longer than two seconds.
 */
export const evaluate: Evaluate = async (rows) => scoreOf((rows as Row[]).map(judge));

function judge({ id, encoding, ics }: Row): Judged {
  const text = encoding === "latin1-bytes" ? Buffer.from(ics, "latin1").toString("utf8") : ics;
  const reference = readReference(text);
  const isRead = typeof reference !== "string";
  const window = isRead ? reference.window : { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2029, 0, 1) };
  const startedAt = performance.now();
  try {
    const answer = readBusy(text, window, ZONE);
    const isQuick = performance.now() - startedAt < LONGEST_MS;
    if (!isRead) {
      const got = answer.ok ? "read" : answer.reason;
      return { id, expected: reference, got, isCovered: true, isCorrect: isQuick };
    }
    const got = answer.ok ? saidOf(answer.value.busy, reference.silent) : answer.reason;
    const expected = reference.isCalendar ? reference.busy.map(said) : "not_a_calendar";
    const isSame = JSON.stringify(got) === JSON.stringify(expected);
    return { id, expected, got, isCovered: true, isCorrect: isQuick && isSame };
  } catch (error) {
    return { id, expected: "an answer", got: `threw ${String(error)}`, isCovered: false, isCorrect: false };
  }
}

/** What ical.js reads, or its complaint. There are files it never comes to an end with. */
function readReference(text: string): Reference | string {
  try {
    return runInNewContext("read()", { read: () => readWithIcalJs(text, ZONE) }, { timeout: LONGEST_MS }) as Reference;
  } catch (error) {
    return String(error);
  }
}

function saidOf(busy: readonly [number, number, string][], silent: readonly string[]): string[] {
  return merged(busy.filter(([, , uid]) => !silent.includes(uid)).map(([start, end]): Span => [start, end])).map(said);
}

const said = ([start, end]: Span) => `${iso(start)}/${iso(end)}`;
const iso = (ms: number) => new Date(ms).toISOString();

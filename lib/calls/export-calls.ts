import type { Context } from "@/lib/platform/context";
import type { CallFilter } from "./call-filter";
import type { CallSummary } from "./call-lines";
import { listCalls } from "./list-calls";
import { csvRecord } from "./rules/csv";

const pageSize = 500;

const columns: readonly (readonly [string, (call: CallSummary, timeZone: string) => string | number | null])[] = [
  ["Call", (call) => call.id],
  ["Started (UTC)", (call) => call.startedAt.toISOString()],
  ["Started (local)", (call, timeZone) => local(call.startedAt, timeZone)],
  ["Direction", (call) => call.direction],
  ["From", (call) => call.fromNumber],
  ["To", (call) => call.toNumber],
  ["Contact", (call) => call.contact?.name ?? null],
  ["Agent", (call) => call.agent?.name ?? null],
  ["State", (call) => call.status],
  ["Outcome", (call) => call.outcome],
  ["Summary", (call) => call.summary],
  ["Booking", (call, timeZone) => (call.booking ? local(call.booking.startsAt, timeZone) : null)],
  ["Seconds", (call) => call.durationSeconds],
  ["Cost (USD)", (call) => (call.costMicros === null ? null : dollars(call.costMicros))],
];

/**
 * The calls that match as CSV (RFC 4180), newest first, page by page, so that a million of them need no more memory than five hundred.
 * Times are given in UTC and on the wall of `timeZone`. Cells that a spreadsheet would run as a formula are made text.
 */
export async function* exportCalls(
  ctx: Context,
  { filter, timeZone }: { filter: CallFilter; timeZone: string },
): AsyncGenerator<string, void> {
  yield csvRecord(columns.map(([name]) => name));
  let cursor: string | undefined;
  do {
    const page = await listCalls(ctx, { ...filter, limit: pageSize, ...(cursor ? { cursor } : {}) });
    if (page.items.length > 0)
      yield page.items.map((call) => csvRecord(columns.map(([, cell]) => cell(call, timeZone)))).join("");
    cursor = page.olderCursor ?? undefined;
  } while (cursor);
}

/** 93500 millionths are 0.0935. */
function dollars(micros: number): string {
  const digits = String(micros).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
}

/** 2026-11-20 10:05:00, which spreadsheets read as a date everywhere. */
function local(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

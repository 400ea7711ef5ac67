import { nearest, over, rational, times } from "@/emulators/stripe/testing/rational";
import type { MadeCall } from "./usage-calls";
import { DAY, HOUR, type MadeOrg, type PlanName, stepAt, type Told } from "./year-plan";

/** Written down once more, from the price list: nothing here asks the product what something costs. */
const prices: Record<PlanName, { included: number; USD: [number, number, number]; INR: [number, number, number] }> = {
  starter: { included: 300, USD: [9_700, 97_000, 25], INR: [799_900, 7_999_000, 1_900] },
  growth: { included: 1_000, USD: [24_700, 247_000, 22], INR: [1_999_900, 19_999_000, 1_700] },
  scale: { included: 3_000, USD: [59_700, 597_000, 18], INR: [4_999_900, 49_999_000, 1_400] },
};

/** When things came about at Stripe, in epoch milliseconds. */
export type Life = {
  startedAt: number;
  changes: { at: number; plan: PlanName }[];
  endsAt: number | null;
};

export type RecountSpan = { from: number; to: number; closes: number; plan: PlanName };
export type RecountInvoice = { plan: number; proration: number; minutes: number; overage: number };

export const priceOf = (org: MadeOrg, plan: PlanName): number =>
  prices[plan][org.currency][org.every === "year" ? 1 : 0];

/** Minutes beyond the included ones, one price each; counted one by one. */
export function overage(org: MadeOrg, plan: PlanName, minutes: number): number {
  const free = prices[plan].included * (org.every === "year" ? 12 : 1);
  let sum = 0;
  for (let n = free; n < minutes; n++) sum += prices[plan][org.currency][2];
  return sum;
}

/** The start of the n-th period: the same day of the month and time of day, or the month's last day. */
function periodStart(org: MadeOrg, startedAt: number, n: number): number {
  const at = new Date(startedAt);
  const month = at.getUTCMonth() + n * (org.every === "year" ? 12 : 1);
  const last = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const time = startedAt - Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return Date.UTC(at.getUTCFullYear(), month, Math.min(at.getUTCDate(), last)) + time;
}

/** Times in which minutes count together, until `now`; the last one may still run. */
export function spansOf(org: MadeOrg, life: Life, now: number): RecountSpan[] {
  const spans: RecountSpan[] = [];
  let plan = org.plan;
  for (let n = 0; ; n++) {
    const [start, end] = [periodStart(org, life.startedAt, n), periodStart(org, life.startedAt, n + 1)];
    if (start > now || (life.endsAt !== null && start >= life.endsAt)) return spans;
    let from = start;
    for (const change of life.changes.filter(({ at }) => at >= start && at < end)) {
      spans.push({ from, to: change.at, closes: change.at, plan });
      [from, plan] = [change.at, change.plan];
    }
    spans.push({ from, to: end, closes: end + HOUR, plan });
  }
}

/** Minutes that a count of so many seconds is worth by what is told of it. */
function minutesTold(call: MadeCall, isReport: boolean): number {
  if (isReport || call.lastHeard !== null) return call.minutes;
  const seconds = call.first.seconds ?? 0;
  if (call.kind === "test" || seconds < 6) return 0;
  return Math.floor((seconds + 59) / 60);
}

export type Heard = { endedAt: number; values: { at: number; minutes: number }[] };

/** What we knew of a call and since when; what came after its report changed nothing. */
export function heardOf(call: MadeCall, told: readonly Told[]): Heard | undefined {
  const [first] = told;
  if (!first) return undefined;
  const firstTold = first.isReport ? call.report?.seconds : call.first.seconds;
  // Whoever gave up waiting guessed the end that is told: it ended when it was last heard.
  const seconds = call.lastHeard ?? firstTold ?? 0;
  const values: Heard["values"] = [];
  let isReported = false;
  for (const { step, isReport } of told) {
    if (isReported) break;
    isReported = isReport;
    const last = values.at(-1);
    const value = { at: stepAt(step), minutes: minutesTold(call, isReport) };
    if (last?.at === value.at) values.pop();
    values.push(value);
  }
  return { endedAt: call.answeredAt.getTime() + seconds * 1000, values };
}

/** What of a call is on the meter when a span closes: by the rule that what is more is added, and what is less replaced within a day. */
export function onMeter({ endedAt, values }: Heard, closes: number): number {
  const events: { minutes: number; at: number }[] = [];
  const sum = () => events.reduce((all, { minutes }) => all + minutes, 0);
  for (const { at, minutes } of values) {
    if (at >= closes) break;
    while (sum() > minutes) {
      const last = events.at(-1);
      if (!last || at - last.at > DAY) break;
      events.pop();
    }
    const missing = minutes - sum();
    if (missing > 0 && at - endedAt <= 35 * DAY - HOUR) events.push({ minutes: missing, at });
  }
  return sum();
}

/** Every invoice there should be, in order; `minutesOf` says what was on the meter for a span when it closed. */
export function invoicesOf(
  org: MadeOrg,
  life: Life,
  now: number,
  minutesOf: (span: RecountSpan) => number,
): RecountInvoice[] {
  const invoices: RecountInvoice[] = [{ plan: priceOf(org, org.plan), proration: 0, minutes: 0, overage: 0 }];
  const spans = spansOf(org, life, now);
  for (const [n, span] of spans.entries()) {
    if (span.closes > now) break;
    const next = spans[n + 1];
    const minutes = minutesOf(span);
    const used = { minutes, overage: overage(org, span.plan, minutes) };
    if (span.closes !== span.to) {
      const isOver = life.endsAt !== null && span.to >= life.endsAt;
      invoices.push({ plan: isOver ? 0 : priceOf(org, next?.plan ?? span.plan), proration: 0, ...used });
      continue;
    }
    const period = spans.slice(0, n + 1).findLast(({ from }) => isStart(org, life, from));
    const end = spans.slice(n).find(({ closes, to }) => closes !== to);
    if (!period || !end || !next) throw new Error("a change lies in a period");
    const left = (price: number) =>
      nearest(times(rational(price), over(rational(end.to - span.to), rational(end.to - period.from))));
    const proration = left(priceOf(org, next.plan)) - left(priceOf(org, span.plan));
    invoices.push({ plan: 0, proration, ...used });
  }
  return invoices;
}

const isStart = (org: MadeOrg, life: Life, at: number): boolean => {
  for (let n = 0; ; n++) {
    const start = periodStart(org, life.startedAt, n);
    if (start >= at) return start === at;
  }
};

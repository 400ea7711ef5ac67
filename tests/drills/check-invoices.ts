import type { DrillOrg } from "./year";
import type { AtStripe } from "./year-at-stripe";
import { type Checked, type Checking, type HeardCalls, SETTLED_MS, tell } from "./year-checking";
import { invoicesOf, onMeter, overage, type RecountSpan, spansOf } from "./year-recount";
import type { Planted } from "./year-seeds";

/** What was planted on a span's meter before it closed. */
const plantedIn = ({ lost, doubled }: Planted, org: number, { from, to, closes }: RecountSpan): number => {
  const sum = (some: Planted["lost"]) =>
    some
      .filter((one) => one.org === org && one.endedAt >= from && one.endedAt < to && one.at < closes)
      .reduce((all, { minutes }) => all + minutes, 0);
  return sum(doubled) - sum(lost);
};

/** Every invoice by itself, and every span with what was put right of it since. */
export function checkInvoices(
  { planted, now, examples }: Checking,
  n: number,
  org: DrillOrg,
  heards: HeardCalls,
  stripe: AtStripe,
  faults: Checked["faults"],
) {
  if (!org.life) return;
  const inSpan = ({ from, to }: RecountSpan) =>
    heards.filter(({ heard }) => heard.endedAt >= from && heard.endedAt < to);
  const minutesOf = (span: RecountSpan) =>
    inSpan(span).reduce((sum, { heard }) => sum + onMeter(heard, span.closes), 0) + plantedIn(planted, n, span);
  const expected = invoicesOf(org, org.life, now, minutesOf);
  if (expected.length !== stripe.invoices.length) faults.invoicesWrong++;
  for (const [at, invoice] of expected.entries()) {
    const told = stripe.invoices[at];
    const total = invoice.plan + invoice.proration + invoice.overage + (told?.added ?? 0);
    const isRight =
      told &&
      told.plan === invoice.plan &&
      told.proration === invoice.proration &&
      told.minutes === invoice.minutes &&
      told.overage === invoice.overage &&
      told.total === total;
    if (!isRight) {
      faults.invoicesWrong++;
      tell(examples, "invoice", n, at, invoice, told);
    }
  }
  for (const span of spansOf(org, org.life, now)) {
    if (span.closes > now - SETTLED_MS) continue;
    const own = new Set(inSpan(span).map(({ callId }) => callId));
    const added = stripe.items
      .filter(({ cause }) => own.has((cause ?? "").split("_").slice(0, 2).join("_")))
      .reduce((sum, { amount }) => sum + amount, 0);
    const truth = inSpan(span).reduce((sum, { minutes }) => sum + minutes, 0) + plantedIn(planted, n, span);
    const charged = overage(org, span.plan, minutesOf(span)) + added;
    if (charged !== overage(org, span.plan, truth)) {
      faults.spansWrong++;
      tell(examples, "span", n, span, { charged, added, truth, should: overage(org, span.plan, truth) });
    }
  }
}

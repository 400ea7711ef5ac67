import { formatMoney } from "@/components/ui/money-format";
import { formatTime } from "@/components/ui/time-format";
import type { AuditEntry } from "@/lib/events";
import { findPlan } from "@/lib/plans";
import { actionInWords, actorInWords, changesInWords } from "../settings/audit/words";

type Entry = Pick<AuditEntry, "action" | "actorKind" | "actorLabel" | "changes">;
type Said = { title: string; detail: string };
type Pair = { from: string | null; to: string | null };

const became: Record<string, string> = {
  active: "Plan began",
  past_due: "A payment failed",
  unpaid: "The invoice was not paid",
  paused: "Paused",
  canceled: "Subscription ended",
};

const letters: Record<string, (threshold: number) => string> = {
  cap: (percent) => `${percent} % of the spending limit was reached`,
  trial: (percent) => `${percent} % of the trial’s minutes were used`,
  trial_days: (days) =>
    days === 0 ? "The trial was over" : `The trial had ${days === 1 ? "a day" : `${days} days`} left`,
  payment: (days) => (days === 0 ? "A payment failed" : "Callers could only leave a message: a payment was open"),
};

/** What happened to the subscription as its owner would say it; times on the wall of `zone`. */
export function historyInWords(entry: Entry, zone: string): Said {
  const { action, changes } = entry;
  const date = (value: unknown) => formatTime(String(value), zone, "date");
  if (action === "subscription.checkout_started")
    return { title: "Payment page opened", detail: `${planName(changes.plan)}, paid by the ${changes.every}` };
  if (action === "subscription.portal_opened") return { title: "Card and address opened", detail: "" };
  if (action === "subscription.alerted")
    return {
      title: "Owners were written to",
      detail: letters[String(changes.what)]?.(Number(changes.threshold)) ?? "",
    };
  if (action !== "subscription.changed") return { title: actionInWords(action), detail: changesInWords(changes, zone) };
  if (changes.status === "trialing")
    return {
      title: "Trial began",
      detail: `Until ${date(changes.until)}, with everything of ${planName(changes.plan)}`,
    };
  const cap = pairOf(changes.spendingCap);
  if (cap) return { title: "Spending limit changed", detail: arrow(cap, (cents) => amount(cents, changes.currency)) };
  return changed(changes, date);
}

/** Who did it: people by name, what we do by ourselves without the name of the part that did it. */
export const whoInWords = ({ actorKind, actorLabel }: Entry): string =>
  actorKind === "system" ? "Caly" : actorInWords(actorKind, actorLabel);

function changed(changes: Record<string, unknown>, date: (value: unknown) => string): Said {
  const [plan, status, ends, cancel] = ["plan", "status", "periodEndsAt", "cancelAt"].map((name) =>
    pairOf(changes[name]),
  );
  const every = pairOf(changes.every) ?? pairOf(changes.billedEvery);
  const due = changes.dueNow === undefined ? undefined : BigInt(String(changes.dueNow));
  const isBack = status?.to === "active" && status.from !== "trialing" && status.from !== null;
  const title = status?.to
    ? isBack
      ? "The payment came"
      : (became[status.to] ?? actionInWords("subscription.changed"))
    : plan || every
      ? "Plan changed"
      : cancel
        ? cancel.to
          ? "Plan cancelled"
          : "Cancellation taken back"
        : ends
          ? "A new period began"
          : "Subscription brought up to date";
  const detail = [
    plan && (status?.from === "trialing" ? planName(plan.to) : arrow(plan, planName)),
    every && every.from !== every.to && `paid by the ${every.to}`,
    due !== undefined && `${amount(due < 0n ? -due : due, changes.currency)} ${due < 0n ? "of credit" : "due at once"}`,
    cancel?.to && `ends on ${date(cancel.to)}`,
    ends?.to && (!status || status.to === "active") && `until ${date(ends.to)}`,
  ].filter((part) => typeof part === "string");
  return { title, detail: capital(detail.join(", ")) };
}

function pairOf(value: unknown): Pair | undefined {
  if (typeof value !== "object" || value === null || !("from" in value && "to" in value)) return undefined;
  const text = (one: unknown) => (one === null || one === undefined ? null : String(one));
  return { from: text(value.from), to: text(value.to) };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const arrow = ({ from, to }: Pair, say: (value: string | null) => string) =>
  say(from) === say(to) ? say(to) : `${say(from)} → ${say(to)}`;

const amount = (minor: string | bigint | null, currency: unknown) =>
  minor === null ? "none" : formatMoney(BigInt(minor), String(currency));

/** "growth" or "growth 1" as it is sold. */
function planName(named: unknown): string {
  const [plan = "", version = "1"] = String(named).split(" ");
  return findPlan(plan, Number(version))?.name ?? plan;
}

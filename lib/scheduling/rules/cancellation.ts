import { MINUTE_MS } from "./civil";

/** `cents` in minor units; `percent` of the booking's price, which comes to nothing where no price is known. */
export type Fee = { kind: "percent"; percent: number } | { kind: "fixed"; cents: number };

/** What holds when less than `withinMinutes` are left before the start. */
export type CancellationWindow = { withinMinutes: number; fee: Fee | null; isRefused: boolean };

export type CancellationPolicy = { windows: readonly CancellationWindow[]; coversMoves: boolean };

/** What cancelling (or moving) means at one moment. `freeUntilMs` is null when it costs nothing at any time. */
export type Terms = { isAllowed: boolean; feeCents: number; freeUntilMs: number | null; withinMinutes: number | null };

export const noPolicy: CancellationPolicy = { windows: [], coversMoves: false };

/**
 * The one rule: of the windows the moment lies in, the narrowest decides. A start that has passed lies in all of them. At exactly
 * `withinMinutes` before the start the window has not begun.
 */
export function termsAt(
  policy: CancellationPolicy,
  change: "cancel" | "move",
  booking: { startMs: number; priceCents: number | null },
  nowMs: number,
): Terms {
  const windows = change === "move" && !policy.coversMoves ? [] : policy.windows;
  const left = booking.startMs - nowMs;
  const widest = Math.max(0, ...windows.filter(bites).map((window) => window.withinMinutes));
  const [window] = windows
    .filter((each) => left < each.withinMinutes * MINUTE_MS)
    .sort((a, b) => a.withinMinutes - b.withinMinutes);
  return {
    isAllowed: !window?.isRefused,
    feeCents: window?.isRefused ? 0 : feeOf(window?.fee ?? null, booking.priceCents),
    freeUntilMs: widest === 0 ? null : booking.startMs - widest * MINUTE_MS,
    withinMinutes: window?.withinMinutes ?? null,
  };
}

const bites = (window: CancellationWindow): boolean => window.isRefused || window.fee !== null;

/** Half a minor unit is rounded up. */
function feeOf(fee: Fee | null, priceCents: number | null): number {
  if (!fee) return 0;
  return fee.kind === "fixed" ? fee.cents : Math.floor(((priceCents ?? 0) * fee.percent) / 100 + 0.5);
}

/** A policy in sentences: "You can cancel free of charge until 1 day before. Later it costs half of the price. …" */
export function sayPolicy(policy: CancellationPolicy, money: (cents: number) => string): string {
  const windows = policy.windows.filter(bites).sort((a, b) => b.withinMinutes - a.withinMinutes);
  const [first] = windows;
  const change = policy.coversMoves ? "cancel or move" : "cancel";
  if (!first) return "You can cancel free of charge at any time.";
  const sentences = [`You can ${change} free of charge until ${sayLead(first.withinMinutes)} before.`];
  for (const [n, window] of windows.entries()) {
    const from = n === 0 ? "Later" : `Within ${sayLead(window.withinMinutes)}`;
    sentences.push(
      window.isRefused ? `${from} that is no longer possible.` : `${from} it costs ${sayFee(window.fee, money)}.`,
    );
  }
  if (!policy.coversMoves) sentences.push("Moving costs nothing.");
  return sentences.join(" ");
}

function sayFee(fee: Fee | null, money: (cents: number) => string): string {
  if (fee?.kind === "fixed") return money(fee.cents);
  const percent = fee?.percent ?? 0;
  return percent === 100 ? "the full price" : percent === 50 ? "half of the price" : `${percent} percent of the price`;
}

/** "2 days", "24 hours" (a day is said in hours), "90 minutes". */
export function sayLead(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return `${minutes / 1440} days`;
  if (minutes % 60 === 0) return `${minutes / 60} hour${minutes === 60 ? "" : "s"}`;
  return `${minutes} minute${minutes === 1 ? "" : "s"}`;
}

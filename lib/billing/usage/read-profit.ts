import type { Context } from "@/lib/platform/context";
import type { CallCost } from "../rules/call-cost";
import { findUsageLine, type UsageLine } from "./list-usage-lines";

/** Ten thousand millionths are a cent. */
const MICROS_IN_A_CENT = 10_000n;

export type CallProfit = UsageLine & {
  currency: "USD" | "INR";
  /** Revenue less cost, in millionths of a US dollar; null in another currency (nothing here knows a rate) and while the cost is not known. */
  profitMicros: bigint | null;
};

/**
 * What a call earned beside what it cost. It earns what it adds to the invoice and its share of the plan's price: an included minute is worth the
 * price divided by the included minutes. What of the plan nobody used is earned by no call. undefined for a call that was not counted.
 */
export async function readCallProfit(ctx: Context, callId: string): Promise<CallProfit | undefined> {
  const line = await findUsageLine(ctx, callId);
  return line && { ...line, profitMicros: profitOf(line.revenue, line.cost, line.currency) };
}

const profitOf = (revenue: bigint, cost: CallCost | null, currency: string): bigint | null =>
  cost && currency === "USD" ? revenue * MICROS_IN_A_CENT - cost.total : null;

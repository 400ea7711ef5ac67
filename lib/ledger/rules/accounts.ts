import { type Currency, readCurrency } from "./currencies";

/** What organisations owe Caly. Debits of the first group and credits of the second are what there is of it. */
export const billingAccounts = [
  "billing.minutes_used",
  "billing.receivable",
  "billing.cash",
  "billing.refunds",
  "billing.provider_cost",
  // Credited:
  "billing.minutes_given",
  "billing.subscription_revenue",
  "billing.overage_revenue",
  "billing.tax",
  "billing.credits",
  "billing.provider_payable",
] as const;

export type Account = (typeof billingAccounts)[number];
export type Book = "billing" | "deposits";

export const bookOf = (account: Account): Book => account.slice(0, account.indexOf(".")) as Book;

/** What is counted: a currency's minor units, minutes of calls, or millionths of a US dollar (what providers charge for one call). */
export type Unit = Currency | "minutes" | "usd_micros";

export function readUnit(text: string): Unit | undefined {
  return text === "minutes" || text === "usd_micros"
    ? text
    : readCurrency(text) === text
      ? (text as Currency)
      : undefined;
}

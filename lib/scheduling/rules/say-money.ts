import { writeDecimal } from "../../ledger/rules/money";

/** An amount in minor units as it is said and written in English: "$22.50", "¥500", "KWD 1.250". The currency decides the decimals. */
export function sayMoney(minor: number, currency: string): string {
  const formatter = new Intl.NumberFormat("en", { style: "currency", currency });
  const decimal = writeDecimal(BigInt(minor), formatter.resolvedOptions().maximumFractionDigits ?? 2);
  return formatter.format(decimal as Intl.StringNumericLiteral);
}

/** An amount in minor units as it is said and written in English: "$22.50", "¥500", "KWD 1.250". The currency decides the decimals. */
export function sayMoney(minor: number, currency: string): string {
  const formatter = new Intl.NumberFormat("en", { style: "currency", currency });
  return formatter.format(minor / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2));
}

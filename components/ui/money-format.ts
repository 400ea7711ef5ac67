/**
 * An amount in minor units as people write it. The currency decides how many decimals there are (JPY none, KWD three);
 * `digits` shows fewer, for headline figures.
 */
export function formatMoney(
  minor: number,
  currency: string,
  options: { digits?: number; locale?: string } = {},
): string {
  const plain = new Intl.NumberFormat(options.locale ?? "en-GB", { style: "currency", currency });
  const decimals = plain.resolvedOptions().maximumFractionDigits ?? 2;
  const formatter =
    options.digits === undefined
      ? plain
      : new Intl.NumberFormat(options.locale ?? "en-GB", {
          style: "currency",
          currency,
          minimumFractionDigits: options.digits,
          maximumFractionDigits: options.digits,
        });
  return formatter.format(minor / 10 ** decimals);
}

import { writeDecimal } from "@/lib/ledger/words";

/** "$", not "US$": an organisation has one currency, and pages with several name it. */
const style = { style: "currency", currencyDisplay: "narrowSymbol" } as const;

/**
 * An amount in minor units as people write it. The currency decides how many decimals there are (JPY none, KWD three);
 * `digits` shows fewer, for headline figures. With `places` the amount is whole units of another size: 6 for millionths.
 */
export function formatMoney(
  minor: number | bigint,
  currency: string,
  options: { digits?: number; locale?: string; places?: number } = {},
): string {
  const plain = new Intl.NumberFormat(options.locale ?? "en-GB", { ...style, currency });
  const decimals = plain.resolvedOptions().maximumFractionDigits ?? 2;
  const formatter =
    options.digits === undefined
      ? plain
      : new Intl.NumberFormat(options.locale ?? "en-GB", {
          ...style,
          currency,
          minimumFractionDigits: options.digits,
          maximumFractionDigits: options.digits,
        });
  const written = writeDecimal(BigInt(minor), options.places ?? decimals) as Intl.StringNumericLiteral;
  // As wide as a digit, so that columns stay columns.
  return formatter.format(written).replace("-", "−");
}

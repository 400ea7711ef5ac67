import { cn } from "./cn";
import { formatMoney } from "./money-format";

/** `minor` in the currency's smallest unit (pence, cents, yen), or in units of `places` decimal places. */
export function Money({
  minor,
  currency,
  digits,
  locale,
  places,
  className,
}: {
  minor: number | bigint;
  currency: string;
  digits?: number;
  locale?: string;
  places?: number;
  className?: string;
}) {
  return (
    <span suppressHydrationWarning className={cn("tabular whitespace-nowrap", className)}>
      {formatMoney(minor, currency, { digits, locale, places })}
    </span>
  );
}

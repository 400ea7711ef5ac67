import { cn } from "./cn";
import { formatMoney } from "./money-format";

/** `minor` in the currency's smallest unit (pence, cents, yen). */
export function Money({
  minor,
  currency,
  digits,
  locale,
  className,
}: {
  minor: number;
  currency: string;
  digits?: number;
  locale?: string;
  className?: string;
}) {
  return (
    <span suppressHydrationWarning className={cn("tabular whitespace-nowrap", className)}>
      {formatMoney(minor, currency, { digits, locale })}
    </span>
  );
}

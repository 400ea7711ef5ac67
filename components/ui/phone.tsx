import "server-only";
import parsePhoneNumber from "libphonenumber-js";
import { cn } from "./cn";

/** An E.164 number in its country's own grouping; in the national form when it belongs to `country`. */
export function formatPhone(e164: string, country?: string): string {
  const parsed = parsePhoneNumber(e164);
  if (!parsed) return e164;
  return country && parsed.country === country ? parsed.formatNational() : parsed.formatInternational();
}

/** Server only: the numbering tables are 80 KB, so a client component takes the text from `formatPhone` as a prop. */
export function Phone({
  e164,
  country,
  link,
  className,
}: {
  e164: string | null | undefined;
  country?: string;
  link?: boolean;
  className?: string;
}) {
  if (!e164) return <span className={cn("text-muted", className)}>Number withheld</span>;
  const text = formatPhone(e164, country);
  const look = cn("tabular whitespace-nowrap", className);
  return link ? (
    <a href={`tel:${e164}`} className={cn("hover:underline", look)}>
      {text}
    </a>
  ) : (
    <span title={e164} className={look}>
      {text}
    </span>
  );
}

import { cn } from "./cn";
import { RelativeTime } from "./relative-time";
import { formatRelative, formatTime, type TimeFormat } from "./time-format";

/**
 * An instant in the business's zone, with the full date on hover. With `relative` the server writes "5 min ago" and the
 * browser keeps it current, starting from the same words, so hydration never differs.
 */
export function Time({
  instant,
  zone,
  format = "short",
  relative,
  locale,
  className,
}: {
  instant: string | number | Date;
  zone: string;
  format?: TimeFormat;
  relative?: boolean;
  locale?: string;
  className?: string;
}) {
  const iso = new Date(instant).toISOString();
  const absolute = formatTime(iso, zone, format, locale);
  const full = formatTime(iso, zone, "full", locale);
  if (relative) {
    return (
      <RelativeTime
        iso={iso}
        initial={formatRelative(iso, Date.now()) ?? absolute}
        absolute={absolute}
        full={full}
        className={className}
      />
    );
  }
  return (
    <time dateTime={iso} title={full} suppressHydrationWarning className={cn("tabular whitespace-nowrap", className)}>
      {absolute}
    </time>
  );
}

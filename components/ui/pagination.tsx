import Link from "next/link";
import { buttonClass } from "./button";
import { cn } from "./cn";

/** Cursor paging: no page numbers, because rows arrive while one reads. An absent href leaves its place empty-handed. */
export function Pagination({
  newerHref,
  olderHref,
  newerLabel = "Newer",
  olderLabel = "Older",
  summary,
  className,
}: {
  newerHref?: string;
  olderHref?: string;
  newerLabel?: string;
  olderLabel?: string;
  summary?: string;
  className?: string;
}) {
  if (!newerHref && !olderHref && !summary) return null;
  return (
    <nav
      aria-label="Pages"
      className={cn("mt-3 flex items-center justify-between gap-3 text-xs text-muted", className)}
    >
      <span className="tabular">{summary}</span>
      <span className="flex gap-2">
        {newerHref && (
          <Link href={newerHref} rel="prev" className={buttonClass({ size: "sm" })}>
            <span aria-hidden>←</span> {newerLabel}
          </Link>
        )}
        {olderHref && (
          <Link href={olderHref} rel="next" className={buttonClass({ size: "sm" })}>
            {olderLabel} <span aria-hidden>→</span>
          </Link>
        )}
      </span>
    </nav>
  );
}

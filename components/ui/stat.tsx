import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** One figure and what it counts; with `href` it opens what it counts. */
export function Stat({
  value,
  label,
  hint,
  href,
  className,
}: {
  value: ReactNode;
  label: ReactNode;
  hint?: ReactNode;
  href?: string;
  className?: string;
}) {
  const body = (
    <>
      <span className="tabular block text-figure font-semibold tracking-tight print:text-lg">{value}</span>
      <span className="block text-muted">{label}</span>
      {hint && <span className="block text-xs text-muted">{hint}</span>}
    </>
  );
  const box = cn("block min-w-0 rounded-lg border bg-surface px-4 py-3", className);
  return href ? (
    <Link href={href} className={cn(box, "hover:bg-hover")}>
      {body}
    </Link>
  ) : (
    <div className={box}>{body}</div>
  );
}

/** Figures side by side that wrap evenly. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        "grid grid-cols-2 gap-3 md:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] print:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))]",
        className,
      )}
    >
      {children}
    </div>
  );
}

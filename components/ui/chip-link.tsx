import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A filter that is on or off by following a link. */
export function ChipLink({ active, className, ...rest }: ComponentProps<typeof Link> & { active?: boolean }) {
  return (
    <Link
      aria-current={active ? "true" : undefined}
      className={cn(
        "inline-flex h-7 items-center gap-1.5 rounded-full border bg-surface px-3 text-xs font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent-ink",
        className,
      )}
      {...rest}
    />
  );
}

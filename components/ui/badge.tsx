import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A quiet label: a role, a count, a version. For states use Status. */
export function Badge({
  tone = "neutral",
  className,
  ...rest
}: ComponentProps<"span"> & { tone?: "neutral" | "accent" }) {
  return (
    <span
      className={cn(
        "tabular inline-flex items-center gap-1 rounded-full border px-2 text-xs leading-5 font-medium",
        tone === "accent" ? "border-transparent bg-accent-soft text-accent-ink" : "bg-surface text-muted",
        className,
      )}
      {...rest}
    />
  );
}

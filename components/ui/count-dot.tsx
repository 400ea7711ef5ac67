import { cn } from "./cn";

/** A dot with a number: something is live, or needs a person. Nothing at zero. */
export function CountDot({
  count,
  kind,
  label,
  className,
}: {
  count: number;
  kind: "live" | "attention";
  label: string;
  className?: string;
}) {
  if (count <= 0) return null;
  return (
    <span
      className={cn(
        "tabular inline-flex items-center gap-1 rounded-full px-1.5 text-xs leading-4.5 font-medium",
        kind === "live" ? "bg-accent-soft text-accent-ink" : "bg-attention-soft text-attention",
        className,
      )}
    >
      <span aria-hidden className="size-1.5 rounded-full bg-current" />
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="sr-only">
        {count} {label}
      </span>
    </span>
  );
}

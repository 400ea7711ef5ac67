import { cn } from "./cn";

const initials = (name: string) =>
  name
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0]?.toLocaleUpperCase() ?? "")
    .join("");

/** Decorative: the name is always written beside it or on the control around it. */
export function Avatar({
  name,
  shape = "round",
  className,
}: {
  name: string;
  shape?: "round" | "square";
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-7 shrink-0 items-center justify-center bg-accent-soft text-xs font-semibold text-accent-ink",
        shape === "round" ? "rounded-full" : "rounded-md",
        className,
      )}
    >
      {initials(name) || "?"}
    </span>
  );
}

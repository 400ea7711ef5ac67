import { cn } from "./cn";

const initials = (name: string) =>
  name
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0]?.toLocaleUpperCase() ?? "")
    .join("");

/** Decorative: the name is always written beside it or on the control around it, so the letters are no text of their own. */
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
      data-initials={initials(name) || "?"}
      className={cn(
        "before:content-[attr(data-initials)] inline-flex size-7 shrink-0 items-center justify-center bg-accent-soft text-xs font-semibold text-accent-ink",
        shape === "round" ? "rounded-full" : "rounded-md",
        className,
      )}
    />
  );
}

import { Check } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A native checkbox (or `type="radio"`), drawn by us. */
export function Checkbox({
  className,
  type = "checkbox",
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { type?: "checkbox" | "radio" }) {
  return (
    <span className={cn("relative inline-flex size-4 shrink-0", className)}>
      <input
        type={type}
        className={cn(
          "peer size-4 appearance-none border border-line-strong bg-surface transition-colors checked:border-accent checked:bg-accent disabled:opacity-60 aria-invalid:border-failed",
          type === "radio" ? "rounded-full" : "rounded-sm",
        )}
        {...rest}
      />
      {type === "radio" ? (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-0 m-auto hidden size-1.5 rounded-full bg-on-accent peer-checked:block"
        />
      ) : (
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0 m-auto hidden size-3 text-on-accent peer-checked:block"
        />
      )}
    </span>
  );
}

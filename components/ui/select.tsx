import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlClass } from "./input";

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** The platform's own select: the best one on a phone, and it works before any script has arrived. */
export function Select({
  options,
  placeholder,
  className,
  children,
  ...rest
}: ComponentProps<"select"> & { options?: readonly SelectOption[]; placeholder?: string }) {
  return (
    <span className={cn("relative block", className)}>
      <select
        className={cn(controlClass, "h-9 appearance-none pr-9 [&:has(option[value='']:checked)]:text-muted")}
        {...rest}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled} className="text-ink">
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

import type { ComponentProps } from "react";
import { cn } from "./cn";

/** 16 px on a phone: iOS zooms into anything smaller when it takes focus. */
export const controlClass =
  "w-full min-w-0 rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-muted transition-colors focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-muted aria-invalid:border-failed max-sm:text-base";

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} className={cn(controlClass, "h-9 read-only:bg-sunken", className)} {...rest} />;
}

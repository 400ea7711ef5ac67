"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { type ButtonLook, buttonClass } from "./button";
import { cn } from "./cn";

/** Copies `value` and says so; without clipboard access it says that instead of pretending. */
export function CopyButton({
  value,
  label = "Copy",
  iconOnly,
  variant = "ghost",
  className,
}: {
  value: string;
  label?: string;
  iconOnly?: boolean;
  variant?: ButtonLook["variant"];
  className?: string;
}) {
  const [said, setSaid] = useState<"Copied" | "Copying is blocked here" | undefined>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setSaid("Copied"),
      () => setSaid("Copying is blocked here"),
    );
  const Icon = said === "Copied" ? Check : Copy;
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={iconOnly ? label : undefined}
      title={iconOnly ? label : undefined}
      className={cn(buttonClass({ variant, size: "sm" }), iconOnly && "size-6 p-0", className)}
    >
      <Icon aria-hidden />
      {!iconOnly && (said ?? label)}
      <span role="status" className="sr-only">
        {said}
      </span>
    </button>
  );
}

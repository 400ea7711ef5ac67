import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button";
import { cn } from "./cn";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "children"> &
  Pick<ButtonLook, "variant"> & { label: string; size?: "sm" | "md"; children: ReactNode };

/** A square button that shows only an icon; `label` is read out and shown on hover. */
export function IconButton({ label, variant = "ghost", size = "md", type, className, ...rest }: IconButtonProps) {
  return (
    <button
      type={type ?? "button"}
      aria-label={label}
      title={label}
      className={cn(buttonClass({ variant }), "p-0 [&_svg]:size-4", size === "sm" ? "size-7" : "size-9", className)}
      {...rest}
    />
  );
}

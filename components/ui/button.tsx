import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonClass = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap select-none transition-colors aria-disabled:cursor-default aria-disabled:opacity-60 disabled:cursor-default disabled:opacity-60 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
        secondary: "border-line-strong/60 bg-surface text-ink hover:bg-hover",
        ghost: "border-transparent bg-transparent text-ink hover:bg-hover",
        danger: "border-danger bg-danger text-on-danger hover:border-danger-hover hover:bg-danger-hover",
      },
      size: {
        sm: "h-7 px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-9 px-3.5 text-sm [&_svg]:size-4",
        lg: "h-11 px-5 text-base [&_svg]:size-5",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export type ButtonLook = VariantProps<typeof buttonClass>;

export type ButtonProps = ComponentProps<"button"> & ButtonLook & { pending?: boolean; pendingLabel?: string };

/** While `pending` it keeps its place in the tab order, says so, and ignores further presses. */
export function Button({ variant, size, pending, pendingLabel, className, type, children, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? "button"}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      className={cn(buttonClass({ variant, size }), pending && "pointer-events-none", className)}
      {...rest}
    >
      {pending && <Spinner />}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={cn(buttonClass({ variant, size }), className)} {...rest} />;
}

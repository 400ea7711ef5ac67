import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Scrolls sideways inside itself on a narrow screen; `label` names it for people who cannot see it. */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="focus-inset min-w-0 overflow-x-auto rounded-lg">
      <table className={cn("w-full border-collapse text-left text-sm", className)} {...rest} />
    </section>
  );
}

export function THead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead className={cn("border-b text-xs text-muted", className)} {...rest} />;
}

export function TBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y", className)} {...rest} />;
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("data-list-item:hover:bg-hover has-focus-visible:bg-accent-soft", className)} {...rest} />;
}

type Cell = { numeric?: boolean };

export function Th({ numeric, className, ...rest }: ComponentProps<"th"> & Cell) {
  return (
    <th
      scope="col"
      className={cn("px-3 py-2 font-medium whitespace-nowrap first:pl-4 last:pr-4", numeric && "text-right", className)}
      {...rest}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentProps<"td"> & Cell) {
  return (
    <td
      className={cn(
        "px-3 py-2.5 align-middle first:pl-4 last:pr-4",
        numeric && "tabular text-right whitespace-nowrap",
        className,
      )}
      {...rest}
    />
  );
}

import type { ComponentProps } from "react";
import { cn } from "./cn";

const scroller = "focus-inset relative min-w-0 overflow-x-auto rounded-lg print:overflow-visible";

/** Scrolls sideways inside itself on a narrow screen, what is only said included; `label` names it for people who cannot see it. */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className={scroller}>
      <table className={cn("w-full border-collapse text-left text-sm print:text-xs", className)} {...rest} />
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
      className={cn(
        "px-3 py-2 font-medium whitespace-nowrap first:pl-4 last:pr-4 print:px-1.5 print:align-bottom print:whitespace-normal",
        numeric && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentProps<"td"> & Cell) {
  return (
    <td
      className={cn(
        "px-3 py-2.5 align-middle first:pl-4 last:pr-4 print:px-1.5 print:py-0.5",
        numeric && "tabular text-right whitespace-nowrap",
        className,
      )}
      {...rest}
    />
  );
}

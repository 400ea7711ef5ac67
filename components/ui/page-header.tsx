import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** The page's one h1, what it is for, and what can be done here. */
export function PageHeader({
  title,
  description,
  back,
  actions,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  back?: { href: string; label: string };
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <header className={cn("mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3", className)}>
      <div className="min-w-0">
        {back && (
          <Link
            href={back.href}
            data-escape
            className="mb-1 inline-block text-xs text-muted hover:text-ink hover:underline"
          >
            <span aria-hidden>← </span>
            {back.label}
          </Link>
        )}
        <h1 className="text-title font-semibold tracking-tight text-balance">{title}</h1>
        {description && <p className="mt-0.5 max-w-prose text-muted">{description}</p>}
      </div>
      {actions && (
        <div data-print="hide" className="flex flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </header>
  );
}

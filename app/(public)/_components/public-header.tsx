import Link from "next/link";
import type { ReactNode } from "react";

/** Whose page it is, the page's one h1, and the way back. */
export function PublicHeader({
  business,
  title,
  back,
  children,
}: {
  business: string;
  title: ReactNode;
  back?: { href: string; label: string };
  children?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-col gap-1">
      <p className="text-sm font-medium break-words text-accent-ink">{business}</p>
      <h1 className="text-title font-semibold tracking-tight break-words text-balance">{title}</h1>
      {children}
      {back && (
        <p>
          <Link href={back.href} prefetch={false} className="text-sm text-muted hover:text-ink hover:underline">
            <span aria-hidden>← </span>
            {back.label}
          </Link>
        </p>
      )}
    </header>
  );
}

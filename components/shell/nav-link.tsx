"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isCurrentPage } from "./navigation";

/** A link that knows whether it is the page being shown; `isHome` matches exactly. */
export function NavLink({
  href,
  isHome,
  title,
  className,
  children,
}: {
  href: string;
  isHome?: boolean;
  title?: string;
  className?: string;
  children: ReactNode;
}) {
  const isCurrent = isCurrentPage(href, usePathname(), isHome ?? false);
  return (
    <Link href={href} title={title} aria-current={isCurrent ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}

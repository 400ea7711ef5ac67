import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** `id` where two may lead to the same address; `icon` says what it shows to those who do not see it as well. */
export type LinkTab = { href: string; label: string; count?: number; id?: string; icon?: ReactNode };

/** Tabs that are pages: each has its own address. `current` is the href of the one being shown. */
export function LinkTabs({
  label,
  tabs,
  current,
  className,
}: {
  label: string;
  tabs: readonly LinkTab[];
  current: string;
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cn("-mb-px flex gap-1 overflow-x-auto border-b", className)}>
      {tabs.map((tab) => (
        <Link
          key={tab.id ?? tab.href}
          href={tab.href}
          aria-current={tab.href === current ? "page" : undefined}
          className="focus-inset flex items-center gap-1.5 border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
        >
          {tab.icon}
          {tab.label}
          {tab.count !== undefined && <span className="tabular text-xs text-muted">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

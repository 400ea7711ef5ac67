import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { Avatar } from "../ui/avatar";
import { cn } from "../ui/cn";
import { NavIcon } from "./nav-icon";
import type { NavItem, ShellOrg } from "./types";

const menuId = "organisation-menu";
const row = "focus-inset flex items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover";

/** Opens the one switcher of the page; the platform's popover needs no script. */
export function OrgButton({ org, compact, className }: { org: ShellOrg; compact?: boolean; className?: string }) {
  return (
    <button
      type="button"
      popoverTarget={menuId}
      title="Switch organisation"
      className={cn(
        "focus-inset flex h-10 min-w-0 items-center gap-2.5 rounded-lg border bg-surface px-2 text-left hover:bg-hover",
        compact ? "max-w-48" : "max-lg:size-9 max-lg:justify-center max-lg:self-center max-lg:px-0",
        className,
      )}
    >
      <Avatar name={org.name} shape="square" className="size-6" />
      <span className={cn("min-w-0 flex-1 truncate font-medium", !compact && "max-lg:sr-only")}>{org.name}</span>
      <ChevronsUpDown aria-hidden className={cn("size-3.5 shrink-0 text-muted", !compact && "max-lg:hidden")} />
    </button>
  );
}

type MenuProps = {
  org: ShellOrg;
  orgs: readonly ShellOrg[];
  createHref?: string;
  /** Pages that the telephone's bar has no room for. */
  besides: readonly NavItem[];
};

export function OrgMenu({ org, orgs, createHref, besides }: MenuProps) {
  return (
    <div
      id={menuId}
      popover="auto"
      role="dialog"
      aria-label="Organisations"
      className="fixed inset-auto top-14 left-3 m-0 max-h-[70dvh] w-64 overflow-y-auto rounded-lg border bg-surface p-1 shadow-float sm:top-24"
    >
      <nav aria-label="More pages" className="mb-1 border-b pb-1 sm:hidden">
        {besides.map(({ href, label, icon }) => (
          // Not a Link: the menu, which needs no script, closes with the page.
          <a key={href} href={href} className={row}>
            <NavIcon name={icon} className="mx-1 size-4 text-muted" />
            {label}
          </a>
        ))}
      </nav>
      <p className="px-2 py-1 text-xs text-muted">Organisations</p>
      <ul>
        {orgs.map((each) => (
          <li key={each.slug}>
            <Link href={`/o/${each.slug}`} aria-current={each.slug === org.slug ? "true" : undefined} className={row}>
              <Avatar name={each.name} shape="square" className="size-6" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{each.name}</span>
                {each.roleLabel && <span className="block truncate text-xs text-muted">{each.roleLabel}</span>}
              </span>
              {each.slug === org.slug && <Check aria-hidden className="size-4 shrink-0 text-accent-ink" />}
            </Link>
          </li>
        ))}
      </ul>
      {createHref && (
        <Link href={createHref} className={cn(row, "mt-1 border-t text-muted")}>
          <span className="flex size-6 items-center justify-center">
            <Plus aria-hidden className="size-4" />
          </span>
          New organisation
        </Link>
      )}
    </div>
  );
}

import { Fragment } from "react";
import { CountDot } from "../ui/count-dot";
import { Logo, LogoMark } from "./logo";
import { NavIcon } from "./nav-icon";
import { NavLink } from "./nav-link";
import { OrgButton } from "./org-switcher";
import type { NavItem, ShellOrg } from "./types";

/** 220 px with words, icons only up to 1024 px, absent on a phone. */
export function Sidebar({ org, nav, zone }: { org: ShellOrg; nav: readonly NavItem[]; zone?: string }) {
  return (
    <nav
      aria-label="Main"
      data-print="hide"
      className="sticky top-0 flex h-dvh flex-col border-r bg-surface px-2 py-3 max-sm:hidden lg:px-3"
    >
      <div className="flex h-8 items-center px-2 max-lg:justify-center max-lg:px-0">
        <Logo className="max-lg:hidden" />
        <LogoMark className="lg:hidden" />
      </div>
      <OrgButton org={org} className="mt-2 mb-3" />
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
        {nav.map((item, index) => (
          <Fragment key={item.href}>
            {item.group !== nav[index - 1]?.group && index > 0 && <div className="mx-2 my-2 border-t" />}
            <SidebarLink item={item} isHome={index === 0} />
          </Fragment>
        ))}
      </div>
      {zone && <p className="px-2 pt-3 text-xs text-muted max-lg:hidden">Times in {zone}</p>}
    </nav>
  );
}

function SidebarLink({ item, isHome }: { item: NavItem; isHome: boolean }) {
  return (
    <NavLink
      href={item.href}
      isHome={isHome}
      title={item.label}
      className="focus-inset relative flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-ink max-lg:size-9 max-lg:self-center max-lg:justify-center max-lg:px-0"
    >
      <NavIcon name={item.icon} className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate max-lg:sr-only">{item.label}</span>
      <NavCount
        item={item}
        className="max-lg:absolute max-lg:-top-0.5 max-lg:right-0 max-lg:px-1 max-lg:[&>:first-child]:hidden"
      />
    </NavLink>
  );
}

export function NavCount({ item, className }: { item: NavItem; className?: string }) {
  if (item.live) return <CountDot kind="live" count={item.live} label="live" className={className} />;
  if (item.attention)
    return <CountDot kind="attention" count={item.attention} label="need a person" className={className} />;
  return null;
}

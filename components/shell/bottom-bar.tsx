import { NavIcon } from "./nav-icon";
import { NavLink } from "./nav-link";
import { NavCount } from "./sidebar";
import type { NavItem } from "./types";

/** The phone's navigation: five places, within reach of a thumb. */
export function BottomBar({ nav }: { nav: readonly NavItem[] }) {
  const items = nav.filter((item) => item.inBar).slice(0, 5);
  return (
    <nav
      aria-label="Main"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-5 border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {items.map((item) => (
        <NavLink
          key={item.href}
          href={item.href}
          isHome={item === nav[0]}
          className="focus-inset relative flex h-14 flex-col items-center justify-center gap-1 text-xs font-medium text-muted aria-[current]:text-accent-ink"
        >
          <NavIcon name={item.icon} className="size-5" />
          <span className="max-w-full truncate px-1">{item.label}</span>
          <NavCount item={item} className="absolute top-0.5 left-1/2 ml-1.5 [&>:first-child]:hidden" />
        </NavLink>
      ))}
    </nav>
  );
}

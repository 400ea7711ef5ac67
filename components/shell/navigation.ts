import type { NavItem, ShellCounts } from "./types";

/** The pages of an organisation, in the order of the sidebar. */
export function organisationNav(slug: string, counts: ShellCounts): NavItem[] {
  const base = `/o/${slug}`;
  return [
    { href: base, label: "Overview", icon: "overview", inBar: true, attention: counts.attention },
    { href: `${base}/calls`, label: "Calls", icon: "calls", inBar: true, live: counts.live },
    { href: `${base}/bookings`, label: "Bookings", icon: "bookings", inBar: true },
    { href: `${base}/contacts`, label: "Contacts", icon: "contacts", inBar: true },
    { href: `${base}/agents`, label: "Agents", icon: "agents", group: "build" },
    { href: `${base}/billing`, label: "Billing", icon: "billing", group: "run" },
    { href: `${base}/settings`, label: "Settings", icon: "settings", group: "run", inBar: true },
  ];
}

/** Whether a path is the page at `href` or lies inside it; the first page of the sidebar (`isHome`) only exactly. */
export function isCurrentPage(href: string, pathname: string, isHome: boolean): boolean {
  return pathname === href || (!isHome && pathname.startsWith(`${href}/`));
}

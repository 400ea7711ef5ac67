export type ShellViewer = { name: string | null; email: string };

export type ShellOrg = { name: string; slug: string; roleLabel?: string };

export type NavIcon =
  | "overview"
  | "calls"
  | "bookings"
  | "contacts"
  | "messages"
  | "agents"
  | "knowledge"
  | "billing"
  | "settings";

export type NavItem = {
  href: string;
  label: string;
  icon: NavIcon;
  /** A thin line is drawn above the first item of a new group. */
  group?: string;
  /** One of the five of the phone's bottom bar. */
  inBar?: boolean;
  live?: number;
  attention?: number;
};

export type ShellCounts = { live: number; attention: number };

/** The answer of the search address of the palette: `GET <searchUrl>?q=…`. */
export type SearchAnswer = {
  groups: { label: string; items: { href: string; title: string; hint?: string }[] }[];
};

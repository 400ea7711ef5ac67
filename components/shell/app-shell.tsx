import Link from "next/link";
import type { ReactNode } from "react";
import { LiveRefresh } from "../live/live-refresh";
import { LiveStatus } from "../live/live-status";
import { CountDot } from "../ui/count-dot";
import { BottomBar } from "./bottom-bar";
import { CommandButton } from "./command-button";
import { organisationNav } from "./navigation";
import { OrgButton, OrgMenu } from "./org-switcher";
import { ShellKeys } from "./shell-keys";
import { Sidebar } from "./sidebar";
import type { NavItem, ShellCounts, ShellOrg } from "./types";
import { UserMenu, type UserMenuProps } from "./user-menu";

export type AppShellProps = {
  viewer: UserMenuProps["viewer"];
  signOut: UserMenuProps["signOut"];
  userLinks?: UserMenuProps["links"];
  org: ShellOrg;
  orgs: readonly ShellOrg[];
  createOrgHref?: string;
  counts: ShellCounts;
  /** The default is `organisationNav(org.slug, counts)`. */
  nav?: readonly NavItem[];
  /** IANA name of the business's zone, shown at the foot of the sidebar. */
  zone?: string;
  /** At most one `<Banner>`. */
  banner?: ReactNode;
  /** Stream of events; the page is read again when one of `kinds` arrives. */
  live?: { url: string; kinds?: readonly string[] };
  /** Answers `GET ?q=` with a `SearchAnswer`. */
  searchUrl?: string;
  children: ReactNode;
};

/** The frame around every page of an organisation. */
export function AppShell(props: AppShellProps) {
  const { org, counts, live } = props;
  const nav = props.nav ?? organisationNav(org.slug, counts);
  return (
    <div className="grid min-h-dvh sm:grid-cols-[3.5rem_minmax(0,1fr)] lg:grid-cols-[220px_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg border bg-surface px-3 py-2 font-medium shadow-float focus:translate-y-0"
      >
        Skip to the page
      </a>
      <Sidebar org={org} nav={nav} zone={props.zone} />
      <div className="flex min-w-0 flex-col">
        <header data-print="hide" className="sticky top-0 z-20 border-b bg-bg">
          <div className="flex h-14 items-center gap-2 px-4 lg:px-6">
            <OrgButton org={org} compact className="sm:hidden" />
            <CommandButton nav={nav} searchUrl={props.searchUrl} />
            <div className="ml-auto flex items-center gap-3">
              {counts.live > 0 && (
                <Link
                  href={`/o/${org.slug}/calls`}
                  className="flex items-center gap-1.5 font-medium text-accent-ink hover:underline"
                >
                  <CountDot kind="live" count={counts.live} label={counts.live === 1 ? "call" : "calls"} />
                  <span>live</span>
                </Link>
              )}
              <UserMenu viewer={props.viewer} signOut={props.signOut} links={props.userLinks} />
            </div>
          </div>
          {live && <LiveStatus url={live.url} />}
          {props.banner}
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-5 outline-none max-sm:pb-20 lg:px-6"
        >
          {props.children}
          {props.zone && <p className="mt-8 text-xs text-muted lg:hidden">Times in {props.zone}</p>}
        </main>
      </div>
      <BottomBar nav={nav} />
      <OrgMenu
        org={org}
        orgs={props.orgs}
        createHref={props.createOrgHref}
        besides={nav.filter((item) => !item.inBar)}
      />
      <ShellKeys />
      {live && <LiveRefresh url={live.url} kinds={live.kinds} />}
    </div>
  );
}

import { LogOut } from "lucide-react";
import Link from "next/link";
import { Avatar } from "../ui/avatar";
import { ThemeChoice } from "./theme-choice";
import type { ShellViewer } from "./types";

const menuId = "user-menu";
const row = "focus-inset flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover";

export type UserMenuProps = {
  viewer: ShellViewer;
  /** A server action; the form posts nothing. */
  signOut: () => Promise<void>;
  links?: readonly { href: string; label: string }[];
};

export function UserMenu({ viewer, signOut, links = [] }: UserMenuProps) {
  const name = viewer.name ?? viewer.email;
  return (
    <>
      <button type="button" popoverTarget={menuId} aria-label={`Your account, ${name}`} className="rounded-full">
        <Avatar name={name} className="size-8" />
      </button>
      <div
        id={menuId}
        popover="auto"
        role="dialog"
        aria-label="Your account"
        className="fixed inset-auto top-13 right-3 m-0 w-64 rounded-lg border bg-surface p-1 shadow-float"
      >
        <div className="px-2 py-1.5">
          {viewer.name && <p className="truncate font-medium">{viewer.name}</p>}
          <p className="truncate text-xs text-muted">{viewer.email}</p>
        </div>
        <div className="border-t px-2 py-2">
          <ThemeChoice />
        </div>
        <div className="border-t pt-1">
          {links.map((link) => (
            <Link key={link.href} href={link.href} className={row}>
              {link.label}
            </Link>
          ))}
          <form action={signOut}>
            <button type="submit" className={row}>
              <LogOut aria-hidden className="size-4 text-muted" />
              Sign out
            </button>
          </form>
        </div>
      </div>
    </>
  );
}

"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useModal } from "../ui/use-modal";
import { NavIcon } from "./nav-icon";
import type { NavItem } from "./types";
import { useSearch } from "./use-search";

const item =
  "flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink";
const group =
  "p-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

type CommandPaletteProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  nav: readonly NavItem[];
  searchUrl?: string;
};

/** ⌘K: the pages by name, and whatever the search address finds. */
export function CommandPalette({ open, onOpenChange, nav, searchUrl }: CommandPaletteProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useModal(ref, open);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape already closes a dialog; the click is the backdrop's
    <dialog
      ref={ref}
      aria-label="Search or go to"
      onClose={() => onOpenChange(false)}
      onClick={(event) => event.target === ref.current && onOpenChange(false)}
      className="mt-[12dvh] w-[calc(100%-2rem)] max-w-xl rounded-lg border bg-surface p-0 shadow-float"
    >
      {open && <Palette nav={nav} searchUrl={searchUrl} close={() => onOpenChange(false)} />}
    </dialog>
  );
}

function Palette({ nav, searchUrl, close }: { nav: readonly NavItem[]; searchUrl?: string; close: () => void }) {
  const router = useRouter();
  const [question, setQuestion] = useState("");
  const { groups, isLoading, failure } = useSearch(searchUrl, question);
  const q = question.trim().toLowerCase();
  const pages = nav.filter((page) => page.label.toLowerCase().includes(q));
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const isEmpty = pages.length === 0 && groups.length === 0;
  return (
    <Command label="Search or go to" shouldFilter={false} loop>
      <Command.Input
        value={question}
        onValueChange={setQuestion}
        placeholder={searchUrl ? "A page, a name, a number, a word that was said" : "A page"}
        className="w-full border-b bg-transparent px-4 py-3 text-heading placeholder:text-muted focus-visible:outline-none"
      />
      <Command.List className="max-h-[50dvh] overflow-y-auto">
        {pages.length > 0 && (
          <Command.Group heading="Go to" className={group}>
            {pages.map((page) => (
              <Command.Item key={page.href} value={page.href} onSelect={() => go(page.href)} className={item}>
                <NavIcon name={page.icon} className="size-4 text-muted" />
                {page.label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {groups.map((found) => (
          <Command.Group key={found.label} heading={found.label} className={group}>
            {found.items.map((hit) => (
              <Command.Item key={hit.href} value={hit.href} onSelect={() => go(hit.href)} className={item}>
                <span className="min-w-0 flex-1 truncate">{hit.title}</span>
                {hit.hint && <span className="shrink-0 text-xs text-muted">{hit.hint}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <p role="status" className="px-4 py-3 text-muted empty:sr-only">
        {failure ?? (isLoading ? "Searching" : isEmpty ? `Nothing found for “${question.trim()}”` : "")}
      </p>
    </Command>
  );
}

"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Kbd } from "../ui/kbd";
import type { NavItem } from "./types";

const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette), {
  ssr: false,
});

/** The search field of the top bar. The palette behind it is fetched when it is first wanted. */
export function CommandButton({ nav, searchUrl }: { nav: readonly NavItem[]; searchUrl?: string }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setWanted(true);
      setOpen((now) => !now);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={show}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-9 items-center gap-2 rounded-lg border bg-surface px-2.5 text-muted hover:bg-hover max-sm:size-9 max-sm:justify-center max-sm:px-0 sm:w-72"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 truncate text-left max-sm:sr-only">Search or go to</span>
        <Kbd className="max-sm:hidden">⌘K</Kbd>
      </button>
      {wanted && <CommandPalette open={open} onOpenChange={setOpen} nav={nav} searchUrl={searchUrl} />}
    </>
  );
}

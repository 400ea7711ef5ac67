"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { isTyping, moveInList } from "./list-keys";

const KeyList = dynamic(() => import("./key-list").then((module) => module.KeyList), { ssr: false });

/** The keys that work on every page: j / k in lists, `?` for this list, esc back. */
export function ShellKeys() {
  const pathname = usePathname();
  const [help, setHelp] = useState<"never" | "open" | "closed">("never");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the menus close because the page changed
  useEffect(() => {
    for (const menu of document.querySelectorAll<HTMLElement>(":popover-open")) menu.hidePopover();
  }, [pathname]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "j") moveInList(document, 1);
      else if (event.key === "k") moveInList(document, -1);
      else if (event.key === "?") setHelp("open");
      else if (event.key === "Escape" && !document.querySelector(":popover-open")) {
        document.querySelector<HTMLElement>("[data-escape]")?.click();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  return help === "never" ? null : (
    <KeyList open={help === "open"} onOpenChange={(open) => setHelp(open ? "open" : "closed")} />
  );
}

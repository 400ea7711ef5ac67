"use client";

import Link from "next/link";
import * as Menu from "radix-ui/dropdown-menu";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** A menu of actions. `trigger` is one button. Not modal: the page stays scrollable and no style element is injected. */
export function DropdownMenu({
  trigger,
  label,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  label: string;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger asChild>{trigger}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-lg border bg-surface p-1 text-sm shadow-float"
        >
          {children}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

const row =
  "flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 outline-none select-none data-disabled:text-muted data-highlighted:bg-hover data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-ring/40 [&_svg]:size-4 [&_svg]:text-muted";

export function MenuItem({
  onSelect,
  destructive,
  disabled,
  children,
}: {
  onSelect: () => void;
  destructive?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Menu.Item
      onSelect={onSelect}
      disabled={disabled}
      className={cn(row, "cursor-pointer", destructive && "text-failed [&_svg]:text-failed")}
    >
      {children}
    </Menu.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Menu.Item asChild>
      <Link href={href} className={row}>
        {children}
      </Link>
    </Menu.Item>
  );
}

export function MenuSeparator() {
  return <Menu.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Menu.Label className="px-2.5 py-1 text-xs text-muted">{children}</Menu.Label>;
}

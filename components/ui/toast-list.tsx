"use client";

import { CircleCheck, CircleX, TriangleAlert, X } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import type { ToastMessage } from "./toast";

const looks = {
  done: { Icon: CircleCheck, ink: "text-done" },
  attention: { Icon: TriangleAlert, ink: "text-attention" },
  failed: { Icon: CircleX, ink: "text-failed" },
} as const;

/**
 * Ours rather than a library's: the usual one writes its style sheet into the page at run time, which a strict style-src
 * refuses. Failures stay until dismissed; the rest leaves after six seconds unless hovered or focused.
 */
export function ToastList({ messages, drop }: { messages: readonly ToastMessage[]; drop: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const passing = messages.find((message) => message.kind !== "failed")?.id;
  const leave = useEffectEvent((id: number) => drop(id));
  useEffect(() => {
    if (passing === undefined || held) return;
    const timer = setTimeout(() => leave(passing), 6000);
    return () => clearTimeout(timer);
  }, [passing, held]);
  return (
    <ul
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="flex flex-col gap-2"
    >
      {messages.map(({ id, kind, text, action }) => {
        const { Icon, ink } = looks[kind];
        return (
          <li
            key={id}
            className="pointer-events-auto flex animate-[appear_120ms_ease-out] items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-3 shadow-float"
          >
            <Icon aria-hidden className={cn("size-4 shrink-0", ink)} />
            <p className="min-w-0 flex-1">{text}</p>
            {action && (
              <Button
                size="sm"
                onClick={() => {
                  action.onClick();
                  drop(id);
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton label="Dismiss" size="sm" onClick={() => drop(id)}>
              <X aria-hidden />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

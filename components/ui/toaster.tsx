"use client";

import { CircleCheck, CircleX, TriangleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { onToast, type ToastMessage } from "./toast";

const looks = {
  done: { Icon: CircleCheck, ink: "text-done" },
  attention: { Icon: TriangleAlert, ink: "text-attention" },
  failed: { Icon: CircleX, ink: "text-failed" },
} as const;

/**
 * Where `toast.…` appears. Our own sixty lines: the usual library writes its style sheet into the page at run time, which
 * a strict style-src refuses. Failures stay until dismissed; the rest leaves after six seconds unless hovered or focused.
 */
export function Toaster() {
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  const [held, setHeld] = useState(false);
  const drop = (id: number) => setMessages((all) => all.filter((message) => message.id !== id));

  useEffect(() => onToast((message) => setMessages((all) => [...all.slice(-2), message])), []);

  const passing = messages.find((message) => message.kind !== "failed");
  useEffect(() => {
    if (!passing || held) return;
    const timer = setTimeout(() => setMessages((all) => all.filter((message) => message.id !== passing.id)), 6000);
    return () => clearTimeout(timer);
  }, [passing, held]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the words on the screen
    <div
      aria-live="polite"
      data-print="hide"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100%-2rem)] flex-col gap-2 max-sm:bottom-20"
    >
      {messages.map(({ id, kind, text, action }) => {
        const { Icon, ink } = looks[kind];
        return (
          <div
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
          </div>
        );
      })}
    </div>
  );
}

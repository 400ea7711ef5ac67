"use client";

import { X } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { useModal } from "./use-modal";

/**
 * A modal on the platform's own <dialog>: focus is kept inside and given back, Escape closes, the page behind is inert.
 * `placement="side"` is the panel from the right. Children are mounted only while it is open.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  placement = "centre",
  role,
  className,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  placement?: "centre" | "side";
  role?: "dialog" | "alertdialog";
  className?: string;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useModal(ref, open);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape already closes a dialog; the click is the backdrop's
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onClose={() => onOpenChange(false)}
      onClick={(event) => event.target === ref.current && onOpenChange(false)}
      className={cn(
        "border bg-surface p-0 shadow-float",
        placement === "side"
          ? "m-0 ml-auto h-dvh max-h-none w-full max-w-md border-y-0 border-r-0"
          : "max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-lg rounded-lg",
        className,
      )}
    >
      {open && (
        <div className={cn("flex max-h-[inherit] flex-col", placement === "side" && "h-full")}>
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <h2 id={`${id}-title`} className="text-heading font-semibold">
                {title}
              </h2>
              {description && (
                <div id={`${id}-description`} className="mt-1 text-muted">
                  {description}
                </div>
              )}
            </div>
            <IconButton label="Close" size="sm" onClick={() => onOpenChange(false)}>
              <X aria-hidden />
            </IconButton>
          </div>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
          {footer && <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>}
        </div>
      )}
    </dialog>
  );
}

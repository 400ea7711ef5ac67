"use client";

import { Ban, CircleCheck, Clock, type LucideIcon, UserX } from "lucide-react";
import Link from "next/link";
import type { CSSProperties, KeyboardEventHandler, PointerEventHandler } from "react";
import { cn } from "../ui/cn";
import { formatMinuteOfDay } from "../ui/duration-format";
import type { BookingStatus, CalendarBooking } from "./types";

const looks: Record<BookingStatus, { word: string; Icon?: LucideIcon; className: string }> = {
  confirmed: { word: "Confirmed", className: "border-accent bg-accent-soft text-accent-ink" },
  pending: { word: "Pending", Icon: Clock, className: "border-attention bg-attention-soft text-attention" },
  completed: { word: "Completed", Icon: CircleCheck, className: "border-line-strong bg-hover text-muted" },
  no_show: { word: "Did not come", Icon: UserX, className: "border-failed bg-failed-soft text-failed" },
  cancelled: {
    word: "Cancelled",
    Icon: Ban,
    className: "border-line-strong border-dashed bg-surface text-muted line-through",
  },
};

export const bookingStatusWord = (status: BookingStatus) => looks[status].word;

type BlockProps = {
  booking: CalendarBooking;
  staffName: string | undefined;
  style: CSSProperties;
  isMovable: boolean;
  isCarried: boolean;
  isSaving: boolean;
  onPointerDown: PointerEventHandler<HTMLElement>;
  onKeyDown: KeyboardEventHandler<HTMLElement>;
};

/** One booking in the grid; opens its page, and is dragged or moved with m and the arrows where it may be. */
export function BookingBlock({ booking, staffName, style, isMovable, isCarried, isSaving, ...handlers }: BlockProps) {
  const { word, Icon, className } = looks[booking.status];
  const start = formatMinuteOfDay(booking.startMinute);
  return (
    <li className="absolute" style={style}>
      <Link
        href={booking.href}
        draggable={false}
        aria-busy={isSaving || undefined}
        title={`${booking.title}${booking.subtitle ? `, ${booking.subtitle}` : ""} (${word})`}
        className={cn(
          "focus-inset block h-full overflow-hidden rounded-md border-l-3 px-1.5 text-xs hover:brightness-97 dark:hover:brightness-115",
          className,
          isMovable && "cursor-grab",
          (isCarried || isSaving) && "opacity-60",
        )}
        {...handlers}
      >
        <span className="flex items-center gap-1 truncate">
          {Icon && <Icon aria-hidden className="size-3 shrink-0" />}
          <span className="tabular shrink-0">{start}</span>
          <span className="sr-only"> to {formatMinuteOfDay(booking.endMinute)} </span>
          <span className="truncate font-medium">{booking.title}</span>
        </span>
        <span className="block truncate">{[booking.subtitle, staffName].filter(Boolean).join(" · ")}</span>
        <span className="sr-only">
          {word}
          {isMovable && ", press m to move"}
        </span>
      </Link>
    </li>
  );
}

"use client";

import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { cn } from "../ui/cn";
import { formatMinuteOfDay } from "../ui/duration-format";
import { CalendarColumn } from "./calendar-column";
import type { CalendarProps } from "./calendars";
import { type Column, pixelsPerMinute } from "./geometry";
import { useCarry } from "./use-carry";

const hoursWidth = 52;

/** Minutes downwards, columns sideways; scrolls inside itself with its heads and hours standing still. */
export function CalendarGrid({
  data,
  columns,
  label,
  newHref,
  onMove,
}: CalendarProps & { columns: readonly Column[]; label: string }) {
  const grid = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLElement>(null);
  useStartAtNow(frame, columns, data.fromMinute);
  const carrying = useCarry({ data, columns, onMove, grid });
  const height = (data.toMinute - data.fromMinute) * pixelsPerMinute;
  const hours = Array.from(
    { length: Math.floor((data.toMinute - 1) / 60) - Math.ceil(data.fromMinute / 60) + 1 },
    (_, at) => (Math.ceil(data.fromMinute / 60) + at) * 60,
  );
  const template = { gridTemplateColumns: `${hoursWidth}px repeat(${columns.length}, minmax(7.5rem, 1fr))` };
  return (
    <section
      ref={frame}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn(
        "focus-inset relative max-h-[max(28rem,calc(100dvh-13rem))] overflow-auto rounded-lg border bg-surface print:max-h-none",
        carrying.carry && "select-none",
      )}
    >
      <div className="sticky top-0 z-20 grid min-w-fit border-b bg-surface" style={template}>
        <div className="sticky left-0 z-10 bg-surface" />
        {columns.map((column) => (
          <div key={column.key} className="min-w-0 border-l px-2 py-2 text-center">
            <p className={cn("truncate font-medium", column.isToday && "text-accent-ink")} title={column.longLabel}>
              {column.label}
              {column.isToday && <span className="sr-only"> (today)</span>}
            </p>
            {column.day.note && <p className="truncate text-xs text-muted">{column.day.note}</p>}
          </div>
        ))}
      </div>
      <div ref={grid} {...carrying.gridHandlers} className="grid min-w-fit" style={template}>
        <div className="sticky left-0 z-10 bg-surface" style={{ height }} aria-hidden="true">
          {hours.map((minute) => (
            <span
              key={minute}
              className="tabular absolute right-2 -translate-y-1/2 text-xs text-muted first:translate-y-0"
              style={{ top: (minute - data.fromMinute) * pixelsPerMinute }}
            >
              {formatMinuteOfDay(minute)}
            </span>
          ))}
        </div>
        {columns.map((column) => (
          <CalendarColumn
            key={column.key}
            data={data}
            column={column}
            hours={hours}
            height={height}
            newHref={newHref}
            canMove={onMove !== undefined}
            carrying={carrying}
          />
        ))}
      </div>
      <p aria-live="assertive" className="sr-only">
        {carrying.said}
      </p>
    </section>
  );
}

/** What does not fit is scrolled to today and to an hour before now, once, when the calendar appears. */
function useStartAtNow(frame: RefObject<HTMLElement | null>, columns: readonly Column[], fromMinute: number) {
  const start = useEffectEvent(() => {
    const at = columns.findIndex((column) => column.day.nowMinute !== undefined);
    const column = columns[at];
    const body = frame.current?.querySelectorAll<HTMLElement>("[data-column]")[at];
    if (!frame.current || !body || column?.day.nowMinute === undefined) return;
    frame.current.scrollTo({
      left: columns.some((each) => each.isToday) ? body.offsetLeft - hoursWidth : 0,
      top: (column.day.nowMinute - 60 - fromMinute) * pixelsPerMinute,
    });
  });
  useEffect(() => start(), []);
}

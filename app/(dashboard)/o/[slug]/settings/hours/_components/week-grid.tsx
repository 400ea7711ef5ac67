"use client";

import { useId, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import type { MinuteSpan } from "@/lib/scheduling/schemas";
import { weekdays } from "../weekdays";
import { type Placed, useSpanDrag } from "./use-span-drag";
import { spanOf, type TypedWeek } from "./use-week";

const HOURS = [3, 6, 9, 12, 15, 18, 21];
const percent = (minute: number) => `${(minute / 1440) * 100}%`;
const say = (span: MinuteSpan) => `${formatMinuteOfDay(span.startMinute)}–${formatMinuteOfDay(span.endMinute)}`;

type Props = {
  typed: TypedWeek;
  readOnly: boolean;
  onPut: (weekday: number, span: MinuteSpan, key?: string) => string;
  onRemove: (weekday: number, key: string) => void;
};

/** The week as a picture one can draw on. What it changes stands in the inputs below it, which is what is sent. */
export function WeekGrid({ typed, readOnly, onPut, onRemove }: Props) {
  const grid = useRef<HTMLFieldSetElement>(null);
  const helpId = useId();
  const week = typed.map((spans) =>
    spans.flatMap(({ key, ...times }): Placed[] => {
      const span = spanOf(times);
      return span ? [{ key, span }] : [];
    }),
  );
  const { drag, pointer, onKeyDown } = useSpanDrag({ week, grid, put: onPut, remove: onRemove });
  return (
    <div className="hidden border-t px-4 py-4 sm:block">
      <div className="grid grid-cols-[2.5rem_repeat(7,minmax(0,1fr))] text-xs">
        <span aria-hidden />
        {weekdays.map((day) => (
          <span key={day.weekday} aria-hidden className="pb-1 text-center font-medium text-muted">
            {day.name.slice(0, 3)}
          </span>
        ))}
        <div aria-hidden className="tabular relative h-108 text-muted">
          {HOURS.map((hour) => (
            <span key={hour} className="absolute right-2 -translate-y-1/2" style={{ top: percent(hour * 60) }}>
              {formatMinuteOfDay(hour * 60)}
            </span>
          ))}
        </div>
        <fieldset
          ref={grid}
          aria-label="The week as a picture"
          aria-describedby={readOnly ? undefined : helpId}
          className={cn(
            "col-span-7 grid min-w-0 touch-none grid-cols-7 select-none rounded-lg border",
            !readOnly && "cursor-crosshair",
          )}
          {...(readOnly ? {} : pointer)}
        >
          {weekdays.map((day) => (
            <ul
              key={day.weekday}
              data-weekday={day.weekday}
              aria-label={day.name}
              className="relative h-full not-first:border-l"
            >
              {HOURS.map((hour) => (
                <li
                  key={hour}
                  aria-hidden
                  className="absolute inset-x-0 border-t"
                  style={{ top: percent(hour * 60) }}
                />
              ))}
              {(week[day.weekday] ?? [])
                .filter((placed) => placed.key !== drag?.key)
                .map((placed) => (
                  <Block
                    key={placed.key}
                    span={placed.span}
                    id={placed.key}
                    label={`${day.name} ${say(placed.span)}`}
                    readOnly={readOnly}
                    onKeyDown={(event) => onKeyDown(event, day.weekday, placed)}
                  />
                ))}
              {drag?.weekday === day.weekday && <Block span={drag.span} id={drag.key} label="" isCarried readOnly />}
            </ul>
          ))}
        </fieldset>
      </div>
      {!readOnly && (
        <p id={helpId} className="mt-2 text-xs text-muted">
          Drag over a day to add hours; drag a block to move it, its edges to change it. By keyboard: arrows move a
          block, with Shift its end, with Alt its start; Delete removes it.
        </p>
      )}
      <p aria-live="polite" className="sr-only">
        {drag && `${weekdays.find((day) => day.weekday === drag.weekday)?.name} ${say(drag.span)}`}
      </p>
    </div>
  );
}

type BlockProps = {
  span: MinuteSpan;
  id: string | undefined;
  label: string;
  readOnly: boolean;
  isCarried?: boolean;
  onKeyDown?: (event: React.KeyboardEvent<HTMLElement>) => void;
};

function Block({ span, id, label, readOnly, isCarried = false, onKeyDown }: BlockProps) {
  const look = cn(
    "tabular absolute inset-0 overflow-hidden rounded-md border border-accent bg-accent-soft px-1 text-left text-[11px] leading-4 text-accent-ink",
    isCarried && "pointer-events-none opacity-80",
  );
  return (
    <li
      className="absolute inset-x-0.5"
      style={{ top: percent(span.startMinute), height: percent(span.endMinute - span.startMinute) }}
    >
      {readOnly ? (
        <span className={look}>{say(span)}</span>
      ) : (
        <button
          type="button"
          data-key={id}
          aria-label={label}
          aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight Delete"
          className={cn(look, "focus-inset cursor-grab")}
          onKeyDown={onKeyDown}
        >
          <span aria-hidden data-edge="start" className="absolute inset-x-0 top-0 h-1.5 cursor-ns-resize" />
          {say(span)}
          <span aria-hidden data-edge="end" className="absolute inset-x-0 bottom-0 h-1.5 cursor-ns-resize" />
        </button>
      )}
    </li>
  );
}

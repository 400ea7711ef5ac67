"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, type PointerEvent, useState } from "react";
import { cn } from "../ui/cn";
import { formatMinuteOfDay } from "../ui/duration-format";
import { BookingBlock } from "./booking-block";
import { type Column, isIn, minuteAt, pixelsPerMinute, place } from "./geometry";
import { HoldBlock } from "./hold-block";
import { lanesOf } from "./lanes";
import type { CalendarData } from "./types";
import type { useCarry } from "./use-carry";
import { whyNot } from "./why-not";

type ColumnProps = {
  data: CalendarData;
  column: Column;
  hours: readonly number[];
  height: number;
  newHref: string | undefined;
  canMove: boolean;
  carrying: ReturnType<typeof useCarry>;
};

export function CalendarColumn({ data, column, hours, height, newHref, canMove, carrying }: ColumnProps) {
  const { carry, landed } = carrying;
  const bookings = data.bookings
    .map((booking) => (booking.id === landed?.id ? landed : booking))
    .filter((each) => isIn(column, each));
  const holds = data.holds.filter((each) => isIn(column, each));
  const busy = data.busy.filter((each) => isIn(column, each));
  const openings = data.openings.filter((each) => isIn(column, each));
  const lanes = lanesOf([...bookings, ...holds, ...busy]);
  const cell = useEmptyCell(data, column, newHref);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at an empty cell; the keyboard has the page's own button
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      data-column
      className="relative border-l bg-sunken"
      style={{ height }}
      onPointerMove={cell.point}
      onPointerLeave={cell.leave}
      onClick={cell.choose}
    >
      {openings.map((opening) => (
        <div
          key={`${opening.staffId}-${opening.startMinute}`}
          className="pointer-events-none absolute inset-x-0 bg-surface"
          style={place(opening, data.fromMinute)}
        />
      ))}
      {hours.map((minute) => (
        <div
          key={minute}
          className="pointer-events-none absolute inset-x-0 border-t"
          style={{ top: (minute - data.fromMinute) * pixelsPerMinute }}
        />
      ))}
      {!carry && cell.hovered && (
        <div
          className={cn(
            "pointer-events-none absolute inset-x-0.5 truncate rounded-sm px-1.5 text-xs",
            cell.hovered.reason ? "text-muted" : "bg-accent-soft text-accent-ink",
          )}
          style={place(cell.hovered, data.fromMinute)}
        >
          {formatMinuteOfDay(cell.hovered.startMinute)}
          {cell.hovered.reason ? ` ${cell.hovered.reason}` : ""}
        </div>
      )}
      {busy.map((each) => (
        <div
          key={each.id}
          className="absolute overflow-hidden rounded-md border bg-line/60 px-1.5 text-xs text-ink"
          style={place(each, data.fromMinute, lanes.get(each.id))}
        >
          <span className="block truncate">Busy: {each.calendarName}</span>
          <span className="block truncate text-muted">{each.freshness}</span>
        </div>
      ))}
      {holds.map((hold) => (
        <HoldBlock key={hold.id} hold={hold} style={place(hold, data.fromMinute, lanes.get(hold.id))} />
      ))}
      <ul aria-label={column.longLabel}>
        {bookings.map((booking) => (
          <BookingBlock
            key={booking.id}
            booking={booking}
            staffName={column.staffId ? undefined : data.staff.find((each) => each.id === booking.staffId)?.name}
            style={place(booking, data.fromMinute, lanes.get(booking.id))}
            isMovable={canMove && booking.isMovable === true}
            isCarried={carry?.booking.id === booking.id}
            isSaving={landed?.id === booking.id}
            onPointerDown={carrying.grab(booking)}
            onKeyDown={carrying.keys(booking)}
          />
        ))}
      </ul>
      {carry && isIn(column, carry.target) && (
        <div
          className={cn(
            "pointer-events-none absolute inset-x-0.5 z-10 overflow-hidden rounded-md border-2 px-1.5 text-xs shadow-float",
            carry.reason ? "border-failed bg-failed-soft text-failed" : "border-accent bg-accent-soft text-accent-ink",
          )}
          style={place(carry.target, data.fromMinute)}
        >
          <span className="tabular font-medium">{formatMinuteOfDay(carry.target.startMinute)}</span>{" "}
          {carry.reason ?? carry.booking.title}
        </div>
      )}
      {column.day.nowMinute !== undefined &&
        column.day.nowMinute >= data.fromMinute &&
        column.day.nowMinute <= data.toMinute && (
          <div
            className="pointer-events-none absolute inset-x-0 border-t-2 border-failed"
            style={{ top: (column.day.nowMinute - data.fromMinute) * pixelsPerMinute }}
          />
        )}
    </div>
  );
}

/** The empty cell under the pointer: its time, what speaks against it, and where choosing it leads. */
function useEmptyCell(data: CalendarData, column: Column, newHref: string | undefined) {
  const router = useRouter();
  const [minute, setMinute] = useState<number>();
  const staffId = column.staffId;
  const read = (event: PointerEvent<HTMLElement> | MouseEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return undefined;
    return minuteAt(event.clientY - event.currentTarget.getBoundingClientRect().top, data.fromMinute, data.stepMinutes);
  };
  const span = (startMinute: number) => ({
    dayIso: column.day.iso,
    startMinute,
    endMinute: startMinute + data.stepMinutes,
  });
  const why = (startMinute: number) => {
    const ids = staffId ? [staffId] : data.staff.map((each) => each.id);
    const reasons = ids.map((id) => whyNot(data, { ...span(startMinute), staffId: id }));
    return reasons.some((reason) => reason === undefined)
      ? undefined
      : reasons.length === 1
        ? reasons[0]
        : "No one is free";
  };
  return {
    hovered: newHref && minute !== undefined ? { ...span(minute), reason: why(minute) } : undefined,
    point: (event: PointerEvent<HTMLElement>) => setMinute(event.pointerType === "touch" ? undefined : read(event)),
    leave: () => setMinute(undefined),
    choose: (event: MouseEvent<HTMLElement>) => {
      const at = read(event);
      if (at === undefined || !newHref || why(at)) return;
      router.push(
        newHref
          .replace("{day}", column.day.iso)
          .replace("{minute}", String(at))
          .replace("{staff}", staffId ?? ""),
      );
    },
  };
}

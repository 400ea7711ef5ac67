"use client";

import { useRouter } from "next/navigation";
import {
  type KeyboardEvent as ReactKeyboardEvent,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useTransition,
} from "react";
import { formatMinuteOfDay } from "../ui/duration-format";
import { toast } from "../ui/toast";
import { type Carry, type Column, isIn, minuteAt, pixelsPerMinute } from "./geometry";
import type { CalendarBooking, CalendarData, MoveBooking } from "./types";
import { moved, whyNot } from "./why-not";

const dragThreshold = 4;

type Options = {
  data: CalendarData;
  columns: readonly Column[];
  onMove: MoveBooking | undefined;
  /** The element whose children `[data-column]` are the columns' bodies, in order. */
  grid: RefObject<HTMLElement | null>;
};

/** Moving a booking, by mouse or by keys (m, arrows, enter, esc): one carry, with the reason against it while it is carried. */
export function useCarry({ data, columns, onMove, grid }: Options) {
  const router = useRouter();
  const [carry, setCarry] = useState<Carry>();
  const [landed, setLanded] = useState<CalendarBooking>();
  const [, startSaving] = useTransition();
  const hasDragged = useRef(false);
  const grabbed = useRef<{ booking: CalendarBooking; x: number; y: number; offset: number }>(undefined);

  const carryTo = (booking: CalendarBooking, column: Column, startMinute: number) => {
    const length = booking.endMinute - booking.startMinute;
    const start = Math.min(data.toMinute - length, Math.max(data.fromMinute, startMinute));
    const target = moved(booking, {
      staffId: column.staffId ?? booking.staffId,
      dayIso: column.day.iso,
      startMinute: start,
    });
    setCarry({ booking, target, reason: isSame(booking, target) ? undefined : whyNot(data, target, booking) });
  };

  const drop = () => {
    setCarry(undefined);
    if (!carry || !onMove || isSame(carry.booking, carry.target)) return;
    if (carry.reason) {
      toast.attention(`Not moved. ${carry.reason}`);
      return;
    }
    const { id: bookingId, staffId, dayIso, startMinute } = carry.target;
    setLanded(carry.target);
    startSaving(async () => {
      const result = await onMove({ bookingId, staffId, dayIso, startMinute }).catch(() => ({
        ok: false as const,
        message: "The move did not reach the server. The booking is where it was.",
      }));
      if (result.ok) toast.done(`Moved to ${where(carry.target, columns)}`);
      else toast.failed(result.message);
      // In one transition, so that the booking does not jump back before the new page has arrived.
      startSaving(() => {
        if (result.ok) router.refresh();
        setLanded(undefined);
      });
    });
  };

  const onPointerMove = useEffectEvent((event: PointerEvent) => {
    const hold = grabbed.current;
    if (!hold || (!hasDragged.current && Math.hypot(event.clientX - hold.x, event.clientY - hold.y) < dragThreshold))
      return;
    hasDragged.current = true;
    const bodies = [...(grid.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
    const at = bodies.findIndex((body) => event.clientX < body.getBoundingClientRect().right);
    const body = bodies[at === -1 ? bodies.length - 1 : at];
    const column = columns[at === -1 ? columns.length - 1 : at];
    if (!body || !column) return;
    const offset =
      event.clientY - body.getBoundingClientRect().top - hold.offset + (data.stepMinutes * pixelsPerMinute) / 2;
    carryTo(hold.booking, column, minuteAt(offset, data.fromMinute, data.stepMinutes));
  });
  const onPointerUp = useEffectEvent(() => {
    if (grabbed.current && hasDragged.current) drop();
    grabbed.current = undefined;
  });
  const onAbort = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || !grabbed.current) return;
    grabbed.current = undefined;
    setCarry(undefined);
  });
  useEffect(() => {
    const move = (event: PointerEvent) => onPointerMove(event);
    const up = () => onPointerUp();
    const key = (event: KeyboardEvent) => onAbort(event);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("keydown", key);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("keydown", key);
    };
  }, []);

  // A finger scrolls; on a touch screen a booking is moved from its own page.
  const grab = (booking: CalendarBooking) => (event: ReactPointerEvent<HTMLElement>) => {
    if (!onMove || !booking.isMovable || event.pointerType === "touch" || event.button !== 0) return;
    const top = event.currentTarget.getBoundingClientRect().top;
    grabbed.current = { booking, x: event.clientX, y: event.clientY, offset: event.clientY - top };
  };

  const keys = (booking: CalendarBooking) => (event: ReactKeyboardEvent) => {
    if (!onMove || !booking.isMovable) return;
    const target = carry?.booking.id === booking.id ? carry.target : undefined;
    const at = columns.findIndex((column) => isIn(column, target ?? booking));
    const column = columns[at];
    if (!column) return;
    if (!target) {
      if (event.key === "m") carryTo(booking, column, booking.startMinute);
      return;
    }
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upDown = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (sideways) carryTo(booking, columns[at + sideways] ?? column, target.startMinute);
    else if (upDown) carryTo(booking, column, target.startMinute + upDown * data.stepMinutes);
    else if (event.key === "Enter") drop();
    else if (event.key === "Escape") setCarry(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const said = carry && `${where(carry.target, columns)}${carry.reason ? `. ${carry.reason}` : ", free"}`;
  // The end of a drag is also a click, on the booking or on the cell below: neither may open anything.
  const gridHandlers = {
    onPointerDownCapture: () => {
      hasDragged.current = false;
    },
    onClickCapture: (event: ReactMouseEvent) => {
      if (!hasDragged.current) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { carry, landed, said, grab, keys, gridHandlers };
}

const isSame = (a: CalendarBooking, b: CalendarBooking) =>
  a.staffId === b.staffId && a.dayIso === b.dayIso && a.startMinute === b.startMinute;

function where(target: CalendarBooking, columns: readonly Column[]): string {
  const column = columns.find((each) => isIn(each, target));
  return `${column?.label ?? ""} ${formatMinuteOfDay(target.startMinute)}`;
}

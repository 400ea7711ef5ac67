"use client";

import { CalendarDays } from "lucide-react";
import dynamic from "next/dynamic";
import { useId, useRef, useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";

const DayGrid = dynamic(() => import("./day-grid").then((module) => module.DayGrid), { ssr: false });

/** A date field with ISO values. One can type; the calendar beside it is fetched when it is opened. */
export function DatePicker({
  name,
  id,
  defaultValue = "",
  value,
  onChange,
  min,
  max,
  className,
  ...rest
}: {
  name?: string;
  id?: string;
  defaultValue?: string;
  value?: string;
  onChange?: (iso: string) => void;
  min?: string;
  max?: string;
  required?: boolean;
  className?: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}) {
  const [own, setOwn] = useState(defaultValue);
  const [wanted, setWanted] = useState(false);
  const popover = useRef<HTMLDivElement>(null);
  const popoverId = useId();
  const iso = value ?? own;
  const change = (next: string) => {
    setOwn(next);
    onChange?.(next);
  };
  return (
    <div className={cn("relative", className)}>
      <Input
        type="date"
        id={id}
        name={name}
        min={min}
        max={max}
        value={iso}
        onChange={(event) => change(event.currentTarget.value)}
        className="tabular pr-10 [&::-webkit-calendar-picker-indicator]:hidden"
        {...rest}
      />
      <button
        type="button"
        popoverTarget={popoverId}
        aria-label="Choose a day"
        onClick={() => setWanted(true)}
        className="absolute top-0 right-0 flex size-9 items-center justify-center rounded-lg text-muted hover:text-ink"
      >
        <CalendarDays aria-hidden className="size-4" />
      </button>
      <div
        ref={popover}
        id={popoverId}
        popover="auto"
        role="dialog"
        aria-label="Choose a day"
        className="inset-auto m-1 rounded-lg border bg-surface p-3 shadow-float [position-area:bottom_span-left] [position-try-fallbacks:flip-block]"
      >
        {wanted && (
          <DayGrid
            iso={iso}
            min={min}
            max={max}
            onChoose={(next) => {
              change(next);
              popover.current?.hidePopover();
            }}
          />
        )}
      </div>
    </div>
  );
}

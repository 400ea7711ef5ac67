"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker } from "react-day-picker";

// Noon, so that no zone the browser is in can turn the date into its neighbour.
const dateOf = (iso: string | undefined) => (iso ? new Date(`${iso}T12:00:00`) : undefined);
const two = (n: number) => String(n).padStart(2, "0");
const isoOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

function Chevron({ orientation }: { orientation?: "up" | "down" | "left" | "right" }) {
  const Icon = orientation === "left" ? ChevronLeft : ChevronRight;
  return <Icon aria-hidden className="size-4" />;
}

export function DayGrid({
  iso,
  min,
  max,
  onChoose,
}: {
  iso: string;
  min?: string;
  max?: string;
  onChoose: (iso: string) => void;
}) {
  const before = dateOf(min);
  const after = dateOf(max);
  return (
    <DayPicker
      mode="single"
      weekStartsOn={1}
      selected={dateOf(iso)}
      defaultMonth={dateOf(iso) ?? before}
      disabled={[...(before ? [{ before }] : []), ...(after ? [{ after }] : [])]}
      onSelect={(date) => date && onChoose(isoOf(date))}
      components={{ Chevron }}
      classNames={{
        months: "relative",
        nav: "absolute top-0 right-0 flex gap-1",
        button_previous: "flex size-7 items-center justify-center rounded-md hover:bg-hover",
        button_next: "flex size-7 items-center justify-center rounded-md hover:bg-hover",
        month_caption: "flex h-7 items-center px-1 font-medium",
        month_grid: "mt-2 border-collapse",
        weekday: "size-9 text-xs font-normal text-muted",
        day: "p-0 text-center",
        day_button: "tabular size-9 rounded-md hover:bg-hover disabled:text-muted disabled:hover:bg-transparent",
        selected: "[&>button]:bg-accent [&>button]:text-on-accent",
        today: "font-semibold text-accent-ink",
        outside: "text-muted",
        disabled: "opacity-50",
      }}
    />
  );
}

"use client";

import { Copy } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/form-fields";
import { weekdays } from "../weekdays";

/** Copies one day's hours to the days that are ticked. */
export function CopyDay({ weekday, name, onCopy }: { weekday: number; name: string; onCopy: (to: number[]) => void }) {
  const popover = useRef<HTMLDivElement>(null);
  const id = useId();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const others = weekdays.filter((each) => each.weekday !== weekday);
  const copy = () => {
    onCopy([...chosen]);
    setChosen([]);
    popover.current?.hidePopover();
  };
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`Copy ${name} to other days`}
        title="Copy to other days"
        className="flex size-9 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
      >
        <Copy aria-hidden className="size-4" />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={`Copy ${name} to`}
        className="inset-auto m-1 w-52 rounded-lg border bg-surface p-4 text-sm text-ink shadow-float [position-area:bottom_span-left] [position-try-fallbacks:flip-block]"
      >
        <p className="mb-3 text-xs text-muted">Copy {name}'s hours to</p>
        <div className="flex flex-col gap-2">
          {others.map((day) => (
            <CheckboxField
              key={day.weekday}
              label={day.name}
              checked={chosen.includes(day.weekday)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked
                    ? [...chosen, day.weekday]
                    : chosen.filter((each) => each !== day.weekday),
                )
              }
            />
          ))}
        </div>
        <div className="mt-3 flex items-center justify-between gap-2">
          <Button size="sm" variant="ghost" onClick={() => setChosen(others.map((each) => each.weekday))}>
            All days
          </Button>
          <Button size="sm" variant="primary" onClick={copy} disabled={chosen.length === 0}>
            Copy
          </Button>
        </div>
      </div>
    </>
  );
}

"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { FieldMessage } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { CopyDay } from "./copy-day";
import { SpanInputs } from "./span-inputs";
import type { TypedSpan } from "./use-week";

type Props = {
  weekday: number;
  name: string;
  spans: readonly TypedSpan[];
  error: string | undefined;
  readOnly: boolean;
  onAdd: () => void;
  onRemove: (key: string) => void;
  onChange: (key: string, part: "from" | "to", value: string) => void;
  onCopy: (to: number[]) => void;
};

/** One day: its spans, one below the other. Without scripts there is an empty pair for one more, and an emptied pair is gone. */
export function DayRow({ weekday, name, spans, error, readOnly, onAdd, onRemove, onChange, onCopy }: Props) {
  const errorId = useId();
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[7rem_1fr_auto]">
      <p className="flex min-h-9 items-center font-medium">{name}</p>
      <div className="flex flex-col gap-2 max-sm:order-last max-sm:col-span-2">
        {spans.length === 0 && <p className="flex min-h-9 items-center text-muted">Closed</p>}
        {spans.map((span, n) => (
          <div key={span.key} className="flex items-center gap-1">
            <SpanInputs
              name={`${weekday}.${n}`}
              label={name}
              from={span.from}
              to={span.to}
              onChange={(part, value) => onChange(span.key, part, value)}
              errorId={error ? errorId : undefined}
            />
            {!readOnly && (
              <IconButton label={`Remove ${span.from} to ${span.to} on ${name}`} onClick={() => onRemove(span.key)}>
                <X aria-hidden />
              </IconButton>
            )}
          </div>
        ))}
        {!readOnly && (
          <noscript>
            <SpanInputs name={`${weekday}.more`} label={`${name}, more`} from="" to="" />
          </noscript>
        )}
        <FieldMessage id={errorId} message={error} />
      </div>
      {!readOnly && (
        <div className="flex items-center justify-end">
          <Button
            variant="ghost"
            size="sm"
            onClick={onAdd}
            disabled={spans.length >= 8}
            aria-label={`Add hours on ${name}`}
          >
            <Plus aria-hidden /> Add
          </Button>
          <CopyDay weekday={weekday} name={name} onCopy={onCopy} />
        </div>
      )}
    </li>
  );
}

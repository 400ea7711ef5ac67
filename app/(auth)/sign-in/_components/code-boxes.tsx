"use client";

import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { FieldMessage } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";

const LENGTH = 6;
const empty = Array.from({ length: LENGTH }, () => "");
const positions = ["first", "second", "third", "fourth", "fifth", "sixth"];

/**
 * Six boxes for one code. A code pasted or filled in by the system spreads over them; the sixth digit submits. Without scripts the
 * boxes are six plain inputs whose contents the server joins.
 */
export function CodeBoxes({
  error,
  isPending,
  attempt,
}: {
  error: string | undefined;
  isPending: boolean;
  /** Changes with every answer of the server; the boxes start over after a refusal. */
  attempt: unknown;
}) {
  const [digits, setDigits] = useState(empty);
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const group = useRef<HTMLFieldSetElement>(null);
  const messageId = useId();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a second refusal in the same words has to empty the boxes as well
  useEffect(() => {
    if (!error) return;
    setDigits(empty);
    boxes.current[0]?.focus();
  }, [attempt, error]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the scripts have come
  useEffect(() => {
    const early = boxes.current.map((box) => box?.value ?? "").join("");
    if (early) place(0, early);
  }, []);

  function place(from: number, text: string) {
    const typed = text.replace(/\D/g, "");
    const next = [...digits];
    if (!typed) next[from] = "";
    for (let n = 0; n < typed.length && from + n < LENGTH; n++) next[from + n] = typed[n] ?? "";
    setDigits(next);
    if (!typed) return;
    boxes.current[Math.min(from + typed.length, LENGTH - 1)]?.focus();
    if (!next.every(Boolean) || isPending) return;
    // After the boxes show what is sent.
    requestAnimationFrame(() => group.current?.form?.requestSubmit());
  }

  function onChange(at: number, value: string) {
    // A box that holds a digit receives the old and the new one.
    const held = digits[at];
    place(at, held && value.length === 2 && value.includes(held) ? value.replace(held, "") || held : value);
  }

  function onPaste(at: number, event: ClipboardEvent) {
    const text = event.clipboardData.getData("text");
    if (!/\d/.test(text)) return;
    event.preventDefault();
    place(/^\D*\d{6}\D*$/.test(text.replace(/[\s-]/g, "")) ? 0 : at, text);
  }

  function onKeyDown(at: number, event: KeyboardEvent) {
    if (event.key === "Backspace" && !digits[at] && at > 0) {
      event.preventDefault();
      setDigits((held) => held.map((digit, n) => (n === at - 1 ? "" : digit)));
      boxes.current[at - 1]?.focus();
    } else if (event.key === "ArrowLeft" && at > 0) boxes.current[at - 1]?.focus();
    else if (event.key === "ArrowRight" && at < LENGTH - 1) boxes.current[at + 1]?.focus();
  }

  return (
    <fieldset ref={group} aria-describedby={error ? messageId : undefined} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Code</legend>
      <div className="grid grid-cols-6 gap-2">
        {positions.map((position, at) => (
          <input
            key={position}
            ref={(box) => {
              boxes.current[at] = box;
            }}
            name="code"
            aria-label={`Digit ${at + 1} of ${LENGTH}`}
            aria-invalid={error ? true : undefined}
            inputMode="numeric"
            pattern="[0-9 \-]*"
            autoComplete={at === 0 ? "one-time-code" : "off"}
            // biome-ignore lint/a11y/noAutofocus: the page has just asked for the code and for nothing else
            autoFocus={at === 0}
            value={digits[at]}
            onChange={(event) => onChange(at, event.target.value)}
            onPaste={(event) => onPaste(at, event)}
            onKeyDown={(event) => onKeyDown(at, event)}
            onFocus={(event) => event.target.select()}
            className={cn(controlClass, "tabular h-12 px-0 text-center text-title")}
          />
        ))}
      </div>
      <FieldMessage id={messageId} message={error} />
    </fieldset>
  );
}

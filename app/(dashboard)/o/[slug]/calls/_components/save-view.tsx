"use client";

import { Bookmark } from "lucide-react";
import { useEffect, useRef } from "react";
import { useFields } from "@/components/forms/use-fields";
import { buttonClass } from "@/components/ui/button";
import { CheckboxField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  /** What the view is to keep. */
  filter: Record<string, string>;
  mayShare: boolean;
  /** Not where nothing is filtered, or what is filtered is a view already. */
  isOffered: boolean;
};

/** Opens without scripts as well. What became of it is told where the button was. */
export function SaveView({ action, filter, mayShare, isOffered }: Props) {
  const { form, field, box, saving } = useFields(action);
  const { outcome } = saving;
  const isSaved = outcome?.ok === true;
  const status = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSaved) status.current?.focus();
  }, [isSaved]);
  return (
    <>
      {isOffered && !isSaved && (
        <details
          open={outcome ? true : undefined}
          className="relative"
          onToggle={({ currentTarget }) =>
            currentTarget.open && currentTarget.querySelector<HTMLElement>("input[name=name]")?.focus()
          }
          onKeyDown={({ key, currentTarget }) => {
            if (key !== "Escape" || !currentTarget.open) return;
            currentTarget.open = false;
            currentTarget.querySelector("summary")?.focus();
          }}
        >
          <summary className={buttonClass({ className: "list-none" })}>
            <Bookmark aria-hidden />
            Save view
          </summary>
          <form
            {...form}
            className="absolute top-full left-0 z-20 mt-1 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-4 rounded-lg border bg-surface p-4 shadow-float"
          >
            {Object.entries(filter).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <TextField {...field("name")} label="Name of the view" required maxLength={40} autoComplete="off" />
            {mayShare && (
              <CheckboxField {...box("isShared", false)} label="For everybody" help="Otherwise only you see it." />
            )}
            <SubmitButton pending={saving.pending} pendingLabel="Saving">
              Save
            </SubmitButton>
            <FormStatus outcome={outcome?.ok ? null : outcome} />
          </form>
        </details>
      )}
      <div ref={status} tabIndex={-1} className="outline-none not-has-[p]:sr-only">
        <FormStatus outcome={isSaved ? outcome : null} />
      </div>
    </>
  );
}

"use client";

import { type ReactNode, useActionState } from "react";
import { CheckboxField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CalendarView } from "@/lib/calendars/schemas";
import { type FormAction, idle } from "@/lib/platform/form-state";

type Row = Pick<CalendarView, "id" | "name" | "writable" | "blocks" | "receives"> & { state: ReactNode };

/** Which calendars make the person busy, and which one gets their bookings. */
export function ChooseForm({ action, calendars }: { action: FormAction; calendars: readonly Row[] }) {
  const [state, submit, pending] = useActionState(action, idle);
  const writable = calendars.filter((calendar) => calendar.writable);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <fieldset>
        <legend className="pb-1 text-xs font-medium text-muted">Events in these count as busy</legend>
        <ul className="flex flex-col gap-1.5">
          {calendars.map((calendar) => (
            <li key={calendar.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <CheckboxField
                className="min-w-0 flex-1 basis-40"
                name="blocks"
                value={calendar.id}
                defaultChecked={calendar.blocks}
                label={<span className="font-normal break-words">{calendar.name}</span>}
              />
              {calendar.state}
            </li>
          ))}
        </ul>
      </fieldset>
      {writable.length > 0 && (
        <fieldset>
          <legend className="pb-1 text-xs font-medium text-muted">Bookings are written into</legend>
          <div className="flex flex-col gap-1.5">
            {[...writable, undefined].map((calendar) => (
              <CheckboxField
                key={calendar?.id ?? "none"}
                type="radio"
                name="receives"
                value={calendar?.id ?? ""}
                defaultChecked={calendar ? calendar.receives : !writable.some((each) => each.receives)}
                label={<span className="font-normal break-words">{calendar?.name ?? "None of these"}</span>}
              />
            ))}
          </div>
          <p className="pt-1 text-xs text-muted">Those to come move along when you choose another.</p>
        </fieldset>
      )}
      <FormStatus outcome={state.status === "idle" ? null : { ok: state.ok, message: state.message }} />
      <div>
        <SubmitButton size="sm" variant="secondary" pending={pending} pendingLabel="Saving">
          Save the choice
        </SubmitButton>
      </div>
    </form>
  );
}

"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { FieldMessage } from "@/components/ui/field";
import { TextareaField } from "@/components/ui/form-fields";
import { type FormAction, idle } from "@/lib/platform/form-state";
import type { OfferValues } from "../offer-values";
import { DayInputs } from "./day-inputs";
import { openInWords } from "./open-in-words";
import { usePreview } from "./preview";
import { ServiceRows } from "./service-rows";
import { StepFooter } from "./step-footer";

const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0];

export function OfferStep({ action, currency, values }: { action: FormAction; currency: string; values: OfferValues }) {
  const { state, pending, form } = useKeptForm(action, idle);
  const { update } = usePreview();
  const fields = state.fields ?? {};

  function preview(element: HTMLFormElement) {
    const data = new FormData(element);
    const text = (name: string) => String(data.get(name) ?? "");
    const service = [...data.keys()].find((name) => /^service\..*\.name$/.test(name));
    const days = MONDAY_FIRST.map((weekday) => ({
      weekday,
      spans: [0, 1].map((n) => ({ from: text(`${weekday}.${n}.from`), to: text(`${weekday}.${n}.to`) })),
    }));
    update({ service: service ? text(service) : "", open: openInWords(days) });
  }

  return (
    <form {...form} className="flex flex-col gap-5" onInput={(event) => preview(event.currentTarget)}>
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-2 font-medium">Opening hours</legend>
        {values.days.map((day) => (
          <DayInputs key={day.weekday} day={day} error={fields[`day${day.weekday}`]} />
        ))}
        <p className="text-xs text-muted">Leave a day empty to be closed. Holidays come later, in the settings.</p>
        <FieldMessage id="hours-error" message={fields.hours} />
      </fieldset>
      <ServiceRows currency={currency} initial={values.services} errors={fields} />
      <TextareaField
        label="Who can be booked?"
        name="people"
        rows={3}
        help="One name a line: people, teams or rooms. They follow the opening hours until you give them their own."
        defaultValue={state.values?.people ?? values.people}
        error={fields.people}
      />
      <StepFooter state={state} pending={pending} label="Save and go on" pendingLabel="Saving" />
    </form>
  );
}

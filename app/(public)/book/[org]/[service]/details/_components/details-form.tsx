"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { FieldMessage } from "@/components/ui/field";
import { TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatTime } from "@/components/ui/time-format";
import { idle } from "@/lib/platform/form-state";
import type { VisitorState } from "../../booking-state";

type Props = {
  action: (state: VisitorState, form: FormData) => Promise<VisitorState>;
  slot: string;
  isAnyone: boolean;
  zone: string;
  formKey: string;
};

const lookBelow = { ok: false, message: "Nothing is booked yet: look at what is marked below." };

/** Who books. Works without scripts: the same form posts to the same action and comes back as it was filled in. */
export function DetailsForm({ action, slot, isAnyone, zone, formKey }: Props) {
  const { state, pending, form } = useKeptForm<VisitorState>(action, idle);
  const field = (name: string) => ({
    name,
    defaultValue: state.values?.[name] ?? "",
    error: state.fields?.[name],
  });
  const offers = state.offers ?? [];
  const hasWrongField = ["name", "phone", "email", "notes"].some((name) => state.fields?.[name]);
  return (
    <form {...form} noValidate className="flex flex-col gap-4">
      <input type="hidden" name="formKey" value={formKey} />
      <input type="hidden" name="isAnyone" value={String(isAnyone)} />
      <FormStatus outcome={state.status === "idle" ? null : hasWrongField ? lookBelow : state} />
      {offers.length > 0 ? (
        <fieldset className="rounded-lg border border-attention bg-attention-soft p-3">
          <legend className="px-1 font-medium">Free instead, time in {zone}</legend>
          <div className="flex flex-wrap gap-2">
            {offers.map((offer, n) => (
              <label
                key={offer.slot}
                className="relative flex min-h-11 flex-col justify-center rounded-lg border border-line-strong/60 bg-surface px-3 py-1.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
              >
                <input type="radio" name="slot" value={offer.slot} defaultChecked={n === 0} className="sr-only" />
                <span className="tabular font-medium">{formatTime(offer.startMs, zone)}</span>
                <span className="text-xs text-muted">
                  with {offer.staff}
                  {offer.location ? ` at ${offer.location}` : ""}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : (
        <input type="hidden" name="slot" value={slot} />
      )}
      <TextField {...field("name")} label="Name" required maxLength={120} autoComplete="name" />
      <TextField
        {...field("phone")}
        label="Telephone"
        type="tel"
        required
        maxLength={40}
        autoComplete="tel"
        help="With the country code if it is from abroad."
      />
      <TextField {...field("email")} label="E-mail" type="email" optional maxLength={254} autoComplete="email" />
      <TextareaField
        {...field("notes")}
        label="Anything the business should know"
        optional
        rows={3}
        maxLength={1000}
        autoComplete="off"
      />
      <div aria-hidden className="absolute -left-[9999px] size-px overflow-hidden">
        <label>
          Website
          <input type="text" name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      <FieldMessage id="form-key-error" message={state.fields?.formKey ?? state.fields?.slot} />
      <SubmitButton size="lg" pending={pending} pendingLabel="Booking" className="self-start max-sm:w-full">
        Book this time
      </SubmitButton>
      <p className="text-xs text-muted">
        The business gets your name, number and what you write here, for this appointment. After booking you get a link
        with which you can move or cancel it.
      </p>
    </form>
  );
}

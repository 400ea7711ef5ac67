"use client";

import type { ComponentProps } from "react";
import { TimeChooser } from "@/components/bookings/time-chooser";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/platform/form-state";
import { SeriesDates } from "../../_components/series-dates";
import type { BookingState } from "../../booking-state";
import { RepeatFields } from "./repeat-fields";

type Props = Omit<ComponentProps<typeof TimeChooser>, "offers" | "errors"> & {
  action: (state: BookingState, form: FormData) => Promise<BookingState>;
  serviceId: string;
  backHref: string;
};

/** Time and person in one form. Choosing another service or day changes the times; what was typed stays. */
export function BookingForm({ action, serviceId, backHref, ...when }: Props) {
  const { state, pending, form } = useKeptForm<BookingState>(action, idle);
  const { values, fields } = state;
  const isOfThisService = values?.serviceId === serviceId;
  const field = (name: string) => ({ name, defaultValue: values?.[name] ?? "", error: fields?.[name] });
  return (
    <form {...form} noValidate className="flex flex-col gap-5">
      <input type="hidden" name="serviceId" value={serviceId} />
      <Card>
        <CardHeader title="When" />
        <CardBody>
          <TimeChooser
            {...when}
            chosen={(isOfThisService && values?.slot) || when.chosen}
            other={
              values
                ? {
                    date: values.date ?? when.other.date,
                    time: values.time ?? "",
                    staffId: values.staffId ?? "",
                    override: values.override === "on",
                  }
                : when.other
            }
            offers={(isOfThisService && state.offers) || []}
            errors={fields}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Repeat"
          description="At the same time of day, checked date by date before anything is booked."
        />
        <CardBody className="flex flex-col gap-4">
          <RepeatFields values={values} errors={fields} />
          {state.dates && <SeriesDates dates={state.dates} />}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Who" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <TextField {...field("name")} label="Name" maxLength={120} autoComplete="off" className="sm:col-span-2" />
          <TextField
            {...field("phone")}
            label="Telephone"
            type="tel"
            maxLength={40}
            optional
            autoComplete="off"
            help="With it the booking belongs to a contact, and the agent finds it when they call."
          />
          <TextField
            {...field("email")}
            label="E-mail"
            type="email"
            maxLength={254}
            optional
            autoComplete="off"
            help="To it goes a letter with the appointment for their calendar and a link to move or cancel it."
          />
          <TextareaField
            {...field("notes")}
            label="Notes"
            maxLength={2000}
            rows={3}
            optional
            className="sm:col-span-2"
          />
        </CardBody>
        <CardFooter>
          <SubmitButton pending={pending} pendingLabel="Booking">
            Book
          </SubmitButton>
          {(state.bookable ?? 0) > 0 && (
            <SubmitButton name="mode" value="free" variant="secondary" pending={pending} pendingLabel="Booking">
              {`Book the ${state.bookable} that are free`}
            </SubmitButton>
          )}
          <ButtonLink href={backHref} variant="ghost">
            Cancel
          </ButtonLink>
          <FormStatus outcome={state.status === "idle" ? null : state} />
        </CardFooter>
      </Card>
    </form>
  );
}

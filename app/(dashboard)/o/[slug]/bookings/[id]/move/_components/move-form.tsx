"use client";

import type { ComponentProps } from "react";
import { TimeChooser } from "@/components/bookings/time-chooser";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { SelectField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/platform/form-state";
import type { ChangeTerms } from "@/lib/scheduling/schemas";
import { SeriesDates } from "../../../_components/series-dates";
import { TermsFields } from "../../../_components/terms-fields";
import type { BookingState } from "../../../booking-state";

type Props = Omit<ComponentProps<typeof TimeChooser>, "offers" | "errors" | "chosen"> & {
  action: (state: BookingState, form: FormData) => Promise<BookingState>;
  backHref: string;
  terms: ChangeTerms;
  isOfSeries: boolean;
};

const scopes = [
  { value: "one", label: "Only this one" },
  { value: "following", label: "This one and those that follow" },
  { value: "all", label: "All that are to come" },
];

export function MoveForm({ action, backHref, terms, isOfSeries, ...when }: Props) {
  const { state, pending, form } = useKeptForm<BookingState>(action, idle);
  const { values } = state;
  const other = values && {
    date: values.date ?? "",
    time: values.time ?? "",
    staffId: values.staffId ?? "",
    override: values.override === "on",
  };
  return (
    <form {...form} noValidate>
      <Card>
        <CardHeader title="New time" />
        <CardBody className="flex flex-col gap-5">
          <TimeChooser
            {...when}
            chosen={values?.slot}
            other={other ?? when.other}
            offers={state.offers ?? []}
            errors={state.fields}
          />
          {isOfSeries && (
            <SelectField
              key={values?.scope}
              label="Which bookings of the series"
              name="scope"
              options={scopes}
              defaultValue={values?.scope ?? "one"}
              help="The others move by as many days, and take the new time of day. The dates before stay as they are: those that move go on as a series of their own."
            />
          )}
          {state.dates && <SeriesDates dates={state.dates} />}
          <TermsFields terms={state.terms ?? terms} change="Moving" values={values} />
        </CardBody>
        <CardFooter>
          <SubmitButton pending={pending} pendingLabel="Moving">
            Move booking
          </SubmitButton>
          {(state.bookable ?? 0) > 0 && (
            <SubmitButton name="mode" value="free" variant="secondary" pending={pending} pendingLabel="Moving">
              {`Move the ${state.bookable} that can be moved`}
            </SubmitButton>
          )}
          <ButtonLink href={backHref} variant="ghost">
            Leave it
          </ButtonLink>
          <FormStatus outcome={state.status === "idle" ? null : state} />
        </CardFooter>
      </Card>
    </form>
  );
}

"use client";

import { useId } from "react";
import { EditFooter } from "@/components/forms/edit-footer";
import { useFields } from "@/components/forms/use-fields";
import { LimitFields } from "@/components/scheduling/limit-fields";
import { writePrice } from "@/components/scheduling/read-price";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FieldMessage } from "@/components/ui/field";
import { CheckboxField, SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import { NumberField } from "@/components/ui/number-field";
import type { FormAction } from "@/lib/platform/form-state";
import type { Service } from "@/lib/scheduling/schemas";
import { sayMinutes } from "../say-minutes";
import { type PoolChoice, PoolInputs } from "./pool-inputs";

const notices = [0, 30, 60, 120, 240, 720, 1440, 2880, 10_080];
const horizons = [7, 14, 30, 60, 90, 180, 365];
const grids = [5, 10, 15, 20, 30, 60];

/** Values that are not among the usual ones stay choosable. */
const choices = (usual: number[], current: number, say: (value: number) => string) =>
  [...new Set([...usual, current])].sort((a, b) => a - b).map((value) => ({ value: String(value), label: say(value) }));

/** How many people do it at once; 0 is everybody who does it. */
const together = (current: number) =>
  [...new Set([1, 2, 3, 4, current, 0])].map((value) => ({
    value: String(value),
    label: value === 0 ? "everybody together" : value === 1 ? "one person" : `${value} people together`,
  }));

type Props = {
  action: FormAction;
  service: Service | null;
  currency: string;
  resources: readonly PoolChoice[];
  places: readonly { id: string; name: string }[];
  resourcesHref: string;
  backHref: string;
  readOnly?: boolean;
};

export function ServiceForm({ action, service, currency, resources, places, readOnly = false, ...rest }: Props) {
  const { form, field, box, values, errorOf, saving } = useFields(action);
  const placesErrorId = useId();
  return (
    <form {...form}>
      <fieldset disabled={readOnly} className="flex flex-col gap-5">
        <Card>
          <CardHeader title="What it is" />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...field("name", service?.name)}
              label="Name"
              required
              maxLength={80}
              className="sm:col-span-2"
            />
            <NumberField
              {...field("durationMinutes", service?.durationMinutes ?? 30)}
              label="Length in minutes"
              min={5}
              max={1440}
              step={5}
              required
            />
            <TextField
              {...field("priceCents", writePrice(service?.priceCents ?? null, currency))}
              label={`Price in ${currency}`}
              inputMode="decimal"
              help="Left empty, the agent says that the price is on request."
              optional
            />
            <TextareaField
              {...field("aliases", service?.aliases.join(", "))}
              label="Other words callers use"
              help="Separated by commas: trim, hair cut, short back and sides."
              rows={2}
              optional
              className="sm:col-span-2"
            />
            <TextareaField
              {...field("description", service?.description)}
              label="What the agent may say about it"
              rows={3}
              maxLength={500}
              optional
              className="sm:col-span-2"
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="When it can be booked" description="Nobody can book into the time before and after." />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <NumberField
              {...field("bufferBeforeMinutes", service?.bufferBeforeMinutes ?? 0)}
              label="Minutes kept free before"
              min={0}
              max={480}
              step={5}
            />
            <NumberField
              {...field("bufferAfterMinutes", service?.bufferAfterMinutes ?? 0)}
              label="Minutes kept free after"
              min={0}
              max={480}
              step={5}
            />
            <SelectField
              {...field("minNoticeMinutes", service?.minNoticeMinutes ?? 60)}
              label="Notice at least"
              options={choices(notices, service?.minNoticeMinutes ?? 60, sayMinutes)}
            />
            <SelectField
              {...field("horizonDays", service?.horizonDays ?? 60)}
              label="Bookable ahead"
              options={choices(horizons, service?.horizonDays ?? 60, (days) => `${days} days`)}
            />
            <SelectField
              {...field("slotGridMinutes", service?.slotGridMinutes ?? 15)}
              label="Times are offered every"
              options={choices(grids, service?.slotGridMinutes ?? 15, sayMinutes)}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="How many" description="Most services are for one person at a time, done by one person." />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <NumberField
              {...field("seats", service?.seats ?? 1)}
              label="Seats at one time"
              min={1}
              max={500}
              help="More than one makes it a class: callers share a start until it is full."
            />
            <SelectField
              {...field("staffNeeded", service?.staffNeeded ?? 1)}
              label="Done by"
              options={together(service?.staffNeeded ?? 1)}
              help="Several people are all booked for the same time."
            />
            <LimitFields
              field={field}
              limits={service}
              labels={{ day: "At most a day", week: "At most a week" }}
              dayHelp="Started that day, whoever does it."
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="What it needs"
            description="A booking occupies one of each list; a time at which none is left is not offered."
          />
          <CardBody className="flex flex-col gap-5">
            <PoolInputs
              pools={service?.pools ?? []}
              resources={resources}
              typed={values}
              error={errorOf("pools")}
              href={rest.resourcesHref}
            />
            {places.length > 0 && (
              <fieldset className="flex flex-col gap-2.5 border-t pt-4" aria-describedby={placesErrorId}>
                <legend className="sr-only">Where it is offered</legend>
                <p className="font-medium">Where it is offered</p>
                {places.map((place) => (
                  <CheckboxField
                    key={place.id}
                    {...box(`place:${place.id}`, service?.locationIds.includes(place.id) ?? false)}
                    label={<span className="break-words">{place.name}</span>}
                  />
                ))}
                <p className="text-xs text-muted">None ticked: everywhere.</p>
                <FieldMessage id={placesErrorId} message={errorOf("locationIds")} />
              </fieldset>
            )}
          </CardBody>
          {!readOnly && (
            <EditFooter saving={saving} isNew={service === null} addLabel="Add service" backHref={rest.backHref} />
          )}
        </Card>
      </fieldset>
    </form>
  );
}

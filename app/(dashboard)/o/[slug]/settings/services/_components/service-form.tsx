"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { writePrice } from "@/components/scheduling/read-price";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";
import type { Service } from "@/lib/scheduling/schemas";
import { sayMinutes } from "../say-minutes";

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

/** What is wrong with a field, or with one entry of a list in it. */
const errorOf = (fields: Record<string, string> | undefined, name: string) =>
  fields?.[name] ?? Object.entries(fields ?? {}).find(([path]) => path.startsWith(`${name}.`))?.[1];

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  service: Service | null;
  currency: string;
  backHref: string;
  readOnly?: boolean;
};

export function ServiceForm({ action, service, currency, backHref, readOnly = false }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  const field = (name: string, value: string | number | undefined) => ({
    name,
    defaultValue: state.values?.[name] ?? String(value ?? ""),
    error: errorOf(state.fields, name),
  });
  return (
    <form {...form} noValidate>
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
            <TextField
              {...field("durationMinutes", service?.durationMinutes ?? 30)}
              label="Length in minutes"
              type="number"
              inputMode="numeric"
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
            <TextField
              {...field("bufferBeforeMinutes", service?.bufferBeforeMinutes ?? 0)}
              label="Minutes kept free before"
              type="number"
              inputMode="numeric"
              min={0}
              max={480}
              step={5}
            />
            <TextField
              {...field("bufferAfterMinutes", service?.bufferAfterMinutes ?? 0)}
              label="Minutes kept free after"
              type="number"
              inputMode="numeric"
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
            <TextField
              {...field("seats", service?.seats ?? 1)}
              label="Seats at one time"
              type="number"
              inputMode="numeric"
              min={1}
              max={500}
              help="More than one makes it a class: callers share a start until it is full."
            />
            <SelectField
              {...field("staffNeeded", service?.staffNeeded ?? 1)}
              label="Done by"
              options={together(service?.staffNeeded ?? 1)}
            />
            <TextField
              {...field("maxPerDay", service?.maxPerDay ?? "")}
              label="At most a day"
              type="number"
              inputMode="numeric"
              min={1}
              max={1000}
              optional
            />
            <TextField
              {...field("maxPerWeek", service?.maxPerWeek ?? "")}
              label="At most a week"
              type="number"
              inputMode="numeric"
              min={1}
              max={1000}
              help="From Monday to Sunday."
              optional
            />
          </CardBody>
          {!readOnly && (
            <CardFooter>
              <SubmitButton pending={pending} pendingLabel="Saving">
                {service ? "Save" : "Add service"}
              </SubmitButton>
              <ButtonLink href={backHref} variant="ghost">
                {service ? "Back" : "Cancel"}
              </ButtonLink>
              <FormStatus outcome={state.status === "idle" ? null : state} />
            </CardFooter>
          )}
        </Card>
      </fieldset>
    </form>
  );
}

"use client";

import { useId } from "react";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { FieldMessage } from "@/components/ui/field";
import { SelectField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";
import type { Staff } from "@/lib/scheduling/schemas";
import { ServiceTerms, type TickedService } from "./service-terms";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  person: Staff | null;
  services: readonly TickedService[];
  businessZone: string;
  zones: readonly { value: string; label: string }[];
  backHref: string;
  readOnly?: boolean;
};

export function StaffForm({ action, person, services, businessZone, zones, backHref, readOnly = false }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  const field = (name: string, value: string | number | null | undefined) => ({
    name,
    defaultValue: state.values?.[name] ?? String(value ?? ""),
    error: state.fields?.[name],
  });
  const termsErrorId = useId();
  const termsError = Object.entries(state.fields ?? {}).find(([path]) => path.startsWith("terms."))?.[1];
  const termsOf = (serviceId: string) => person?.terms.find((each) => each.serviceId === serviceId);
  const isTicked = (id: string) =>
    state.values ? `service:${id}` in state.values : person === null || person.serviceIds.includes(id);
  return (
    <form {...form} noValidate>
      <fieldset disabled={readOnly} className="flex flex-col gap-5">
        <Card>
          <CardHeader title="Who" />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...field("name", person?.name)}
              label="Name"
              help="As callers say it: “with Anna”."
              required
              maxLength={80}
              autoComplete="off"
            />
            <TextField {...field("email", person?.email)} label="E-mail" type="email" optional autoComplete="off" />
            <SelectField
              {...field("timeZone", person?.timeZone)}
              label="Time zone"
              options={zones}
              placeholder={`As the business: ${businessZone}`}
            />
            <TextField
              {...field("maxPerDay", person?.maxPerDay)}
              label="Bookings a day, at most"
              type="number"
              inputMode="numeric"
              min={1}
              max={1000}
              optional
            />
            <TextField
              {...field("maxPerWeek", person?.maxPerWeek)}
              label="Bookings a week, at most"
              type="number"
              inputMode="numeric"
              min={1}
              max={1000}
              optional
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="Does these services"
            description="A length of their own where they take longer or shorter, and their share of the bookings nobody asked for by name: 2 gets twice as many as 1, 0 none."
          />
          <CardBody>
            {services.length === 0 ? (
              <p className="text-muted">
                There are no services yet. A service that is added later is done by everyone.
              </p>
            ) : (
              <fieldset className="flex flex-col divide-y">
                <legend className="sr-only">Services</legend>
                {services.map((service) => (
                  <ServiceTerms
                    key={service.id}
                    service={service}
                    isTicked={isTicked(service.id)}
                    length={
                      state.values?.[`length:${service.id}`] ?? String(termsOf(service.id)?.durationMinutes ?? "")
                    }
                    share={state.values?.[`share:${service.id}`] ?? String(termsOf(service.id)?.weight ?? 1)}
                  />
                ))}
                <FieldMessage id={termsErrorId} message={termsError} />
              </fieldset>
            )}
          </CardBody>
          {!readOnly && (
            <CardFooter>
              <SubmitButton pending={pending} pendingLabel="Saving">
                {person ? "Save" : "Add person"}
              </SubmitButton>
              <ButtonLink href={backHref} variant="ghost">
                {person ? "Back" : "Cancel"}
              </ButtonLink>
              <FormStatus outcome={state.status === "idle" ? null : state} />
            </CardFooter>
          )}
        </Card>
      </fieldset>
    </form>
  );
}

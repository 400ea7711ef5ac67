"use client";

import { useId } from "react";
import { EditFooter } from "@/components/forms/edit-footer";
import { useFields } from "@/components/forms/use-fields";
import { LimitFields } from "@/components/scheduling/limit-fields";
import { TermsRow, termsHelp } from "@/components/scheduling/terms-row";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FieldMessage } from "@/components/ui/field";
import { SelectField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";
import type { Staff } from "@/lib/scheduling/schemas";

type Option = { value: string; label: string };

type Props = {
  action: FormAction;
  person: Staff | null;
  services: readonly { id: string; name: string; isActive: boolean; durationMinutes: number }[];
  businessZone: string;
  zones: readonly Option[];
  places: readonly Option[];
  backHref: string;
  readOnly?: boolean;
};

export function StaffForm({
  action,
  person,
  services,
  businessZone,
  zones,
  places,
  backHref,
  readOnly = false,
}: Props) {
  const { form, field, values, errorOf, saving } = useFields(action);
  const termsErrorId = useId();
  const termsOf = (serviceId: string) => person?.terms.find((each) => each.serviceId === serviceId);
  const isTicked = (id: string) =>
    values ? `service:${id}` in values : person === null || person.serviceIds.includes(id);
  return (
    <form {...form}>
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
            {places.length > 0 && (
              <SelectField
                {...field("locationId", person?.locationId)}
                label="Works at"
                options={places}
                placeholder="Wherever the business is"
                help="Within the hours and in the zone of the place."
              />
            )}
            <SelectField
              {...field("timeZone", person?.timeZone)}
              label="Time zone"
              options={zones}
              placeholder={places.length > 0 ? "As where they work" : `As the business: ${businessZone}`}
              help="In which their own hours are meant."
            />
            <LimitFields
              field={field}
              limits={person}
              labels={{ day: "Bookings a day, at most", week: "Bookings a week, at most" }}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Does these services" description={termsHelp} />
          <CardBody>
            {services.length === 0 ? (
              <p className="text-muted">
                There are no services yet. A service that is added later is done by everyone.
              </p>
            ) : (
              <fieldset className="flex flex-col divide-y">
                <legend className="sr-only">Services</legend>
                {services.map(({ id, name, isActive, durationMinutes }) => (
                  <TermsRow
                    key={id}
                    name={`service:${id}`}
                    id={id}
                    label={name}
                    help={isActive ? undefined : "Archived"}
                    usualMinutes={durationMinutes}
                    isTicked={isTicked(id)}
                    length={values?.[`length:${id}`] ?? String(termsOf(id)?.durationMinutes ?? "")}
                    share={values?.[`share:${id}`] ?? String(termsOf(id)?.weight ?? 1)}
                  />
                ))}
              </fieldset>
            )}
            <FieldMessage id={termsErrorId} message={errorOf("terms")} />
          </CardBody>
          {!readOnly && (
            <EditFooter saving={saving} isNew={person === null} addLabel="Add person" backHref={backHref} />
          )}
        </Card>
      </fieldset>
    </form>
  );
}

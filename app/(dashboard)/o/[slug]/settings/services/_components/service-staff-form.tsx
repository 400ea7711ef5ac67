"use client";

import { useId } from "react";
import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { TermsRow, termsHelp } from "@/components/scheduling/terms-row";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FieldMessage } from "@/components/ui/field";
import type { FormAction } from "@/lib/platform/form-state";
import type { Service, Staff } from "@/lib/scheduling/schemas";

type Props = { action: FormAction; service: Service; people: readonly Staff[]; readOnly: boolean };

/** Who does a service; the same as on each person's page, seen from the service. */
export function ServiceStaffForm({ action, service, people, readOnly }: Props) {
  const { form, values, errorOf, saving } = useFields(action);
  const errorId = useId();
  return (
    <form {...form}>
      <fieldset disabled={readOnly}>
        <Card>
          <CardHeader title="Who does it" description={termsHelp} />
          <CardBody>
            {people.length === 0 && (
              <p className="text-muted">There is nobody yet. Whoever is added does every service.</p>
            )}
            <fieldset className="flex flex-col divide-y" aria-describedby={errorId}>
              <legend className="sr-only">People</legend>
              {people.map(({ id, name, serviceIds, terms }) => {
                const own = terms.find((each) => each.serviceId === service.id);
                return (
                  <TermsRow
                    key={id}
                    name={`person:${id}`}
                    id={id}
                    label={name}
                    usualMinutes={service.durationMinutes}
                    isTicked={values ? `person:${id}` in values : serviceIds.includes(service.id)}
                    length={values?.[`length:${id}`] ?? String(own?.durationMinutes ?? "")}
                    share={values?.[`share:${id}`] ?? String(own?.weight ?? 1)}
                  />
                );
              })}
            </fieldset>
            <FieldMessage id={errorId} message={errorOf("people")} />
          </CardBody>
          {!readOnly && people.length > 0 && <SaveFooter saving={saving} label="Save who does it" />}
        </Card>
      </fieldset>
    </form>
  );
}

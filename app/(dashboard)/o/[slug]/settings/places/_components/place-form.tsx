"use client";

import { EditFooter } from "@/components/forms/edit-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";
import type { Location } from "@/lib/scheduling/schemas";

type Props = {
  action: FormAction;
  place: Location | null;
  businessZone: string;
  zones: readonly { value: string; label: string }[];
  backHref: string;
  readOnly?: boolean;
};

export function PlaceForm({ action, place, businessZone, zones, backHref, readOnly = false }: Props) {
  const { form, field, saving } = useFields(action);
  return (
    <form {...form}>
      <fieldset disabled={readOnly}>
        <Card>
          <CardHeader title="The place" />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...field("name", place?.name)}
              label="Name"
              help="As callers say it: “the one on High Street”."
              required
              maxLength={80}
              autoComplete="off"
            />
            <SelectField
              {...field("timeZone", place?.timeZone)}
              label="Time zone"
              options={zones}
              placeholder={`As the business: ${businessZone}`}
              help="Its hours and its bookings are kept in it."
            />
            <TextareaField
              {...field("address", place?.address)}
              label="Address"
              help="Shown to whoever has booked there."
              rows={2}
              maxLength={300}
              optional
              className="sm:col-span-2"
            />
          </CardBody>
          {!readOnly && <EditFooter saving={saving} isNew={place === null} addLabel="Add place" backHref={backHref} />}
        </Card>
      </fieldset>
    </form>
  );
}

"use client";

import { EditFooter } from "@/components/forms/edit-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SelectField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  resource: { name: string; locationId: string | null } | null;
  places: readonly { value: string; label: string }[];
  backHref: string;
  readOnly?: boolean;
};

export function ResourceForm({ action, resource, places, backHref, readOnly = false }: Props) {
  const { form, field, saving } = useFields(action);
  return (
    <form {...form}>
      <fieldset disabled={readOnly}>
        <Card>
          <CardHeader title="What it is" />
          <CardBody className="grid gap-4 sm:grid-cols-2">
            <TextField
              {...field("name", resource?.name)}
              label="Name"
              help="Room 2, the laser, chair by the window."
              required
              maxLength={80}
              autoComplete="off"
            />
            {places.length > 0 && (
              <SelectField
                {...field("locationId", resource?.locationId)}
                label="Place"
                options={places}
                placeholder="Any place: it travels"
              />
            )}
          </CardBody>
          {!readOnly && <EditFooter saving={saving} isNew={resource === null} addLabel="Add" backHref={backHref} />}
        </Card>
      </fieldset>
    </form>
  );
}

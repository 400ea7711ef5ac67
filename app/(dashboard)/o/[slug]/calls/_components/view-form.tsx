"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody } from "@/components/ui/card";
import { CheckboxField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  view: { name: string; isShared: boolean };
  mayShare: boolean;
  back: { href: string; label: string };
};

export function ViewForm({ action, view, mayShare, back }: Props) {
  const { form, field, box, saving } = useFields(action);
  return (
    <form {...form}>
      <Card>
        <CardBody className="flex flex-col gap-4">
          <TextField
            {...field("name", view.name)}
            label="Name of the view"
            required
            maxLength={40}
            autoComplete="off"
          />
          {mayShare && (
            <CheckboxField
              {...box("isShared", view.isShared)}
              label="For everybody"
              help="Otherwise only you see it."
            />
          )}
        </CardBody>
        <SaveFooter saving={saving} back={back} />
      </Card>
    </form>
  );
}

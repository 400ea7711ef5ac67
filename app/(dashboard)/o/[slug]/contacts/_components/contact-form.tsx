"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Values = { name: string; phone: string; email: string; language: string; notes: string; preferredStaffId: string };
type Props = {
  action: FormAction;
  values?: Values;
  /** Who can usually serve them; none: it is not asked. */
  people?: readonly { value: string; label: string }[];
  submitLabel: string;
};

/** A contact's own fields, to be made or corrected. */
export function ContactForm({ action, values, people = [], submitLabel }: Props) {
  const { form, field, saving } = useFields(action);
  const own = (name: keyof Values) => ({ ...field(name, values?.[name]), autoComplete: "off" });
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField {...own("name")} label="Name" maxLength={120} />
      <TextField
        {...own("phone")}
        label="Telephone"
        type="tel"
        inputMode="tel"
        maxLength={40}
        help="With the country code if it is abroad."
      />
      <TextField {...own("email")} label="E-mail" type="email" maxLength={254} optional />
      <TextField {...own("language")} label="Language" maxLength={20} help="A code such as en or es-MX." optional />
      {people.length > 0 && (
        <SelectField
          {...own("preferredStaffId")}
          label="Usually with"
          options={people}
          placeholder="Nobody in particular"
          help="They get this contact’s bookings whenever they are free, unless somebody else is asked for. If they are not free, it is whoever’s turn it is."
        />
      )}
      <TextareaField {...own("notes")} label="Notes" rows={4} maxLength={4000} optional />
      <SaveFooter saving={saving} label={submitLabel} isPlain />
    </form>
  );
}

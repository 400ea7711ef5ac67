import { CheckboxField } from "../ui/form-fields";
import { Input } from "../ui/input";

type Props = {
  /** `name` is the tick's; the numbers are named `length:<id>` and `share:<id>`. */
  name: string;
  id: string;
  label: string;
  help?: string | undefined;
  usualMinutes: number;
  isTicked: boolean;
  length: string;
  share: string;
};

/** A person and a service: whether they do it, and what differs then; the numbers count only where the box is ticked. */
export const TermsRow = ({ name, id, label, help, usualMinutes, isTicked, length, share }: Props) => (
  <div className="grid items-center gap-x-4 gap-y-2 py-2.5 first-of-type:pt-0 sm:grid-cols-[1fr_auto_auto]">
    <CheckboxField
      name={name}
      defaultChecked={isTicked}
      label={<span className="break-words">{label}</span>}
      help={help}
    />
    <NumberInput
      name={`length:${id}`}
      label={`Minutes: ${label}`}
      unit="min"
      placeholder={String(usualMinutes)}
      defaultValue={length}
      min={5}
      max={1440}
    />
    <NumberInput
      name={`share:${id}`}
      label={`Share: ${label}`}
      unit="share"
      placeholder="1"
      defaultValue={share}
      min={0}
      max={100}
    />
  </div>
);

export const termsHelp =
  "A length of their own where they take longer or shorter, and their share of the bookings nobody asked for by name: 2 gets twice as many as 1, 0 none.";

type NumberProps = {
  name: string;
  label: string;
  unit: string;
  placeholder: string;
  defaultValue: string;
  min: number;
  max: number;
};

const NumberInput = ({ label, unit, ...input }: NumberProps) => (
  <span className="flex items-center gap-1.5 text-xs text-muted max-sm:pl-6">
    <Input type="number" inputMode="numeric" aria-label={label} className="tabular w-20" {...input} />
    <span aria-hidden className="w-9">
      {unit}
    </span>
  </span>
);

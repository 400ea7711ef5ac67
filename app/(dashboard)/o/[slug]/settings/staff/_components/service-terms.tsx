import { CheckboxField } from "@/components/ui/form-fields";
import { Input } from "@/components/ui/input";

export type TickedService = { id: string; name: string; isActive: boolean; durationMinutes: number };

type Props = { service: TickedService; isTicked: boolean; length: string; share: string };

/** One service a person may do, with what differs for them; the numbers count only where the box is ticked. */
export function ServiceTerms({ service, isTicked, length, share }: Props) {
  return (
    <div className="group/terms grid items-center gap-x-4 gap-y-2 py-2.5 first:pt-0 sm:grid-cols-[1fr_auto_auto]">
      <CheckboxField
        name={`service:${service.id}`}
        defaultChecked={isTicked}
        label={service.name}
        help={service.isActive ? undefined : "Archived"}
      />
      <NumberInput
        name={`length:${service.id}`}
        label={`Minutes ${service.name} takes them`}
        unit="min"
        placeholder={String(service.durationMinutes)}
        defaultValue={length}
        min={5}
        max={1440}
      />
      <NumberInput
        name={`share:${service.id}`}
        label={`Share of ${service.name}`}
        unit="share"
        placeholder="1"
        defaultValue={share}
        min={0}
        max={100}
      />
    </div>
  );
}

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

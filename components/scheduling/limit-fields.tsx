import { NumberField } from "../ui/number-field";

type Props = {
  /** What `useFields` gives each input. */
  field: (name: string, value?: number | null) => { name: string; defaultValue: string; error: string | undefined };
  limits: { maxPerDay: number | null; maxPerWeek: number | null } | null;
  labels: { day: string; week: string };
  dayHelp?: string;
};

/** How many bookings a day and a week there may be, of a service or of a person. */
export const LimitFields = ({ field, limits, labels, dayHelp }: Props) => (
  <>
    <NumberField
      {...field("maxPerDay", limits?.maxPerDay)}
      label={labels.day}
      min={1}
      max={1000}
      help={dayHelp}
      optional
    />
    <NumberField
      {...field("maxPerWeek", limits?.maxPerWeek)}
      label={labels.week}
      min={1}
      max={1000}
      help="From Monday to Sunday."
      optional
    />
  </>
);

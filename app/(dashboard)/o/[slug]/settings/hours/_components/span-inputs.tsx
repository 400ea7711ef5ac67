import { Input } from "@/components/ui/input";

type Props = {
  /** `<prefix>.<n>` of the pair's names. */
  name: string;
  /** Whose hours, for people who cannot see the row: "Monday". */
  label: string;
  from: string;
  to: string;
  onChange?: (part: "from" | "to", value: string) => void;
  errorId?: string | undefined;
};

/** A start and an end on one line. Without `onChange` the browser keeps what is typed. */
export function SpanInputs({ name, label, from, to, onChange, errorId }: Props) {
  const input = (part: "from" | "to", value: string) => ({
    type: "time" as const,
    name: `${name}.${part}`,
    "aria-label": `${label}, ${part === "from" ? "from" : "until"}`,
    "aria-invalid": errorId ? (true as const) : undefined,
    "aria-describedby": errorId,
    className: "tabular w-28 [&::-webkit-calendar-picker-indicator]:hidden",
    ...(onChange
      ? { value, onChange: (event: { currentTarget: HTMLInputElement }) => onChange(part, event.currentTarget.value) }
      : { defaultValue: value }),
  });
  return (
    <span className="inline-flex items-center gap-2">
      <Input {...input("from", from)} />
      <span aria-hidden className="text-muted">
        –
      </span>
      <Input {...input("to", to)} />
    </span>
  );
}

import Link from "next/link";
import { cn } from "./cn";

const track = "inline-flex w-fit rounded-lg border bg-sunken p-0.5";
const item =
  "rounded-md px-3 py-1 text-xs font-medium text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:outline aria-[current]:outline-line has-checked:bg-surface has-checked:text-ink has-checked:outline has-checked:outline-line has-focus-visible:outline-2 has-focus-visible:outline-ring focus-visible:outline-2 focus-visible:outline-ring";

/** A choice of few that changes the address (week / day / list). */
export function SegmentedLinks({
  label,
  options,
  current,
  className,
}: {
  label: string;
  options: readonly { href: string; label: string }[];
  current: string;
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cn(track, className)}>
      {options.map((option) => (
        <Link
          key={option.href}
          href={option.href}
          aria-current={option.href === current ? "page" : undefined}
          className={item}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}

/** A choice of few inside a form: radio buttons that look like one control. */
export function SegmentedRadio({
  label,
  name,
  options,
  defaultValue,
  value,
  onChange,
  className,
}: {
  label: string;
  name: string;
  options: readonly { value: string; label: string }[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
  className?: string;
}) {
  return (
    <fieldset className={cn(track, className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={cn(item, "cursor-pointer")}>
          <input
            type="radio"
            name={name}
            value={option.value}
            className="sr-only"
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value, onChange: () => onChange?.(option.value) })}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

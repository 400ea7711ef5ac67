import { type ComponentProps, type ReactNode, useId } from "react";
import { Checkbox } from "./checkbox";
import { cn } from "./cn";
import { Field, type FieldError, FieldMessage, type FieldProps } from "./field";
import { Input } from "./input";
import { Select, type SelectOption } from "./select";
import { Switch } from "./switch";
import { Textarea } from "./textarea";

type Own = "className" | "required" | "id";

/** What belongs to the field around a control, and what to the control. */
function parted<P extends FieldProps>({ label, help, error, required, optional, hideLabel, className, ...rest }: P) {
  return { around: { label, help, error, required, optional, hideLabel, className }, rest };
}

/** The usual field in one line: a label, an input and everything that ties them together. */
export function TextField(props: FieldProps & Omit<ComponentProps<"input">, Own>) {
  const { around, rest } = parted(props);
  return <Field {...around}>{(control) => <Input {...rest} {...control} />}</Field>;
}

export function TextareaField(props: FieldProps & Omit<ComponentProps<"textarea">, Own>) {
  const { around, rest } = parted(props);
  return <Field {...around}>{(control) => <Textarea {...rest} {...control} />}</Field>;
}

export function SelectField(
  props: FieldProps & Omit<ComponentProps<"select">, Own> & { options?: readonly SelectOption[]; placeholder?: string },
) {
  const { around, rest } = parted(props);
  return <Field {...around}>{(control) => <Select {...rest} {...control} />}</Field>;
}

type ToggleProps = Omit<ComponentProps<"input">, "type" | "role" | "children" | Own> & {
  label: ReactNode;
  help?: ReactNode;
  error?: FieldError;
  className?: string;
};

export function CheckboxField({ type, ...rest }: ToggleProps & { type?: "checkbox" | "radio" }) {
  return <ToggleField {...rest} control={(props) => <Checkbox {...props} type={type} className="mt-0.5" />} />;
}

export function SwitchField(props: ToggleProps) {
  return <ToggleField {...props} control={(control) => <Switch {...control} />} />;
}

function ToggleField({
  label,
  help,
  error,
  className,
  control,
  ...rest
}: ToggleProps & { control: (props: Omit<ComponentProps<"input">, "type" | "role">) => ReactNode }) {
  const id = useId();
  const message = typeof error === "string" ? error : error?.[0];
  const describedBy = [help ? `${id}-help` : "", message ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("flex items-start gap-2.5", className)}>
      {control({
        ...rest,
        id,
        "aria-invalid": message ? true : undefined,
        "aria-describedby": describedBy || undefined,
      })}
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-xs text-muted">
            {help}
          </p>
        )}
        <FieldMessage id={`${id}-error`} message={message} />
      </div>
    </div>
  );
}

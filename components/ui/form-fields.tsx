import { type ComponentProps, type ReactNode, useId } from "react";
import { Checkbox } from "./checkbox";
import { cn } from "./cn";
import { Field, type FieldError, FieldMessage, type FieldProps } from "./field";
import { Input } from "./input";
import { Select, type SelectOption } from "./select";
import { Switch } from "./switch";
import { Textarea } from "./textarea";

type Own = "className" | "required" | "id";

/** The usual field in one line: a label, an input and everything that ties them together. */
export function TextField({
  label,
  help,
  error,
  required,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, Own>) {
  return (
    <Field {...{ label, help, error, required, optional, hideLabel, className }}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  );
}

export function TextareaField({
  label,
  help,
  error,
  required,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, Own>) {
  return (
    <Field {...{ label, help, error, required, optional, hideLabel, className }}>
      {(control) => <Textarea {...rest} {...control} />}
    </Field>
  );
}

export function SelectField({
  label,
  help,
  error,
  required,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & Omit<ComponentProps<"select">, Own> & { options?: readonly SelectOption[]; placeholder?: string }) {
  return (
    <Field {...{ label, help, error, required, optional, hideLabel, className }}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  );
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

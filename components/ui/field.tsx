import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./cn";

export type FieldError = string | readonly string[] | null | undefined;

export type FieldControl = {
  id: string;
  required?: true;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
};

export type FieldProps = {
  label: ReactNode;
  help?: ReactNode;
  error?: FieldError;
  required?: boolean;
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
};

const firstOf = (error: FieldError) => (typeof error === "string" ? error : error?.[0]);

/** Label above, help and error below, tied to the control by id; spread what `children` receives onto the control. */
export function Field({
  label,
  help,
  error,
  required,
  optional,
  hideLabel,
  className,
  children,
}: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const message = firstOf(error);
  const describedBy = [help ? `${id}-help` : "", message ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={cn("text-sm font-medium", hideLabel && "sr-only")}>
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children({
        id,
        ...(required ? { required: true as const } : {}),
        ...(message ? { "aria-invalid": true as const } : {}),
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
      })}
      {help && (
        <p id={`${id}-help`} className="text-xs text-muted">
          {help}
        </p>
      )}
      <FieldMessage id={`${id}-error`} message={message} />
    </div>
  );
}

/** Announced when it appears; the empty live region has to be there beforehand. */
export function FieldMessage({ id, message }: { id: string; message: string | undefined }) {
  return (
    <div aria-live="polite" className="empty:sr-only">
      {message && (
        <p id={id} className="flex items-start gap-1.5 text-xs text-failed">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {message}
        </p>
      )}
    </div>
  );
}

"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

/** The submit button of a form with a server action: shows progress and cannot fire twice. */
export function SubmitButton({ variant = "primary", pending, onClick, ...rest }: Omit<ButtonProps, "type">) {
  const status = useFormStatus();
  const isBusy = pending ?? status.pending;
  return (
    <Button
      type="submit"
      variant={variant}
      pending={isBusy}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
      {...rest}
    />
  );
}

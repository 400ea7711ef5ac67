import type { ComponentProps } from "react";
import { TextField } from "./form-fields";

/** A whole number, with the digits of a telephone on a telephone. */
export const NumberField = (props: ComponentProps<typeof TextField>) => (
  <TextField type="number" inputMode="numeric" {...props} />
);

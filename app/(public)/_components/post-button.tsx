"use client";

import { useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

/** Sends a plain form once: pressed again while the answer is on its way it does nothing. */
export function PostButton({ children, ...look }: Pick<ButtonProps, "variant" | "size" | "children">) {
  const [isSent, setSent] = useState(false);
  return (
    <Button
      type="submit"
      {...look}
      pending={isSent}
      onClick={(event) => {
        if (isSent) event.preventDefault();
        else if (event.currentTarget.form?.checkValidity()) setTimeout(() => setSent(true));
      }}
    >
      {children}
    </Button>
  );
}

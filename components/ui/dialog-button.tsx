"use client";

import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "./button";
import { Dialog } from "./dialog";

/** A button and the dialog it opens, for pages that need no state of their own. */
export function DialogButton({
  label,
  icon,
  variant,
  size,
  title,
  description,
  placement,
  children,
}: ButtonLook & {
  label: string;
  icon?: ReactNode;
  title: string;
  description?: ReactNode;
  placement?: "centre" | "side";
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} onClick={() => setOpen(true)}>
        {icon}
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={description} placement={placement}>
        {children}
      </Dialog>
    </>
  );
}

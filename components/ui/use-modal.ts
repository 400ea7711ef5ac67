"use client";

import { type RefObject, useEffect } from "react";

/** Opens and closes a <dialog> with `open`; the first field gets the focus, where there is one, in place of the close button. */
export function useModal(ref: RefObject<HTMLDialogElement | null>, open: boolean): void {
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (!open) {
      dialog.close();
    } else if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
    }
  }, [ref, open]);
}

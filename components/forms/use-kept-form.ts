"use client";

import { type SubmitEvent, startTransition, useActionState, useEffect, useRef } from "react";

/**
 * A form whose fields keep what was typed whatever its action answers (React empties them otherwise), and whose first refused field
 * takes the focus. Without scripts the same form posts to the same action.
 */
export function useKeptForm<S>(action: (state: Awaited<S>, form: FormData) => S | Promise<S>, initial: Awaited<S>) {
  const ref = useRef<HTMLFormElement>(null);
  const [state, submit, pending] = useActionState(action, initial);
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => submit(data));
  };
  useEffect(() => {
    if (state !== initial) ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state, initial]);
  return { state, pending, form: { ref, action: submit, onSubmit } };
}

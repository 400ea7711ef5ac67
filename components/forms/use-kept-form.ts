"use client";

import { type FormEvent, startTransition, useActionState } from "react";

/**
 * `useActionState` for a form whose fields stay as they were typed: React empties a form when its action returns. Spread `form` on the
 * <form>; without scripts the action is posted as usual. While one submit is under way further ones are ignored.
 */
export function useKeptForm<S>(action: (state: Awaited<S>, form: FormData) => S | Promise<S>, initial: Awaited<S>) {
  const [state, submit, pending] = useActionState(action, initial);
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    startTransition(() => submit(data));
  }
  return { state, pending, form: { action: submit, onSubmit, noValidate: true } as const };
}

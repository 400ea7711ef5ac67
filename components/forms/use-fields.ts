"use client";

import { useKeptForm } from "./use-kept-form";

/** What a form's action answers; `fields` are sentences by input, `values` what was typed. */
type Answer = {
  status: "idle" | "ok" | "error";
  ok: boolean;
  message?: string | undefined;
  fields?: Record<string, string> | undefined;
  values?: Record<string, string> | undefined;
  remedy?: { href: string; label: string } | undefined;
  waits?: boolean | undefined;
  leaveFor?: string | undefined;
};

const idle: Answer = { status: "idle", ok: false };

type Value = string | number | null | undefined;

/**
 * A kept form with what each of its inputs needs: `field` for text, numbers and choices, `box` for ticks. After a refusal they show what
 * was typed and what is wrong with it; a mistake within a list (`terms.0.weight`) is told at the list's name.
 */
export function useFields(action: (previous: Answer, form: FormData) => Promise<Answer>) {
  const { state, pending, form } = useKeptForm(action, idle);
  const { values, fields } = state;
  const errorOf = (name: string) =>
    fields?.[name] ?? Object.entries(fields ?? {}).find(([path]) => path.startsWith(`${name}.`))?.[1];
  return {
    form: { ...form, noValidate: true },
    /** For SaveFooter. */
    saving: { pending, outcome: state.status === "idle" ? null : state },
    values,
    fields,
    errorOf,
    field: (name: string, value?: Value) => ({
      name,
      defaultValue: values?.[name] ?? String(value ?? ""),
      error: errorOf(name),
    }),
    box: (name: string, isTicked: boolean) => ({ name, defaultChecked: values ? name in values : isTicked }),
  };
}

/**
 * What a server action answers to `useActionState`. `fields` maps an input's name to a sentence for a person; `values` are what was
 * typed, for `defaultValue` after a refusal (React empties a form when its action returns).
 */
export type FormState = {
  status: "idle" | "ok" | "error";
  ok?: boolean;
  message?: string | undefined;
  fields?: Record<string, string> | undefined;
  values?: Record<string, string> | undefined;
  /** A page on which the person can do something about a refusal. */
  remedy?: { href: string; label: string } | undefined;
  /** Not refused: it goes on once the person has done what `remedy` leads to. */
  waits?: boolean | undefined;
  /** The browser leaves for this address, on another site. */
  leaveFor?: string | undefined;
};

/** A FormState that also serves the components' FormOutcome. */
export type ActionState = FormState & { ok: boolean };

/**
 * A form's action as a component of the browser takes it: bound where the page is made. Bound within such a component it would be another
 * at each rendering, and a form posted without scripts would be rendered over and over, never answered.
 */
export type FormAction = (previous: ActionState, form: FormData) => Promise<ActionState>;

export const idle: ActionState = { status: "idle", ok: false };
export const done = (message?: string): ActionState => ({ status: "ok", ok: true, message });
/** Another site goes on from here. A redirect would have the router ask that site for a page of ours first, which the policy forbids. */
export const leaveFor = (address: string): ActionState => ({ status: "ok", ok: true, leaveFor: address });
export const failed = (message: string, fields?: Record<string, string>): ActionState => ({
  status: "error",
  ok: false,
  message,
  fields,
});

/** Nothing failed: something is to be done first, on another page. */
export const waitsFor = (message: string, remedy: { href: string; label: string }): ActionState => ({
  ...failed(message),
  remedy,
  waits: true,
});

/** The text entries of a form, without files and the framework's own `$ACTION…`. */
export function formValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string" && !name.startsWith("$ACTION")) values[name] = value;
  return values;
}

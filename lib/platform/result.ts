/** A refusal is a value: something the caller of a verb must be told, with a reason that is part of the verb's type. */
export type Refusal<R extends string, D = undefined> = { ok: false; reason: R; detail: D };
export type Result<T, R extends string, D = undefined> = { ok: true; value: T } | Refusal<R, D>;

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export function refuse<R extends string>(reason: R): Refusal<R>;
export function refuse<R extends string, D>(reason: R, detail: D): Refusal<R, D>;
export function refuse(reason: string, detail?: unknown) {
  return { ok: false, reason, detail };
}

/** Readers for payloads that follow their documentation only mostly: each gives a value of the wanted kind or undefined. */
export type Fields = Record<string, unknown>;

export const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

const MAX_MS = 8.64e15;

/** ISO text or milliseconds since 1970. */
export function instant(value: unknown): Date | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : number(value);
  return ms !== undefined && Math.abs(ms) <= MAX_MS && !Number.isNaN(ms) ? new Date(ms) : undefined;
}

import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function newId(prefix: string, length = 24): string {
  let text = "";
  for (const byte of randomBytes(length)) text += alphabet[byte % 62];
  return `${prefix}_${text}`;
}

/** The id of what may stand as an id or as the object. */
export function idOf(value: string | { id: string }): string;
export function idOf(value: string | { id: string } | null | undefined): string | undefined;
export function idOf(value: string | { id: string } | null | undefined): string | undefined {
  return typeof value === "object" && value !== null ? value.id : (value ?? undefined);
}

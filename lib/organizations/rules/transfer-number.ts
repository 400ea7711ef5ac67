import { normalisePhone } from "@/lib/contacts/rules/phone";

/** E.164 for what was typed, null for nothing, undefined for what is no number in this country. */
export function transferNumberFrom(text: string, country: string): string | null | undefined {
  return text.trim() === "" ? null : normalisePhone(text, country);
}

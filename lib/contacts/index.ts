import "server-only";

export { findContactByPhone } from "./find-contact-by-phone";
export { getContact } from "./get-contact";
export { normalisePhone } from "./rules/phone";
export type { Contact } from "./schemas";
export { upsertContactByPhone } from "./upsert-contact-by-phone";

import "server-only";

export { createContact } from "./create-contact";
export { eraseContact } from "./erase-contact";
export { findContactByPhone } from "./find-contact-by-phone";
export { getContact } from "./get-contact";
export { listContacts } from "./list-contacts";
export type { ErasurePorts } from "./ports";
export { isErased } from "./rules/erased";
export { normalisePhone } from "./rules/phone";
export { readSearchTerm } from "./rules/search-term";
export type { Contact } from "./schemas";
export { updateContact } from "./update-contact";
export { upsertContactByPhone } from "./upsert-contact-by-phone";

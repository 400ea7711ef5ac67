import "server-only";

export { applyIdentityChange } from "./apply-identity-change";
export { codeMail } from "./code-mail";
export { ensurePerson } from "./ensure-person";
export { type DevEmail, listDevEmails } from "./list-dev-emails";
export { recogniseSession } from "./recognise-session";

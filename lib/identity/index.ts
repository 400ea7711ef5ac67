import "server-only";

export { applyIdentityChange } from "./apply-identity-change";
export { codeMail } from "./code-mail";
export { recogniseSession } from "./recognise-session";

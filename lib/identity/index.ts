import "server-only";

export { codeMail } from "./code-mail";

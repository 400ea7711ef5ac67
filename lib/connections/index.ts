import "server-only";

export { createConnection } from "./create-connection";
export { getConnection, listConnections } from "./read-connections";
export { forgetConnection, type ResolvedConnection, resolveConnection } from "./resolve-connection";
export { webhookUrl } from "./rules/webhook-url";
export { disableConnection, enableConnection, rotateConnectionSecret, updateConnection } from "./update-connection";

import "server-only";

export { closeConnections } from "./close-connections";
export { createConnection } from "./create-connection";
export { countNumbers } from "./keep-numbers-within-plan";
export { markConnectionSeen } from "./mark-connection-seen";
export type { NumberProvider, ProviderNumber } from "./ports";
export { type Provisioned, provisionEmulatedConnection } from "./provision-emulated-connection";
export { readApiAccess } from "./read-api-access";
export { getConnection, listConnections } from "./read-connections";
export { forgetConnection, type ResolvedConnection, resolveConnection } from "./resolve-connection";
export { webhookUrl } from "./rules/webhook-url";
export { disableConnection, enableConnection, rotateConnectionSecret, updateConnection } from "./update-connection";

import "server-only";

export { legacyResult, plainAnswer, spokenError, type ToolAnswerLine, toolResults, transferTo } from "./answers";
export { assistantObject, serverObject } from "./assistant";
export { type VapiClient, vapiClient } from "./client";
export { readMessage } from "./map";
export { verifyWebhook } from "./verify";

import "server-only";

export { legacyResult, plainAnswer, spokenError, type ToolAnswerLine, toolResults, transferTo } from "./answers";
export { type AssistantInput, assistantObject, serverObject } from "./assistant";
export { type VapiClient, VapiError, vapiClient } from "./client";
export { readMessage } from "./map";
export { verifyWebhook } from "./verify";

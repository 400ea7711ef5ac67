import { z } from "zod";
import type { WebhookAuth } from "@/lib/connections/schemas";

/** A tool as the model is told of it. */
type OfferedTool = { name: string; description: string; parameters: z.ZodObject };

type AssistantInput = {
  name: string;
  /** Without one the model finds the first words itself. */
  firstMessage: string | undefined;
  prompt: string;
  model: string;
  voice: string;
  language: string;
  maxCallSeconds: number;
  tools: readonly OfferedTool[];
  /** Named for the provider's tools and the emulator's callers. */
  services: readonly string[];
  transferNumber: string | null;
  server: ServerInput;
};

export type ServerInput = { url: string; auth: WebhookAuth; secret: string };

const serverMessages = [
  "status-update",
  "transcript",
  "tool-calls",
  "end-of-call-report",
  "hang",
  "user-interrupted",
  "speech-update",
  "transfer-destination-request",
  "call.artifact.upload",
] as const;

/** The default of 100 cuts a long message, or the arguments of a tool, in two. */
const MAX_TOKENS = 500;

/**
 * Where the provider sends a call's messages, with the connection's secret in the header its method reads. A signature cannot be carried by
 * fixed headers: such a connection has its credential on the phone number or the account, and the assistant must then name no server,
 * because a server of its own would take precedence and be unsigned (contracts/voice.md §1.1, §1.7).
 */
export function serverObject({ url, auth, secret }: ServerInput) {
  const headers = secretHeaders(auth, secret);
  if (!headers) return undefined;
  return {
    url,
    timeoutSeconds: 20,
    headers,
    // What cannot be stored is answered with 503 and must come again; 4xx would be the same the next time.
    backoffPlan: {
      type: "exponential",
      maxRetries: 5,
      baseDelaySeconds: 1,
      excludedStatusCodes: [400, 401, 403, 404, 405, 413, 415],
    },
  };
}

function secretHeaders(auth: WebhookAuth, secret: string): Record<string, string> | undefined {
  switch (auth.method) {
    case "secret_header":
      return { "X-Vapi-Secret": secret };
    case "bearer":
      return { [auth.headerName ?? "Authorization"]: auth.bearerPrefix === false ? secret : `Bearer ${secret}` };
    case "hmac":
      return undefined;
  }
}

/** A transient assistant, as the answer to `assistant-request` carries it. */
export function assistantObject(input: AssistantInput) {
  const server = serverObject(input.server);
  return {
    name: input.name.slice(0, 40),
    ...(input.firstMessage === undefined
      ? { firstMessageMode: "assistant-speaks-first-with-model-generated-message" }
      : { firstMessage: input.firstMessage, firstMessageMode: "assistant-speaks-first" }),
    model: {
      provider: "openai",
      model: input.model,
      maxTokens: MAX_TOKENS,
      messages: [{ role: "system", content: input.prompt }],
      tools: [...input.tools.map(functionTool), ...callTools(input)],
    },
    voice: { provider: "vapi", voiceId: input.voice },
    transcriber: { provider: "deepgram", model: "nova-3", language: input.language },
    ...(server ? { server } : {}),
    serverMessages: [...serverMessages],
    maxDurationSeconds: input.maxCallSeconds,
    metadata: { services: input.services },
  };
}

function functionTool({ name, description, parameters }: OfferedTool) {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(parameters, { io: "input" });
  return { type: "function", async: false, messages: [], function: { name, description, parameters: schema } };
}

/** Hanging up and putting through are the provider's own tools; ours record why. */
function callTools({ tools, transferNumber }: AssistantInput): object[] {
  const has = (name: string) => tools.some((tool) => tool.name === name);
  return [
    ...(has("end_call") ? [{ type: "endCall" }] : []),
    ...(has("transfer_to_human") && transferNumber
      ? [{ type: "transferCall", destinations: [{ type: "number", number: transferNumber, message: "" }] }]
      : []),
  ];
}

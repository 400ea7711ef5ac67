import type { Vapi } from "@vapi-ai/server-sdk";
import { z } from "zod";

/** The vendor refuses properties it does not know, so a misspelt or withdrawn one (`server.secret`) must fail here too. */
function known<Keys extends string>(properties: Record<Keys, true>, shape: Partial<Record<Keys, z.ZodType>>) {
  return z.looseObject(shape as Record<string, z.ZodType>).superRefine((value, context) => {
    for (const key of Object.keys(value)) {
      if (!(key in properties))
        context.addIssue({ code: "custom", path: [], message: `property ${key} should not exist` });
    }
  });
}

const text = z.string().optional();
const id = z.uuid().optional();

export const serverShape = known<keyof Vapi.Server>(
  {
    url: true,
    timeoutSeconds: true,
    credentialId: true,
    staticIpAddressesEnabled: true,
    encryptedPaths: true,
    headers: true,
    backoffPlan: true,
  },
  {
    url: z.url({ protocol: /^https?$/ }).optional(),
    timeoutSeconds: z.number().min(1).max(300).optional(),
    credentialId: id,
    headers: z.record(z.string(), z.string()).optional(),
    backoffPlan: z
      .object({
        type: z.enum(["fixed", "exponential"]),
        maxRetries: z.number().int().min(0).max(10),
        baseDelaySeconds: z.number().min(0).max(10),
        excludedStatusCodes: z.array(z.number().int()).optional(),
      })
      .optional(),
  },
);

const toolProperties: Record<keyof Vapi.CreateFunctionToolDto | "type", true> = {
  type: true,
  messages: true,
  async: true,
  server: true,
  variableExtractionPlan: true,
  parameters: true,
  function: true,
  rejectionPlan: true,
};

export const functionToolShape = known(toolProperties, {
  type: z.literal("function"),
  async: z.boolean().optional(),
  server: serverShape.optional(),
  messages: z.array(z.looseObject({ type: z.string() })).optional(),
  function: z.object({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, underscores or dashes"),
    description: text,
    strict: z.boolean().optional(),
    parameters: z.looseObject({ type: z.literal("object") }).optional(),
  }),
});

const inlineTool = z.union([functionToolShape, z.looseObject({ type: z.enum(["endCall", "transferCall", "dtmf"]) })]);

export const serverMessageTypes = [
  "assistant.started",
  "assistant.speechStarted",
  "conversation-update",
  "end-of-call-report",
  "function-call",
  "hang",
  "language-changed",
  "language-change-detected",
  "model-output",
  "phone-call-control",
  "speech-update",
  "status-update",
  "transcript",
  'transcript[transcriptType="final"]',
  "tool-calls",
  "transfer-destination-request",
  "handoff-destination-request",
  "transfer-update",
  "user-interrupted",
  "voice-input",
  "chat.created",
  "chat.deleted",
  "session.created",
  "session.updated",
  "session.deleted",
  "call.deleted",
  "call.delete.failed",
  "call.artifact.upload",
] as const satisfies readonly Vapi.CreateAssistantDtoServerMessagesItem[];

export const assistantShape = known<keyof Vapi.CreateAssistantDto>(
  {
    transcriber: true,
    model: true,
    voice: true,
    firstMessage: true,
    firstMessageInterruptionsEnabled: true,
    firstMessageMode: true,
    voicemailDetection: true,
    clientMessages: true,
    serverMessages: true,
    maxDurationSeconds: true,
    backgroundSound: true,
    modelOutputInMessagesEnabled: true,
    transportConfigurations: true,
    observabilityPlan: true,
    credentials: true,
    hooks: true,
    name: true,
    voicemailMessage: true,
    endCallMessage: true,
    endCallPhrases: true,
    compliancePlan: true,
    metadata: true,
    backgroundSpeechDenoisingPlan: true,
    analysisPlan: true,
    artifactPlan: true,
    startSpeakingPlan: true,
    stopSpeakingPlan: true,
    monitorPlan: true,
    credentialIds: true,
    server: true,
    keypadInputPlan: true,
  },
  {
    name: z.string().max(40).optional(),
    firstMessage: text,
    firstMessageMode: z
      .enum([
        "assistant-speaks-first",
        "assistant-speaks-first-with-model-generated-message",
        "assistant-waits-for-user",
      ])
      .optional(),
    model: z
      .looseObject({
        provider: z.string(),
        model: z.string().optional(),
        messages: z.array(z.looseObject({ role: z.string() })).optional(),
        tools: z.array(inlineTool).optional(),
        toolIds: z.array(z.uuid()).optional(),
      })
      .optional(),
    voice: z.looseObject({ provider: z.string() }).optional(),
    transcriber: z.looseObject({ provider: z.string() }).optional(),
    server: serverShape.optional(),
    serverMessages: z.array(z.enum(serverMessageTypes)).optional(),
    maxDurationSeconds: z.number().min(10).max(43_200).optional(),
    endCallMessage: z.string().max(1000).optional(),
    metadata: z.looseObject({}).optional(),
  },
);

const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, "must be a phone number in E.164 form");

export const destinationShape = z
  .looseObject({
    type: z.enum(["number", "sip", "assistant"]),
    number: phoneNumber.optional(),
    sipUri: text,
    message: text,
  })
  .refine((value) => value.type !== "number" || value.number !== undefined, {
    message: "number is required",
    path: ["number"],
  });

const numberCommon = {
  name: z.string().max(40).optional(),
  assistantId: id,
  squadId: id,
  workflowId: id,
  server: serverShape.optional(),
  fallbackDestination: destinationShape.optional(),
};

export const phoneNumberShape = z.discriminatedUnion("provider", [
  z.looseObject({
    ...numberCommon,
    provider: z.literal("twilio"),
    number: phoneNumber,
    twilioAccountSid: z.string().min(1),
    twilioAuthToken: text,
    twilioApiKey: text,
    twilioApiSecret: text,
  }),
  z.looseObject({ ...numberCommon, provider: z.literal("vapi"), numberDesiredAreaCode: text, sipUri: text }),
  z.looseObject({ ...numberCommon, provider: z.literal("vonage"), number: phoneNumber, credentialId: z.uuid() }),
  z.looseObject({ ...numberCommon, provider: z.literal("telnyx"), number: phoneNumber, credentialId: z.uuid() }),
  z.looseObject({
    ...numberCommon,
    provider: z.literal("byo-phone-number"),
    number: phoneNumber.optional(),
    credentialId: z.uuid(),
  }),
]);

export const credentialShape = z.object({
  provider: z.literal("custom-credential"),
  name: z.string().max(40).optional(),
  authenticationPlan: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("bearer"),
      token: z.string().min(1),
      headerName: text,
      bearerPrefixEnabled: z.boolean().optional(),
    }),
    z.object({
      type: z.literal("hmac"),
      secretKey: z.string().min(1),
      algorithm: z.enum(["sha256", "sha512", "sha1"]).default("sha256"),
      signatureHeader: text,
      timestampHeader: text,
      signaturePrefix: text,
      includeTimestamp: z.boolean().optional(),
      payloadFormat: text,
      messageIdHeader: text,
      signatureEncoding: z.enum(["hex", "base64"]).optional(),
      secretIsBase64: z.boolean().optional(),
    }),
  ]),
});

export const customerShape = z.looseObject({
  number: phoneNumber.optional(),
  name: z.string().max(40).optional(),
  externalId: text,
  sipUri: text,
  email: text,
});
